"""What the team's pages hand to the player: addresses for this member, and what they have watched."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.models import Role
from bothways.interviews.models import Answer
from bothways.kits.models import AnswerKind
from bothways.media.actions.renditions import ask_for_voice_now
from bothways.media.addresses import media_address
from bothways.media.queries.renditions import sound_alone_fails
from bothways.media.sprites import COLUMNS, every_ms, tile_count
from bothways.review.models import Coverage
from bothways.review.queries.coverage import NEEDED_SHARE, has_choice, part, thing_of
from bothways.review.queries.playback import Playback
from bothways.review.spans import Span, length
from bothways.web.durations import duration_words
from bothways.web.playing_words import playing_words
from bothways.web.team.access import TeamRequest

WATCHERS = (Role.OWNER, Role.RECRUITER, Role.REVIEWER)
"""The roles whose pages have a player. Whether one of them may watch this answer, the policy says."""

MOST_SPANS = 200


def player_config(
    request: TeamRequest,
    playback: Playback,
    coverage: Coverage | None,
    silences: Sequence[Span],
    at: int | None = None,
) -> dict[str, Any]:
    """The configuration of one `<bw-player>` (static/bothways/player/player.js), which begins at second `at`."""
    slug = {"organization": request.organization.slug, "answer_id": playback.answer_id}
    return {
        "sources": media_sources(request, playback, at),
        "media_url": reverse("team:review-media", kwargs=slug),
        "peaks_url": address(request, playback.peaks),
        "sprites": sprite_sheet(request, playback),
        "duration_ms": playback.duration_ms,
        "silences": silences,
        "gain_db": playback.gain_db,
        "coverage": coverage_facts(coverage, playback.duration_ms),
        "opened_url": reverse("team:review-opened", kwargs=slug),
        "played_url": reverse("team:review-played", kwargs=slug),
        "csrf_token": get_token(request),
    }


def reader_config(request: TeamRequest, answer: Answer, coverage: Coverage | None) -> dict[str, Any]:
    """The configuration of one `<bw-reader>` (static/bothways/player/reader.js)."""
    slug = {"organization": request.organization.slug, "answer_id": answer.id}
    reading_ms = answer.chosen_written.reading_ms
    return {
        "reading_ms": reading_ms,
        "by_time": answer.question.answer_kind != AnswerKind.FILES,
        "coverage": coverage_facts(coverage, reading_ms),
        "opened_url": reverse("team:review-opened", kwargs=slug),
        "played_url": reverse("team:review-played", kwargs=slug),
        "csrf_token": get_token(request),
    }


def spoken_reader_config(
    request: TeamRequest, answer: Answer, coverage: Coverage | None, speed: float
) -> dict[str, Any]:
    """The configuration of one `<bw-reader>` for a spoken answer of which only the text is there."""
    slug = {"organization": request.organization.slug, "answer_id": answer.id}
    duration_ms = answer.chosen_take.recording.duration_ms
    return {
        "reading_ms": duration_ms,
        "speed": speed,
        "by_time": True,
        "coverage": read_facts(coverage, duration_ms),
        "opened_url": reverse("team:review-opened", kwargs=slug),
        "played_url": reverse("team:review-read", kwargs=slug),
        "csrf_token": get_token(request),
    }


def read_config(request: TeamRequest, playback: Playback, coverage: Coverage | None, speed: float) -> dict[str, Any]:
    """The configuration of one `<bw-read>` (static/bothways/player/read.js): text read at `speed` of the recording."""
    slug = {"organization": request.organization.slug, "answer_id": playback.answer_id}
    return {
        "reading_ms": playback.duration_ms,
        "speed": speed,
        "coverage": read_facts(coverage, playback.duration_ms),
        "opened_url": reverse("team:review-opened", kwargs=slug),
        "played_url": reverse("team:review-read", kwargs=slug),
        "csrf_token": get_token(request),
    }


def media_sources(request: TeamRequest, playback: Playback, at: int | None = None) -> list[dict[str, str]]:
    """What a player may choose from; the voice alone is the last, for whoever only listens. With `at` a browser begins
    at that second (https://www.w3.org/TR/media-frags/).
    """
    from_there = "" if at is None else f"#t={at}"
    sources = [*playback.sources, playback.voice] if playback.voice else playback.sources
    return [
        {"kind": source.kind, "mime": source.mime, "url": f"{address(request, source.rendition_id)}{from_there}"}
        for source in sources
    ]


def awaited_sound(answer: Answer, playing: Playback, with_picture: bool) -> str:
    """Where an answer is only to be heard and its sound does not stand by itself yet: "made" or, for good, "failed".

    Whoever opens such an answer has its sound made, once.
    """
    if with_picture or playing.sources or answer.chosen_take is None:
        return ""
    recording = answer.chosen_take.recording
    if sound_alone_fails(recording):
        return "failed"
    ask_for_voice_now(recording=recording)
    return "made"


def start_second(request: HttpRequest, duration_ms: int) -> int | None:
    """The second in `?at=`, if the answer has it."""
    at = request.GET.get("at", "")
    return int(at) if at.isdecimal() and len(at) < 6 and int(at) * 1000 < duration_ms else None


def sprite_sheet(request: TeamRequest, playback: Playback) -> dict[str, Any] | None:
    """Where the small pictures are, and how they are laid out (static/bothways/player/peek.js)."""
    if playback.sprites is None:
        return None
    return {
        "url": address(request, playback.sprites),
        "every_ms": every_ms(playback.duration_ms),
        "columns": COLUMNS,
        "tiles": tile_count(playback.duration_ms),
    }


def address(request: TeamRequest, rendition_id: Any) -> str | None:
    """An address that works for this member only, for an hour. Nothing in it says whose answer it is."""
    return media_address(rendition_id, "member", request.actor.id) if rendition_id else None


def coverage_facts(coverage: Coverage | None, duration_ms: int | None) -> dict[str, Any]:
    if coverage is None:
        return {"share": 0, "is_enough": False, "spans": []}
    share = part(coverage.covered_ms, duration_ms)
    return {"share": share, "is_enough": share >= NEEDED_SHARE, "spans": coverage.spans}


def read_facts(coverage: Coverage | None, duration_ms: int | None) -> dict[str, Any]:
    """The same for the text of a recording: of the stretches those that were read."""
    read_ms = coverage.read_ms if coverage else 0
    return {**coverage_facts(coverage, duration_ms), "spans": [[0, read_ms]] if read_ms else []}


def silence_words(silences: Sequence[Span]) -> str:
    """What the marks on the player's line say together, for whoever does not see them; empty where there are none."""
    if not silences:
        return ""
    words = ngettext("Silence: %(time)s in %(n)d stretch.", "Silence: %(time)s in %(n)d stretches.", len(silences))
    return words % {"time": duration_words(round(length(silences) / 1000)), "n": len(silences)}


def own_coverage(request: TeamRequest, answer: Answer) -> Coverage | None:
    """This member's coverage of what was chosen. One query."""
    return own_coverages(request, [answer]).get(answer.id)


def own_coverages(request: TeamRequest, answers: Sequence[Answer]) -> dict[uuid.UUID, Coverage]:
    """The same of several answers, by answer. One query."""
    chosen = {next(iter(thing_of(answer).values())) for answer in answers if has_choice(answer)}
    kept = Coverage.objects.filter(answer__in=answers, member=request.actor.id)
    return {one.answer_id: one for one in kept if (one.recording_id or one.written_id) in chosen}


def spans_of(request: HttpRequest) -> list[Span] | None:
    """The stretches in a player's report; None for what no player of ours sends."""
    try:
        found = json.loads(request.body)["spans"]
        if not isinstance(found, list) or len(found) > MOST_SPANS:
            return None
        spans = [(start, end) for start, end in found]
    except (ValueError, KeyError, TypeError):
        return None
    return spans if all(type(number) is int for span in spans for number in span) else None


def player_words(reading_counts: bool = False) -> dict[str, str]:
    """The words of the player's script, and of what it says about watching."""
    needed = {"needed": round(NEEDED_SHARE * 100)}
    return {
        **playing_words(),
        "share": _("You have watched or read {share} %%. %(needed)s %% are needed.") % needed
        if reading_counts
        else _("You have watched {share} %%. %(needed)s %% are needed.") % needed,
        "share_enough": _("You have watched or read {share} %, which is enough.")
        if reading_counts
        else _("You have watched {share} %, which is enough."),
        "read": _("Read for {share} %% of the time it takes. %(needed)s %% are needed.") % needed,
        "read_enough": _("You have had time to read it. That is enough."),
    }
