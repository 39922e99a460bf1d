"""What somebody wants to see of the table of a stage, as it stands in an address."""

import base64
import binascii
from dataclasses import dataclass, replace

from django.db import models
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bothways.kits.models import MOST_QUESTIONS

LONGEST_SEARCH = 80
LARGEST_VALUE = 100
"""Tenths of a point go to 50, and nobody has so many raters."""


class Decided(models.TextChoices):
    OPEN = "open", _("not decided")
    HOLD = "hold", _("on hold")
    ADVANCE = "advance", _("goes on")
    DECLINE = "decline", _("declined")


class Recommended(models.TextChoices):
    ADVANCE = "advance", _("somebody says advance")
    HOLD = "hold", _("somebody says hold")
    DECLINE = "decline", _("somebody says decline")
    DIFFER = "differ", _("they differ")


class Raters(models.TextChoices):
    COMPLETE = "complete", _("all are in")
    MISSING = "missing", _("some are missing")
    THIRD = "third", _("a third is wanted")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: the next page begins right behind it."""

    section: int
    value: int | str | None
    code_name: str

    def __str__(self) -> str:
        value = "" if self.value is None else self.value
        return base64.urlsafe_b64encode(f"{self.section}\t{value}\t{self.code_name}".encode()).decode()

    @classmethod
    def read(cls, text: str, *, by_name: bool) -> "Cursor | None":
        """The cursor of an address, or None for anything that is none: the table then begins at its start."""
        try:
            section, value, code_name = base64.urlsafe_b64decode(text.encode()).decode().split("\t")
            number = None if section != "0" else value if by_name else int(value)
        except (ValueError, binascii.Error):
            return None
        if (
            section not in ("0", "1", "2")
            or "\x00" in value + code_name
            or (isinstance(number, int) and abs(number) > 100)
        ):
            return None
        return cls(int(section), number, code_name)


@dataclass(frozen=True, slots=True)
class Asked:
    """`sort` is "mean", "recommended", "name", or "q3" for the competency whose first question is the third. Empty
    filters leave everybody in."""

    sort: str = "mean"
    descending: bool = True
    decided: str = ""
    recommended: str = ""
    raters: str = ""
    shortlisted: bool = False
    text: str = ""
    after: Cursor | None = None

    @classmethod
    def read(cls, given: dict[str, str]) -> "Asked":
        """From an address. What does not exist asks for nothing."""
        sorts = ("mean", "recommended", "name", *(f"q{place}" for place in range(1, MOST_QUESTIONS + 1)))
        sort = given.get("sort", "")
        sort = sort if sort in sorts else "mean"
        way = given.get("way", "")
        asked = cls(
            sort=sort,
            descending=way == "down" if way in ("up", "down") else sort != "name",
            decided=_one_of(Decided, given.get("decided", "")),
            recommended=_one_of(Recommended, given.get("recommended", "")),
            raters=_one_of(Raters, given.get("raters", "")),
            shortlisted=given.get("shortlisted") == "1",
            text=given.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").strip(),
        )
        return replace(asked, after=Cursor.read(given.get("after", ""), by_name=asked.by_name))

    @property
    def by_name(self) -> bool:
        return self.sort == "name"

    @property
    def place(self) -> int:
        """The place of the column that is sorted by; 0 for the others."""
        return int(self.sort[1:]) if self.sort.startswith("q") else 0

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, as an address has them."""
        shortlisted = "1" if self.shortlisted else ""
        named = {
            "decided": self.decided,
            "recommended": self.recommended,
            "raters": self.raters,
            "shortlisted": shortlisted,
            "q": self.text,
        }
        return {name: value for name, value in named.items() if value}

    def address(self, version: int, **other: object) -> str:
        """The part behind the question mark that asks for the same, but for `other`, from the start."""
        way = "down" if self.descending else "up"
        said = {**self.filters, "sort": self.sort, "way": way, "version": version, **other}
        return urlencode({name: value for name, value in said.items() if value not in ("", None)})


def _one_of(choices: type[models.TextChoices], value: str) -> str:
    return value if value in choices.values else ""
