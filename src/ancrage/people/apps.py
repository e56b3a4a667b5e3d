"""The room as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, organisations, belongings, invitations and roles."""

    name = "ancrage.people"
    label = "people"

    def ready(self) -> None:
        """Name this site to the server of messages without asking the network, which may never answer."""
        from email.utils import parseaddr

        from django.conf import settings
        from django.core.mail.utils import DNS_NAME

        _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        DNS_NAME._fqdn = address.rpartition("@")[2] or "localhost"
