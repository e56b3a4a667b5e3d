"""People, organisations, who belongs to them, invitations, roles."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.people.person


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("stamp", models.CharField(default=ancrage.people.person.new_stamp, max_length=32)),
                ("created_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "retired_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="motif du retrait"),
                ),
                ("atelier_id", models.UUIDField(blank=True, null=True, verbose_name="atelier")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("porteur", "porteur"),
                            ("contributeur", "contributeur"),
                            ("partenaire", "partenaire"),
                            ("financeur", "financeur"),
                            ("lecteur", "lecteur"),
                            ("support", "structure d'appui"),
                            ("evaluateur", "évaluateur"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                ("expires_at", models.DateTimeField(verbose_name="fin")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="acceptée le")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_used",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="identity",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="InvitationAddress",
            fields=[
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sent_to",
                        serialize=False,
                        to="people.invitation",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "retired_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="motif du retrait"),
                ),
                ("siren", models.CharField(blank=True, default="", max_length=9, verbose_name="SIREN")),
                ("siret", models.CharField(blank=True, default="", max_length=14, verbose_name="SIRET")),
                ("name", models.CharField(max_length=250, verbose_name="nom")),
                (
                    "name_source",
                    models.CharField(
                        choices=[("registre", "lu dans le registre"), ("declare", "déclaré par ses membres")],
                        max_length=10,
                        verbose_name="origine du nom",
                    ),
                ),
                ("named_on", models.DateField(verbose_name="jour du nom")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("commune", "commune"),
                            ("epci", "intercommunalité"),
                            ("departement", "département"),
                            ("region", "région"),
                            ("etat", "service de l’État"),
                            ("operateur", "opérateur ou établissement public"),
                            ("association", "association"),
                            ("cooperative", "coopérative"),
                            ("mutuelle", "mutuelle"),
                            ("fondation", "fondation ou fonds de dotation"),
                            ("societe_ess", "société commerciale de l’ESS"),
                            ("siae", "structure d’insertion ou entreprise adaptée"),
                            ("reseau", "réseau d’accompagnement"),
                            ("caf", "CAF ou organisme de protection sociale"),
                            ("financeur", "financeur privé"),
                            ("entreprise", "autre entreprise"),
                            ("collectif", "collectif sans personnalité morale"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("siret", ""), models.Q(("siren", ""), _negated=True)),
                        fields=("siren",),
                        name="one_organisation_a_siren",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("siret", ""), _negated=True),
                        fields=("siret",),
                        name="one_organisation_a_siret",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="people.organisation",
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "retired_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="motif du retrait"),
                ),
                ("since", models.DateField(verbose_name="premier jour")),
                ("until", models.DateField(blank=True, null=True, verbose_name="dernier jour")),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("elu", "élu ou élue"),
                            ("agent", "agent ou agente"),
                            ("salarie", "salarié ou salariée"),
                            ("benevole", "bénévole"),
                            ("mandataire", "mandataire ou dirigeant·e"),
                        ],
                        max_length=12,
                        verbose_name="fonction",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("confirmee", "confirmée"),
                            ("declaree", "déclarée"),
                            ("attendue", "à confirmer"),
                        ],
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("proof", models.CharField(blank=True, default="", max_length=100, verbose_name="preuve")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "appartenance",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person", "organisation"),
                        name="one_open_membership_a_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="membership_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Habilitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "retired_reason",
                    models.TextField(blank=True, default="", editable=False, verbose_name="motif du retrait"),
                ),
                ("since", models.DateField(verbose_name="premier jour")),
                ("until", models.DateField(blank=True, null=True, verbose_name="dernier jour")),
                ("atelier_id", models.UUIDField(db_index=True, verbose_name="atelier")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("porteur", "porteur"),
                            ("contributeur", "contributeur"),
                            ("partenaire", "partenaire"),
                            ("financeur", "financeur"),
                            ("lecteur", "lecteur"),
                            ("support", "structure d'appui"),
                            ("evaluateur", "évaluateur"),
                        ],
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                ("only", models.UUIDField(blank=True, null=True, verbose_name="objet")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitations_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitations",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "rôle",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation", None), models.Q(("person", None), _negated=True)),
                            models.Q(models.Q(("organisation", None), _negated=True), ("person", None)),
                            _connector="OR",
                        ),
                        name="habilitation_has_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="habilitation_days_in_order",
                    ),
                ],
            },
        ),
    ]
