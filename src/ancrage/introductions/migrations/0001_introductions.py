"""Introductions: who asked whom, who said yes, what is owed to them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Side",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("asks", models.BooleanField(default=False)),
                ("siren", models.CharField(blank=True, db_index=True, default="", max_length=9)),
                ("siret", models.CharField(blank=True, default="", max_length=14)),
                ("name", models.CharField(max_length=250)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("demandee", "en attente de réponse"),
                            ("acceptee", "d’accord"),
                            ("declinee", "ne souhaite pas"),
                            ("expiree", "sans réponse"),
                            ("finie", "retirée"),
                        ],
                        default="demandee",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introduced",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introduced",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "aim",
                    models.CharField(
                        choices=[
                            ("echanger", "faire connaissance"),
                            ("cooperer", "travailler ensemble à un projet"),
                            ("marche", "répondre ensemble à un marché"),
                            ("ptce", "former un pôle territorial de coopération économique (PTCE)"),
                            ("mutualiser", "mutualiser des moyens"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(blank=True, default="", max_length=200)),
                ("words", models.TextField()),
                ("page", models.CharField(blank=True, default="", max_length=500)),
                ("asked_at", models.DateTimeField(db_index=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "side",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="reached_at",
                        serialize=False,
                        to="introductions.side",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("mark", models.CharField(db_index=True, max_length=64)),
                ("told", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Details",
            fields=[
                (
                    "side",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="given",
                        serialize=False,
                        to="introductions.side",
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=150)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
            ],
        ),
        migrations.AddField(
            model_name="side",
            name="introduction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sides",
                to="introductions.introduction",
            ),
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("invitation", "la demande"),
                            ("accord", "les coordonnées de qui est d’accord"),
                            ("refus", "un refus, ou le silence"),
                            ("fin", "une fin"),
                        ],
                        max_length=10,
                    ),
                ),
                ("mark", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("a_envoyer", "à envoyer"),
                            ("envoi", "en cours d’envoi"),
                            ("remis", "remis au serveur du destinataire"),
                            ("refuse", "refusé"),
                            ("abandonne", "abandonné"),
                            ("annule", "annulé"),
                        ],
                        default="a_envoyer",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reply", models.TextField(blank=True, default="")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told_in",
                        to="introductions.side",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_of_introduction",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="introductions.side",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="side",
            constraint=models.UniqueConstraint(
                condition=models.Q(("siren", ""), _negated=True),
                fields=("introduction", "siren"),
                name="one_side_an_organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["state", "next_at"], name="letter_to_send"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("to", "about", "sort", "mark"), name="one_letter_of_a_sort"
            ),
        ),
    ]
