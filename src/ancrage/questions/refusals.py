"""What a value is reproached with, in French: the same words whoever asks."""

from collections.abc import Mapping
from typing import Any

SENTENCES: Mapping[str, str] = {
    "missing": "il est obligatoire",
    "string_type": "un texte est attendu",
    "string_too_short": "au moins {min_length} caractère(s)",
    "string_too_long": "au plus {max_length} caractères",
    "string_pattern_mismatch": "il ne suit pas la forme attendue : {pattern}",
    "int_parsing": "un nombre entier est attendu",
    "int_parsing_size": "ce nombre est trop grand",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "float_parsing": "un nombre est attendu",
    "float_type": "un nombre est attendu",
    "finite_number": "un nombre fini est attendu",
    "bool_parsing": "oui ou non est attendu",
    "bool_type": "oui ou non est attendu",
    "greater_than": "il doit dépasser {gt}",
    "greater_than_equal": "il doit être au moins {ge}",
    "less_than": "il doit être inférieur à {lt}",
    "less_than_equal": "il doit être au plus {le}",
    "enum": "valeurs possibles : {expected}",
    "literal_error": "valeurs possibles : {expected}",
    "extra_forbidden": "ce champ n'existe pas",
    "dict_type": "un objet est attendu",
    "model_type": "un objet est attendu",
    "model_attributes_type": "un objet est attendu",
    "list_type": "une liste est attendue",
    "value_error": "{error}",
    "too_long": "au plus {max_length} éléments",
    "too_short": "au moins {min_length} élément(s)",
}


def french(error: Mapping[str, Any]) -> str:
    """The sentence for an error of pydantic; one we do not know is told without detail."""
    sentence = SENTENCES.get(error["type"], "cette valeur ne convient pas")
    known = {key: str(value).replace(" or ", " ou ") for key, value in (error.get("ctx") or {}).items()}
    return sentence.format_map(_Told(known))


class _Told(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
