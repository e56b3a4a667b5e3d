"""The mark of who asked a task, and the rates that processes count together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0001_tasks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("full_until", models.FloatField(db_index=True, default=0)),
            ],
        ),
        migrations.AddField(
            model_name="job",
            name="asker",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
