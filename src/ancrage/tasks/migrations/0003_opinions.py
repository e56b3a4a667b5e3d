"""What visitors say of pages, by page and by month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0002_visitors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=60)),
                ("month", models.DateField()),
                ("helped", models.PositiveIntegerField(default=0)),
                ("not_helped", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("month", "page"),
                "constraints": [
                    models.UniqueConstraint(fields=("page", "month"), name="one_opinion_a_month")
                ],
            },
        ),
    ]
