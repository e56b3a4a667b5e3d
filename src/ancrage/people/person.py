"""A person: an identifier that leads to nobody, and apart from it what names her, which can be erased.

Acts keep the identifier. The name is in :class:`Identity`, addresses in the tables of django-allauth: erasing
them leaves a « Personne retirée » and every act.
"""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import get_random_string, salted_hmac

WITHDRAWN = "Personne retirée"
UNNAMED = "Personne sans nom"
STAMP = 32


def new_stamp() -> str:
    """What the sessions of a person are tied to: changing it ends them all."""
    return get_random_string(STAMP)


class People(BaseUserManager["Person"]):
    """Persons, as Django asks for them."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """A person by her identifier."""
        return self.get(pk=username or uuid.UUID(int=0))


class Person(AbstractBaseUser):
    """Somebody who signs in. Never deleted: erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    password = None  # type: ignore[assignment]  # nobody has one
    is_active = models.BooleanField(default=True)
    stamp = models.CharField(max_length=STAMP, default=new_stamp)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What she is called, or what replaces it."""
        if self.erased_at is not None:
            return WITHDRAWN
        identity = getattr(self, "identity", None)
        return identity.name if identity and identity.name else UNNAMED

    def has_usable_password(self) -> bool:
        """No."""
        return False

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be hers still."""
        return salted_hmac("ancrage.people.person", self.stamp, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Any:
        """None: the secret of the site is changed to end all sessions."""
        return iter(())


class Identity(models.Model):
    """What names a person; erased with her."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    name = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.name
