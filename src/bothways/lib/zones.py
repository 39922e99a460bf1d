"""Time zones as people call them, and days as they end there."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel.core import UnknownLocaleError
from babel.dates import get_timezone_location
from django.utils.translation import gettext as _


def zone_words(zone: str, language: str) -> str:
    """How a sentence names a zone: "Lisbon time" for Europe/Lisbon, in the given language; "UTC" stays as it is."""
    try:
        city = get_timezone_location(zone, locale=language.replace("-", "_"), return_city=True)
    except (LookupError, UnknownLocaleError, ValueError):
        return zone
    return city if city == "UTC" else _("%(city)s time") % {"city": city}


MORNING = dt.time(8, 0)
"""Mails that can wait go out from here on: they are read then, and nobody is woken."""


def is_morning(zone: str, now: dt.datetime) -> bool:
    """Whether the day in `zone` has begun for people."""
    return now.astimezone(ZoneInfo(zone)).time() >= MORNING


def end_of_day(moment: dt.datetime, days: int, zone: str) -> dt.datetime:
    """The last minute, 23:59, of the day in `zone` that lies `days` after `moment`."""
    there = ZoneInfo(zone)
    day = moment.astimezone(there).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(23, 59), there)
