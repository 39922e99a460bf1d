"""Names and addresses of people in the one spelling in which they are kept."""

import unicodedata

_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that turn the direction of everything behind them, so that one name could garble a page."""


def normalized_email(email: str) -> str:
    """An address without blanks around it, composed, in small letters."""
    return unicodedata.normalize("NFC", email.strip()).lower()


def normalized_name(name: str) -> str:
    """A name on one line, composed, without control characters and without turning marks."""
    shown = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in name)
    return " ".join(unicodedata.normalize("NFC", shown).translate(_TURNING).split())


def first_name(name: str) -> str:
    """The first word of a name. Where families stand first it is theirs: who shows it looks at it before."""
    return name.split(maxsplit=1)[0] if name.strip() else ""
