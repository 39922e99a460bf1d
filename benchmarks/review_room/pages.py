"""The pages that are measured on the server. Each is a name and an address; others can be added beside them."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from benchmarks.one_database import TURNS
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in
from benchmarks.review_room.filling import PEOPLE, QUESTIONS, Filled, fill
from bothways.accounts.models import Member


def figures() -> dict[str, Any]:
    prepare()
    filled = fill()
    let_the_planner_know()
    pages = {
        name: measured(signed_in(member), address, statuses=(200, 302))
        for name, (member, address) in _pages(filled).items()
    }
    return {"people": PEOPLE, "questions": QUESTIONS, "turns": TURNS, "pages": pages}


def _pages(filled: Filled) -> dict[str, tuple[Member, str]]:
    slug, stage = filled.stage.organization.slug, filled.stage.id
    entered = reverse("team:review-round", args=[slug, stage, filled.questions[2].id])
    turn = signed_in(filled.begun).get(entered).headers["Location"]
    four = filled.stage.interviews.order_by("id").values_list("id", flat=True)[:4]
    side = f"{reverse('team:compare-side', args=[slug, stage])}?{urlencode({'with': list(four)}, doseq=True)}"
    return {
        "work list": (filled.begun, reverse("team:review-list", args=[slug])),
        "work list, nothing left": (filled.done, reverse("team:review-list", args=[slug])),
        "into a round": (filled.begun, entered),
        "the room, in a round": (filled.begun, turn),
        "the room, only watching": (filled.owner, turn.removesuffix("turn/")),
        "who rates whom": (filled.owner, reverse("team:assignments-stage", args=[slug, stage])),
        "compare, four side by side": (filled.owner, side),
        "compare, a rater who has handed in": (filled.done, side),
        "hand in": (filled.begun, reverse("team:review-hand-in", args=[slug, stage])),
    }
