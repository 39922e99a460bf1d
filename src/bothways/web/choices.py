"""What people pick from in several forms: languages, time zones, countries, in the reader's words."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

Choice = tuple[str, str]


def languages() -> list[Choice]:
    """The languages that candidates can have, each under its own name."""
    return list(settings.LANGUAGES)


def team_languages() -> list[Choice]:
    """The languages that members can have."""
    return list(settings.TEAM_LANGUAGES)


@cache
def time_zones() -> list[Choice]:
    """Zones named after a place, and UTC."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


def countries() -> list[Choice]:
    """Countries by name in the language of the page."""
    return _countries(get_language() or "en")


@cache
def _countries(language: str) -> list[Choice]:
    names = Locale.parse(language, sep="-").territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code != "ZZ"]
    return sorted(found, key=lambda choice: choice[1])
