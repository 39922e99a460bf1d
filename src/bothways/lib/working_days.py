"""Working days: Monday to Friday without the public holidays of a country."""

import datetime as dt
from collections.abc import Container
from functools import lru_cache


def add_working_days(start: dt.date, days: int, country: str = "") -> dt.date:
    """The date `days` working days after `start`; `start` itself does not count.

    `country` is an ISO 3166 code; empty or unknown means that only weekends are left out.
    """
    date = start
    while days > 0:
        date += dt.timedelta(days=1)
        if is_working_day(date, country):
            days -= 1
    return date


def is_working_day(date: dt.date, country: str = "") -> bool:
    """Whether it is none of the days that `country` has free."""
    return date.weekday() < 5 and date not in _holidays(country)


@lru_cache(maxsize=4096)
def working_days_between(start: dt.date, end: dt.date, country: str = "") -> int:
    """How many working days lie after `start` up to and including `end`; 0 when `end` is not later."""
    span = (end - start).days
    return sum(is_working_day(start + dt.timedelta(days=n), country) for n in range(1, span + 1))


@lru_cache(maxsize=64)
def _holidays(country: str) -> Container[dt.date]:
    if not country:
        return ()
    # Every part of the product loads this module, and few of them ever ask: the calendars take half a second.
    import holidays  # noqa: PLC0415

    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return ()
