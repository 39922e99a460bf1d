"""How far each recording of a person is, for those who look after it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.interviews.models import Interview, Take
from bothways.interviews.queries.watching import chosen_takes
from bothways.media.queries.progress import Standing, Step, Stop, stops_of

STEPS: dict[Step, str | Promise] = {
    Step.RECEIVED: _("received"),
    Step.CHECKED: _("checked"),
    Step.WATCHABLE: _("watchable"),
    Step.UNIVERSAL: _("plays everywhere"),
    Step.WORDS: _("words"),
}
SIGNS = {Standing.DONE: "done", Standing.WAITING: "off", Standing.FAILED: "late"}


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """`stops` has each step with its words and the sign that stands before them."""

    take: Take
    stops: list[tuple[Stop, str | Promise, str]]


def recording_lines(interview: Interview) -> list[RecordingLine]:
    """The answers by question, those in writing left out. Four queries."""
    takes = chosen_takes(interview)
    stops = stops_of(interview.organization_id, [take.recording for take in takes])
    return [
        RecordingLine(take, [(stop, STEPS[stop.step], SIGNS[stop.standing]) for stop in stops[take.recording_id]])
        for take in takes
    ]
