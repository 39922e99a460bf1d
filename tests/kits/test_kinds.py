"""What a question asks for: words or a recording, a choice, a number."""

from decimal import Decimal

import pytest

from bothways.kits.actions.library import keep_question
from bothways.kits.actions.questions import add_from_library, duplicate_question, edit_question
from bothways.kits.actions.versions import publish, start_draft
from bothways.kits.actions.wording import Wording
from bothways.kits.models import KitVersion, Question
from bothways.kits.queries.minutes import PICK_S, candidate_minutes
from bothways.kits.queries.readiness import blockers
from bothways.lib.errors import Refused
from tests.factories import Cast
from tests.factories.preparing import make_draft

COMMON = {
    "text": "Which shifts can you work?",
    "competency": "Shifts",
    "anchor_1": "None.",
    "anchor_3": "One.",
    "anchor_5": "Most.",
    "no_prompt_reason": "It is a list.",
}


@pytest.fixture
def draft(cast: Cast) -> KitVersion:
    return make_draft(cast.ada)


def edited(cast: Cast, draft: KitVersion, **wording) -> Question:
    question = draft.questions.get(place=1)
    return edit_question(actor=cast.actor(cast.ada), question=question, wording=Wording(**{**COMMON, **wording}))


def codes(draft: KitVersion) -> list[str]:
    return [blocker.code for blocker in blockers(draft) if blocker.place == 1]


def test_options_are_tidied_and_counted(cast, draft):
    question = edited(cast, draft, answer_kind="choice", options=["  Early ", "", "Late\tshift", " "])
    assert question.options == ["Early", "Late shift"]
    with pytest.raises(Refused, match="options_too_many"):
        edited(cast, draft, answer_kind="choice", options=[str(n) for n in range(11)])
    with pytest.raises(Refused, match="too_long"):
        edited(cast, draft, answer_kind="choice", options=["x" * 201, "y"])
    with pytest.raises(Refused, match="question_invalid"):
        edited(cast, draft, answer_kind="essay")


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ({"answer_kind": "choice", "options": ["Early"]}, ["options"]),
        ({"answer_kind": "choice", "options": ["Early", "Late", "Early"]}, ["options_twice"]),
        ({"answer_kind": "choice", "options": ["Early", "Late"]}, []),
        ({"answer_kind": "number", "number_min": Decimal(9), "number_max": Decimal(8)}, ["number_bounds"]),
        ({"answer_kind": "number", "number_min": Decimal(9)}, []),
        ({"answer_kind": "number"}, []),
        ({"options": ["Early"], "number_min": Decimal(9), "number_max": Decimal(8)}, []),
    ],
)
def test_what_stands_before_publication(cast, draft, wording, code):
    edited(cast, draft, **wording)
    assert codes(draft) == code


def test_times_are_for_recordings(cast, draft):
    edited(cast, draft, answer_limit_s=60, takes_allowed=1)
    assert codes(draft) == ["reason"]
    before = candidate_minutes(draft).answer_s
    edited(cast, draft, answer_limit_s=60, takes_allowed=1, answer_kind="choice", options=["Early", "Late"])
    assert codes(draft) == []
    assert before - candidate_minutes(draft).answer_s == 60 - PICK_S


def test_a_kind_goes_along_into_copies_the_library_and_the_next_version(cast, draft):
    actor = cast.actor(cast.ada)
    wording = {"answer_kind": "number", "unit": "hours", "number_min": Decimal(10), "number_max": Decimal(40)}
    question = edited(cast, draft, **wording)
    kept = keep_question(actor=actor, question=question)
    copies = [
        duplicate_question(actor=actor, question=question),
        add_from_library(actor=actor, version=draft, kept=kept),
    ]
    draft.questions.update(no_prompt_reason="Written for a test.")
    publish(actor=actor, version=draft)
    copies.append(start_draft(actor=actor, kit=draft.kit).questions.get(place=1))
    for copy in copies:
        copy.refresh_from_db()
        assert (copy.answer_kind, copy.unit, copy.number_min, copy.number_max) == ("number", "hours", 10, 40)
