"""Reading notes that are pinned to a second of an answer, in the order of their times."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from bothways.kits.models import Question
from bothways.review.models import PinnedNote, Scorecard


def own_pinned_notes(scorecard: Scorecard | None, question: Question) -> list[PinnedNote]:
    """What one member has pinned to one answer. One query; none without a scorecard."""
    if scorecard is None:
        return []
    notes = PinnedNote.objects.filter(scorecard=scorecard, question=question, removed_at=None)
    return list(notes.order_by("start_ms", "created_at"))


def handed_in_pinned_notes(scorecards: Collection[Scorecard], question: Question) -> dict[uuid.UUID, list[PinnedNote]]:
    """By scorecard, what was pinned to the answers to one question. One query.

    Asked only for scorecards that this reader may see; of those that are still open nothing is read. A mark without any
    words says nothing to others and is left out.
    """
    found: dict[uuid.UUID, list[PinnedNote]] = defaultdict(list)
    notes = PinnedNote.objects.filter(
        scorecard__in=[one.id for one in scorecards], scorecard__submitted_at__isnull=False, question=question
    ).exclude(Q(text="", quote="") | Q(removed_at__isnull=False))
    for note in notes.order_by("start_ms", "created_at"):
        found[note.scorecard_id].append(note)
    return found
