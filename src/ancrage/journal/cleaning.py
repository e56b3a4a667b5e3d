"""What a row refuses, in French, field by field: Django says it in English."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError

from ancrage.errors import InvalidQuestionError
from ancrage.journal.models import Recorded

SAID = {
    "blank": "à remplir",
    "null": "à remplir",
    "invalid_choice": "cette valeur n'est pas de celles proposées",
    "invalid": "cette valeur ne convient pas",
    "unique": "cette valeur est déjà prise",
    "unique_together": "cela existe déjà",
    "max_digits": "ce nombre est trop grand",
    "max_whole_digits": "ce nombre est trop grand",
    "max_decimal_places": "trop de décimales",
}
LIMITS = {
    "max_length": "trop long : {} caractères au plus",
    "min_value": "au moins {}",
    "max_value": "au plus {}",
}


def refuse_unfit(row: Recorded, *, alone: bool = False) -> None:
    """Raises :class:`InvalidQuestionError`, all faults at once, each under the label of its field.

    ``alone``: the other rows are not looked at.
    """
    try:
        row.full_clean(validate_constraints=not alone)
    except ValidationError as error:
        raise InvalidQuestionError(
            [(_label(row, name), _said(one)) for name, ones in error.error_dict.items() for one in ones]
        ) from error
    except ObjectDoesNotExist as error:
        # A rule of the row followed a link that leads to nothing: said of the link, before the rule.
        if not (lost := list(_lost(row))):
            raise
        raise InvalidQuestionError([(_label(row, name), SAID["invalid"]) for name in lost]) from error


def _lost(row: Recorded) -> Iterator[str]:
    """The links of a row that lead to nothing."""
    for field in row._meta.concrete_fields:
        identity, linked = getattr(row, field.attname), field.related_model
        if isinstance(linked, type) and identity and not linked._default_manager.filter(pk=identity).exists():
            yield field.name


def _label(row: Recorded, name: str) -> str:
    return (
        str(row._meta.verbose_name)
        if name == NON_FIELD_ERRORS
        else str(getattr(row._meta.get_field(name), "verbose_name", name))
    )


def _said(error: ValidationError) -> str:
    if error.code in SAID:
        return SAID[error.code]
    if error.code in LIMITS:
        return LIMITS[error.code].format((error.params or {}).get("limit_value"))
    return str(error.messages[0])
