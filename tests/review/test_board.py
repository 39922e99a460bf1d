"""The board: in which column everybody stands, what a rater may not learn from it, and where a card may go."""

import datetime as dt

import pytest

from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import StageReviewer
from bothways.review.actions.decisions import decide
from bothways.review.actions.inviting_on import decide_and_invite
from bothways.review.actions.reversing import reverse_decision
from bothways.review.policies import may_decide
from bothways.review.queries import board as boards
from bothways.review.queries.board import Column, Cursor, board, lane
from bothways.review.queries.board_moves import Verb, moves
from tests.factories import make_interview, make_stage, make_submitted_interview
from tests.factories.review import rate, watch

LETTER = {"reason": "Because.", "reply_subject": "Our answer", "reply_body": "Hello [name], you were clear."}


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def columns(actor, position, stage=0):
    return {one.column: [card.name for card in one.cards] for one in board(actor, position)[stage].lanes if one.count}


def submitted(cast, name):
    return make_submitted_interview(cast.stage, cast.kit_version, name)


def test_everybody_stands_in_one_column_of_each_stage_they_are_in(cast, rafael):
    make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    people = {word: submitted(cast, f"Person {word}") for word in ("fresh", "half", "done", "held", "on", "no", "back")}
    people["invited"] = make_interview(cast.stage, cast.kit_version, "Person invited")
    people["late"] = make_interview(cast.stage, cast.kit_version, "Person late", state=InterviewState.EXPIRED)
    rate(cast.bo, people["half"], (3, 3, 3, 3))
    for word in ("done", "held"):
        rate(cast.bo, people[word], (3, 3, 3, 3))
        rate(cast.ines, people[word], (3, 3, 3, 3))
    decide(actor=rafael, interview=people["held"], outcome="hold", reason="Wait.")
    decide_and_invite(actor=rafael, interview=people["on"], outcome="advance", invite_on=True, **LETTER)
    for word in ("no", "back"):
        watch(cast.bo, people[word])
        watch(cast.ines, people[word])
        decision = decide(actor=rafael, interview=people[word], outcome="decline", **LETTER)
    reverse_decision(actor=rafael, interview=people["back"], seen=decision.id, **LETTER)
    code = {word: interview.code_name for word, interview in people.items()}
    first = columns(rafael, cast.position)
    assert {column: set(names) for column, names in first.items()} == {
        Column.ANSWERING: {code["invited"]},
        Column.TO_REVIEW: {code["fresh"], code["half"], code["back"]},
        Column.REVIEWED: {code["done"]},
        Column.HELD: {code["held"]},
        Column.ADVANCED: {"Person on"},
        Column.DECLINED: {"Person no"},
        Column.ENDED: {code["late"]},
    }
    assert list(columns(rafael, cast.position, 1)) == [Column.ANSWERING]


def test_who_rates_learns_nothing_from_it_before_their_own_scorecard_is_in(cast):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    people = [submitted(cast, f"Xanthippe Rarebird{n}") for n in range(3)]
    rafael, ada = cast.actor(cast.rafael), cast.actor(cast.ada)
    before = board(rafael, cast.position)
    rate(cast.bo, people[0], (5, 5, 5, 5))
    decide(actor=ada, interview=people[1], outcome="hold", reason="Wait.")
    decide(actor=ada, interview=people[2], outcome="advance", **LETTER)
    assert board(rafael, cast.position) == before, "neither place, nor count, nor name tells what others did"
    mine = columns(rafael, cast.position)[Column.MINE]
    assert sorted(mine) == sorted(interview.code_name for interview in people)
    rate(cast.rafael, people[0], (2, 2, 2, 2))
    assert columns(rafael, cast.position)[Column.REVIEWED] == [people[0].code_name]
    assert Column.MINE not in columns(ada, cast.position)


def test_cards_come_by_promised_day_and_in_parts(cast, rafael, monkeypatch):
    monkeypatch.setattr(boards, "COLUMN_SIZE", 3)
    people = [submitted(cast, f"Person {n}") for n in range(8)]
    day = dt.date(2026, 5, 1)
    for n, interview in enumerate(people):
        Interview.objects.filter(id=interview.id).update(reply_by=day + dt.timedelta(days=n // 2))
    [stage] = board(rafael, cast.position)
    found = next(one for one in stage.lanes if one.column == Column.TO_REVIEW)
    assert found.count == 8 and len(found.cards) == 3
    seen, parts = list(found.cards), 0
    while found.next:
        found = lane(rafael, cast.stage, Column.TO_REVIEW, Cursor.read(str(found.next)))
        assert found.count == 8
        seen += found.cards
        parts += 1
    assert parts == 2 and len({card.id for card in seen}) == 8
    assert [card.reply_by for card in seen] == sorted(card.reply_by for card in seen)
    assert Cursor.read("nonsense") is None and Cursor.read("2026-05-01_2026-05-01T10:00_x") is None


@pytest.mark.parametrize("people", [2, 12])
def test_a_fixed_number_of_queries(cast, rafael, people, django_assert_num_queries):
    for n in range(people):
        rate(cast.bo, submitted(cast, f"Person {n}"), (3, 3, 3, 3))
    with django_assert_num_queries(4):
        board(rafael, cast.position)
    with django_assert_num_queries(4):
        lane(rafael, cast.stage, Column.TO_REVIEW, None)


def to(actor, interview):
    here, found = moves(actor, interview, may_decide=may_decide(actor, interview))
    return here, {move.to: move for move in found}


def test_a_card_may_go_where_a_verb_takes_it_and_elsewhere_the_words_say_why(cast, rafael, interview):
    here, found = to(rafael, interview)
    assert here == Column.TO_REVIEW
    assert found[Column.ADVANCED].verb == found[Column.HELD].verb == Verb.DECIDE
    assert found[Column.DECLINED].verb is None and "Nobody is declined unwatched" in found[Column.DECLINED].words
    assert found[Column.REVIEWED].verb is None and "Scorecards" in found[Column.REVIEWED].words
    watch(cast.bo, interview)
    watch(cast.ines, interview)
    assert to(rafael, interview)[1][Column.DECLINED].verb == Verb.DECIDE
    held = decide(actor=rafael, interview=interview, outcome="hold", reason="Wait.")
    here, found = to(rafael, interview)
    assert here == Column.HELD and found[Column.TO_REVIEW].verb == Verb.REVERSE
    decide(actor=rafael, interview=interview, outcome="decline", seen=held.id, **LETTER)
    here, found = to(rafael, interview)
    assert here == Column.DECLINED and found[Column.REVIEWED].verb == Verb.REVERSE
    assert found[Column.ADVANCED].verb is None and "Take the decision back first" in found[Column.ADVANCED].words


def test_nobody_moves_what_is_not_theirs_to_decide(cast, rafael, interview):
    for member in (cast.audrey, cast.bo):
        assert not any(move.verb for move in to(cast.actor(member), interview)[1].values())
    invited = make_interview(cast.stage, cast.kit_version, "Kim Next")
    assert "before the answers are sent" in to(rafael, invited)[1][Column.DECLINED].words
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    here, found = to(rafael, interview)
    assert here == Column.MINE and "your own scorecard first" in found[Column.ADVANCED].words
