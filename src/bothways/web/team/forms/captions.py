"""Captions as a list of fields: begins, ends, words, as often as there are cues."""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from bothways.kits.cues import MOST_CUES
from bothways.lib.webvtt import Cue

_TIME = re.compile(r"\s*(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,4})(?:[.,٫](\d{1,3}))?\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One cue as it stands in the form. `wrong` says which time makes no sense: start, end or nothing."""

    start: str
    end: str
    text: str
    wrong: str = ""


class CaptionsForm:
    """What was sent. `cues` are in the order of the form, and complete only where `error` is empty."""

    def __init__(self, sent: QueryDict) -> None:
        fields = (sent.getlist(name)[: MOST_CUES + 1] for name in ("start", "end", "text"))
        self.rows: list[Row] = []
        self.cues: list[Cue] = []
        self.error = ""
        for start, end, text in zip(*fields, strict=False):
            times = (read_time(start), read_time(end))
            wrong = next((name for name, time in zip(("start", "end"), times, strict=True) if time is None), "")
            self.rows.append(Row(start, end, text, wrong))
            if times[0] is not None and times[1] is not None:
                self.cues.append(Cue(times[0], times[1], text))
            elif not self.error:
                words = _("A time of caption %(n)d makes no sense to us. Write minutes and seconds, as in 0:07.5.")
                self.error = words % {"n": len(self.rows)}
        self.seen = _number(sent.get("revision", ""))
        self.act, _dash, place = sent.get("do", "save").partition("-")
        self.place = (_number(place) or 0) - 1

    @property
    def names_a_cue(self) -> bool:
        return 0 <= self.place < len(self.cues)


def rows_of(cues: list[Cue]) -> list[Row]:
    return [Row(time_words(cue.start_ms), time_words(cue.end_ms), cue.text) for cue in cues]


def time_words(ms: int) -> str:
    """0:07.5, exact to the millisecond and no longer than that needs."""
    minutes, left = divmod(ms, 60_000)
    seconds, rest = divmod(left, 1000)
    return f"{minutes}:{seconds:02}.{f'{rest:03}'.rstrip('0') or '0'}"


def read_time(text: str) -> int | None:
    """7.5, 0:07.5 or 1:00:07.500 in milliseconds; None for what is no time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, rest = (part or "0" for part in found.groups())
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest.ljust(3, "0"))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
