"""A week of hours, and days that differ."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.live.actions.hours import HIGHEST_CAP, LONGEST_BUFFER, LONGEST_NOTICE, MOST_STRETCHES, Week
from bothways.live.models import Availability
from bothways.live.models.availability import BUFFER_MINUTES, DAILY_CAP, NOTICE_HOURS
from bothways.live.openings import Clock
from bothways.web.choices import time_zones

USUAL = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(17)))


@dataclass(frozen=True, slots=True)
class Pair:
    starts: BoundField
    ends: BoundField


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, help_text=hint)


class HoursForm(forms.Form):
    """Fields of a day are named `<prefix><n>_starts` and `<prefix><n>_ends`."""

    def pairs(self, prefix: str) -> list[Pair]:
        return [Pair(self[f"{prefix}{n}_starts"], self[f"{prefix}{n}_ends"]) for n in range(MOST_STRETCHES)]

    def _add_pairs(self, prefix: str, day: Any) -> None:
        for n in range(MOST_STRETCHES):
            self.fields[f"{prefix}{n}_starts"] = _time(_("%(day)s, from") % {"day": day})
            self.fields[f"{prefix}{n}_ends"] = _time(_("%(day)s, until") % {"day": day})

    def _hours(self, prefix: str, given: dict[str, Any]) -> list[Clock]:
        """The stretches that are filled in; half of one is an error."""
        found = []
        for n in range(MOST_STRETCHES):
            starts, ends = given.get(f"{prefix}{n}_starts"), given.get(f"{prefix}{n}_ends")
            if (starts is None) != (ends is None):
                self.add_error(f"{prefix}{n}_starts", _("Fill in both, or none."))
            elif starts is not None and ends is not None:
                found.append((starts, ends))
        return found


class WeekForm(HoursForm):
    time_zone = forms.ChoiceField(label=gettext_lazy("Your time zone"))
    buffer_before = _number(gettext_lazy("Minutes kept free before"), 0, LONGEST_BUFFER)
    buffer_after = _number(gettext_lazy("Minutes kept free after"), 0, LONGEST_BUFFER)
    notice_hours = _number(
        gettext_lazy("Hours of notice"), 0, LONGEST_NOTICE, gettext_lazy("Nobody books you nearer than that.")
    )
    daily_cap = _number(gettext_lazy("Most talks a day"), 1, HIGHEST_CAP)

    def __init__(self, *args: Any, own: Availability | None, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(own, zone), **kwargs)
        self.fields["time_zone"].choices = time_zones()
        for weekday, name in WEEKDAYS.items():
            self._add_pairs(f"d{weekday}_", name)

    def days(self) -> Iterator[tuple[str, list[Pair]]]:
        """Each weekday's name and rows."""
        for weekday, name in WEEKDAYS.items():
            yield str(name), self.pairs(f"d{weekday}_")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.weekly = [self._hours(f"d{weekday}_", given) for weekday in WEEKDAYS]
        return given

    def week(self) -> Week:
        """As the verb takes it. Only for a valid form."""
        names = ("time_zone", "buffer_before", "buffer_after", "notice_hours", "daily_cap")
        return Week(weekly=self.weekly, **{name: self.cleaned_data[name] for name in names})


class DayForm(HoursForm):
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="day_%s", **kwargs)
        self._add_pairs("h", _("On this day"))

    def rows(self) -> list[Pair]:
        return self.pairs("h")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.hours = self._hours("h", given)
        return given


def _initial(own: Availability | None, zone: str) -> dict[str, Any]:
    if own is None:
        rest = {"buffer_before": BUFFER_MINUTES, "buffer_after": BUFFER_MINUTES}
        rest |= {"notice_hours": NOTICE_HOURS, "daily_cap": DAILY_CAP, "time_zone": zone}
        return rest | {key: value for weekday in range(5) for key, value in _filled(f"d{weekday}_", USUAL)}
    names = ("time_zone", "buffer_before", "buffer_after", "notice_hours", "daily_cap")
    days: dict[int, list[Clock]] = {}
    for hours in own.weekly.all():
        days.setdefault(hours.weekday, []).append((hours.starts, hours.ends))
    filled = {key: value for weekday, some in days.items() for key, value in _filled(f"d{weekday}_", some)}
    return {name: getattr(own, name) for name in names} | filled


def _filled(prefix: str, some: Any) -> Iterator[tuple[str, dt.time]]:
    for n, (starts, ends) in enumerate(some):
        yield f"{prefix}{n}_starts", starts
        yield f"{prefix}{n}_ends", ends
