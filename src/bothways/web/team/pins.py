"""Pinned notes as the pages show them and as the rating room's script keeps them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.ids import new_id
from bothways.review.models import PinnedNote
from bothways.review.queries.pinned_notes import own_pinned_notes
from bothways.review.queries.playback import Playback
from bothways.review.queries.scorecards import OwnScorecard
from bothways.web.stretches import shown_when as shown_when
from bothways.web.stretches import when_of as when_of
from bothways.web.team.access import TeamRequest


@dataclass(frozen=True, slots=True)
class ShownPin:
    """`when` is "0:42" or "0:42–1:05", `second` where a player begins."""

    key: uuid.UUID | str
    when: str
    second: int
    text: str
    quote: str
    revision: int


def shown_pins(notes: Iterable[PinnedNote]) -> list[ShownPin]:
    return [
        ShownPin(
            key=note.client_key,
            when=shown_when(note.start_ms, note.end_ms),
            second=note.start_ms // 1000,
            text=note.text,
            quote=note.quote,
            revision=note.revision,
        )
        for note in notes
    ]


def pin_facts(note: PinnedNote) -> dict[str, Any]:
    """What a device needs to go on from: the words and times that stand, and their revision."""
    quote = {"text": note.quote, "start_ms": note.quote_start_ms, "end_ms": note.quote_end_ms} if note.quote else None
    return {
        "start_ms": note.start_ms,
        "end_ms": note.end_ms,
        "text": note.text,
        "quote": quote,
        "removed": note.removed_at is not None,
        "revision": note.revision,
    }


def pinning(
    request: TeamRequest, interview: Interview, mine: OwnScorecard, question: Question, playing: Playback | None
) -> dict[str, Any]:
    """What a question's page needs for the own pinned notes. One query, none before the scorecard is begun.

    Notes stand there even where the recording can be played no more.
    """
    notes = own_pinned_notes(mine.scorecard, question)
    config = {
        **pin_config(request, interview, mine),
        "question": str(question.id),
        "place": question.place,
        "duration_ms": playing.duration_ms if playing else 0,
        "notes": [{"key": str(note.client_key), **pin_facts(note)} for note in notes],
    }
    blank = ShownPin(key="", when="", second=0, text="", quote="", revision=0)
    return {"pins": shown_pins(notes), "blank_pin": blank, "new_pin_key": new_id(), "pin_config": config}


def pin_config(request: TeamRequest, interview: Interview, mine: OwnScorecard) -> dict[str, Any]:
    """The configuration of static/bothways/team/review/pins.js, for a page without an answer."""
    return {
        "save_url": reverse("team:review-pin", args=[request.organization.slug, interview.id]),
        "csrf_token": get_token(request),
        "drafts": f"bothways.pin:{request.actor.id}:{interview.id}:",
        "is_open": not mine.is_submitted,
    }


def pin_words() -> dict[str, str]:
    """For static/bothways/team/review/pins.js. Placeholders in braces are filled in the browser."""
    return {
        "pins": _("Your notes on the timeline"),
        "pin": _("Note at {time}"),
        "pin_stretch": _("Note from {time} to {end}"),
        "pin_says": _("{pin}: {text}"),
        "pin_remove": _("Remove: {pin}"),
        "pin_until": _("Until here: {pin}"),
        "pin_removed": _("Removed."),
        "pin_end": _("A stretch ends after it begins. Play on, then press “Until here” again."),
        "pins_left": _(
            "Not handed in yet: pinned notes of question {places} are not on the server. They are kept on this device. "
            "Open the question to see why."
        ),
    }
