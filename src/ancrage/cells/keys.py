"""The keys of SIREN and SIRET.

Source: the INSEE describes both as Luhn numbers, and La Poste (356000000) as the exception, whose
establishments other than the head office have digits that sum to a multiple of five.
"""

LA_POSTE = "356000000"


def luhn_sum(digits: str) -> int:
    """Sum of the digits, every second one from the right doubled (less nine past nine)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return sum(doubled) + sum(int(digit) for digit in digits[-1::-2])


def has_luhn_key(digits: str) -> bool:
    """Whether these are digits whose Luhn sum is a multiple of ten."""
    return digits.isascii() and digits.isdigit() and luhn_sum(digits) % 10 == 0


def luhn_key(digits: str) -> str:
    """The digit to append so that the whole has a Luhn key."""
    return str(-luhn_sum(digits + "0") % 10)


def has_siret_keys(digits: str) -> bool:
    """Whether fourteen digits hold the key of a legal unit and that of an establishment."""
    if not has_luhn_key(digits[:9]):
        return False
    is_post_office = digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0
    return is_post_office or has_luhn_key(digits)
