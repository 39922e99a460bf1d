"""Keeping what was played, and believing only what can have been played."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Answer, AnswerFile
from bothways.kits.models import AnswerKind
from bothways.lib.errors import Refused, require
from bothways.review.models import Coverage, PlayClock
from bothways.review.policies import may_watch_interview
from bothways.review.queries.coverage import NEEDED_SHARE, has_choice, length_ms, part, thing_of
from bothways.review.queries.reading import reading_speed, words_to_read
from bothways.review.spans import Span, first, length, merge, within

FASTEST = 2.0
"""The highest speed of our player: recorded seconds per second."""

READING = 1.0
"""Time on the screen runs as the clock does."""

SLACK = dt.timedelta(seconds=1)
"""For a network that brings one report late and the next one early."""

LONGEST_SILENCE = dt.timedelta(minutes=10)
"""A report may lie this long on a device without a line. Time before it is not credited."""


@transaction.atomic
def open_player(*, actor: Actor, answer: Answer) -> Coverage:
    """A member's player, or what was written, is on the screen. From now on, and not before, it can be reported."""
    _require_watching(actor, answer)
    coverage, is_new = Coverage.objects.get_or_create(
        organization_id=answer.organization_id, answer=answer, member_id=actor.id, **thing_of(answer)
    )
    if is_new:
        audit.record(organization=answer.organization, actor=actor, verb="answer.opened", thing=answer)
    else:
        coverage.opened_at = timezone.now()
        coverage.save(update_fields=["opened_at"])
    return coverage


@transaction.atomic
def report_played(*, actor: Actor, answer: Answer, spans: list[Span]) -> Coverage:
    """Add the stretches that a player says it has played since its last report, or that were on the screen to read.

    Only the server's clock counts. All players of a member together can have played at most `FASTEST` times the
    time that passed since the player was opened, or since their last report; the rest of a report is left out. Reading
    runs at the speed of the clock.
    Nothing is refused for it, because a late network looks the same as a liar, and neither gains by it.

    Raises:
        Refused: `not_open`, when this member's player was never opened.
    """
    _require_watching(actor, answer)
    if answer.question.answer_kind == AnswerKind.FILES:
        return _coverage_of(actor, answer)  # A list of files on the screen is nothing read: see `file_opened`.
    coverage, played = _believed(actor, answer, spans, READING if answer.chosen_written_id else FASTEST)
    if played:
        coverage.spans = merge([*_spans(coverage), *played])
        _keep(actor, answer, coverage)
    return coverage


@transaction.atomic
def report_read(*, actor: Actor, answer: Answer, spans: list[Span]) -> Coverage:
    """Add what a page says of the text of a spoken answer was on the screen, as stretches of its recording.

    The same clock counts as for playing. Read and played are never added up, because both may be the same stretch: the
    longer of the two is what counts.

    Raises:
        Refused: `not_open`; `reading_does_not_count` where the kit does not say so, or there is no text.
    """
    _require_watching(actor, answer)
    speed = None if answer.chosen_written_id else reading_speed(answer, words_to_read(answer))
    if speed is None:
        raise Refused("reading_does_not_count", _("Here an answer counts as watched by playing it, not by reading it."))
    coverage, read = _believed(actor, answer, spans, speed)
    if read:
        coverage.read_ms = length(merge([*_spans_read(coverage), *read]))
        _keep(actor, answer, coverage)
    return coverage


@transaction.atomic
def file_opened(*, actor: Actor, answer: Answer, file: AnswerFile) -> Coverage:
    """The member has taken this file to read it. Each file counts as the same part of the answer."""
    coverage = open_player(actor=actor, answer=answer)
    ids = list(answer.chosen_written.files.values_list("id", flat=True))
    each = (length_ms(answer) or 0) // len(ids)
    start = ids.index(file.id) * each
    coverage.spans = merge([*_spans(coverage), (start, start + each)])
    _keep(actor, answer, coverage)
    return coverage


def _believed(actor: Actor, answer: Answer, spans: list[Span], speed: float) -> tuple[Coverage, list[Span]]:
    """As much of a report as there was time for at this speed; the member's clock is filled with it."""
    clock = _locked_clock(actor, answer)
    coverage = _coverage_of(actor, answer)
    now = timezone.now()
    start = max(clock.filled_until, coverage.opened_at, now - LONGEST_SILENCE)
    believed = list(first(within(spans, length_ms(answer) or 0), _playable_ms(now + SLACK - start, speed)))
    if believed:
        clock.filled_until = start + dt.timedelta(milliseconds=length(believed) / speed)
        clock.save(update_fields=["filled_until"])
    return coverage, believed


def _keep(actor: Actor, answer: Answer, coverage: Coverage) -> None:
    """Keep what was added, and log it once when it is enough."""
    whole = length_ms(answer)
    was_watched = part(coverage.covered_ms, whole) >= NEEDED_SHARE
    coverage.covered_ms = max(length(coverage.spans), coverage.read_ms)
    coverage.reported_at = timezone.now()
    coverage.save(update_fields=["spans", "read_ms", "covered_ms", "reported_at"])
    if not was_watched and part(coverage.covered_ms, whole) >= NEEDED_SHARE:
        audit.record(organization=answer.organization, actor=actor, verb="answer.watched", thing=answer)


def _spans(coverage: Coverage) -> list[Span]:
    return [(start, end) for start, end in coverage.spans]


def _spans_read(coverage: Coverage) -> list[Span]:
    return [(0, coverage.read_ms)] if coverage.read_ms else []


def _coverage_of(actor: Actor, answer: Answer) -> Coverage:
    coverage = Coverage.objects.filter(answer=answer, member=actor.id, **thing_of(answer)).first()
    if coverage is None:
        raise Refused("not_open", _("The player was not opened on this page. Load the page again to go on watching."))
    return coverage


def _require_watching(actor: Actor, answer: Answer) -> None:
    require(may_watch_interview(actor, answer.interview), _("You may not watch this answer."))
    if not has_choice(answer) or not length_ms(answer):
        raise Refused("nothing_to_play", _("There is no answer that can be played or read for this question."))


def _locked_clock(actor: Actor, answer: Answer) -> PlayClock:
    """The member's clock, locked: two reports at the same time cannot both use the same seconds."""
    Member.objects.select_for_update().get(id=actor.id)
    clock, _is_new = PlayClock.objects.get_or_create(
        member_id=actor.id,
        defaults={"organization_id": answer.organization_id, "filled_until": timezone.now() - LONGEST_SILENCE},
    )
    return clock


def _playable_ms(time: dt.timedelta, speed: float) -> int:
    return max(0, int(time.total_seconds() * 1000 * speed))
