"""How much nobody has watched, and what waits for it: lists, open links and several at once, not one person by hand."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from bothways.interviews.actions.csv_import import check_list, invite_list
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.open_links import come_in, create_open_link
from bothways.interviews.models import Interview, OpenLink
from bothways.lib.errors import Refused
from bothways.review.actions.several import decide_about_several
from bothways.review.models import Coverage, Decision
from bothways.review.queries.several import several
from bothways.review.queries.unwatched import Batch, batch_of, still_to_watch, unwatched_obstacle
from tests.factories import Cast, make_interview, make_stage, make_submitted_interview, make_written_answer
from tests.factories.review import rate, watch

LETTER = {"reason": "The rule of the kit.", "reply_subject": "Our answer", "reply_body": "Hello [name], thank you."}


@pytest.fixture
def six(cast: Cast) -> list[Interview]:
    return [make_submitted_interview(cast.stage, cast.kit_version, f"Person{n}") for n in range(6)]


@pytest.mark.parametrize(
    ("sent", "unwatched", "share", "more"),
    [
        (0, 0, 50, 0),
        (4, 4, 100, 0),  # A handful holds up nothing.
        (5, 5, 50, 1),
        (20, 20, 50, 10),
        (20, 10, 50, 0),
        (20, 11, 50, 1),
        (21, 11, 50, 1),  # Half of 21 is reached with the eleventh.
        (20, 20, 100, 16),
        (20, 20, 1, 1),
        (20, 20, 0, 0),
    ],
)
def test_the_share_is_of_those_who_sent_and_a_handful_may_stay(sent: int, unwatched: int, share: int, more: int):
    assert still_to_watch(Batch(sent, unwatched), share) == more


def test_watched_is_each_answer_to_four_fifths_by_anybody(cast: Cast, six: list[Interview]) -> None:
    whole, half, shared, decided, erased, _nobody = six
    watch(cast.bo, whole, 0.8)
    watch(cast.bo, half, 0.79)
    watch(cast.bo, shared, places=(1, 2))
    watch(cast.ines, shared, places=(3, 4))
    Decision.objects.create(
        organization=cast.organization, interview=decided, outcome="advance", reason="x", decided_by=cast.ada
    )
    erase_answers(erased)
    assert batch_of(cast.stage) == Batch(sent=5, unwatched=2)
    make_interview(cast.stage, cast.kit_version, state="started")
    written = make_interview(cast.stage, cast.kit_version, state="submitted", submitted_at=timezone.now())
    make_written_answer(written, cast.kit_version.questions.get(place=1))
    assert batch_of(cast.stage) == Batch(sent=6, unwatched=3)
    watch(cast.ines, written)
    assert batch_of(cast.stage) == Batch(sent=6, unwatched=2)


def test_a_take_that_is_not_the_chosen_one_any_more_was_not_watched(cast: Cast, six: list[Interview]) -> None:
    watch(cast.bo, six[0])
    answer = six[0].answers.get(question__place=1)
    other = six[1].answers.get(question__place=1).chosen_take.recording
    Coverage.objects.filter(answer=answer).update(recording=other)
    assert batch_of(cast.stage).unwatched == 6


def test_the_words_say_how_many_who_can_watch_and_what_to_do(cast: Cast, six: list[Interview]) -> None:
    held = unwatched_obstacle(cast.stage)
    assert held is not None and held.words == (
        "6 of 6 people who sent answers in “Recorded interview” wait with an answer nobody has watched. "
        "When 2 more are watched, several people can be invited at once again. "
        "Those who rate in this step can watch: Bo Osei and Inês Carvalho. "
        "Single people can be invited by hand meanwhile."
    )
    cast.stage.watched_share = 0
    assert unwatched_obstacle(cast.stage) is None


def test_a_list_and_an_open_link_wait_and_one_person_does_not(cast: Cast, six: list[Interview]) -> None:
    actor = cast.actor(cast.rafael)
    checked = check_list(actor=actor, stage=cast.stage, file_name="a.csv", data=b"name,email\nEve,eve@example.net\n")
    for press in (
        lambda: invite_list(actor=actor, csv_import=checked),
        lambda: create_open_link(actor=actor, stage=cast.stage),
    ):
        with pytest.raises(Refused, match="unwatched"):
            press()
    assert Interview.objects.count() == 6 and not OpenLink.objects.exists()
    invite(actor=actor, stage=cast.stage, name="Max Low", email="max@example.net")
    for interview in six[:2]:
        watch(cast.bo, interview)
    assert invite_list(actor=actor, csv_import=checked).invited_count == 1


def test_an_open_link_that_works_takes_people_in(cast: Cast) -> None:
    link = create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)
    for n in range(6):
        make_submitted_interview(cast.stage, cast.kit_version, f"Person{n}")
    come_in(open_link=link, name="Eve Low", email="eve@example.net", language="")
    assert Interview.objects.count() == 7


def test_several_are_not_invited_on_and_one_is(cast: Cast) -> None:
    later = make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    for n in range(6):
        make_submitted_interview(later, cast.kit_version, f"Person{n}")
    pair = [make_submitted_interview(cast.stage, cast.kit_version, name) for name in ("Eve Low", "Max Low")]
    for interview in pair:
        rate(cast.bo, interview, (4, 4, 4, 4))

    def go_on(people: list[Interview], invite_on: bool) -> list[bool]:
        actor = cast.actor(cast.rafael)
        found = several(actor, cast.stage, [one.id for one in people], "advance")
        told = decide_about_several(
            actor=actor, people=found, outcome="advance", seen={}, invite_on=invite_on, **LETTER
        )
        return [one.is_invited for one in told]

    with pytest.raises(Refused, match="unwatched"):
        go_on(pair, True)
    assert not Decision.objects.exists()
    assert go_on(pair[:1], True) == [True]
    assert go_on(pair[1:], False) == [False]


@pytest.mark.parametrize("people", [5, 12])
def test_it_takes_the_same_queries_however_many_people(
    cast: Cast, people: int, django_assert_num_queries: Callable
) -> None:
    for n in range(people):
        make_submitted_interview(cast.stage, cast.kit_version, f"Person{n}")
    with django_assert_num_queries(4):
        assert unwatched_obstacle(cast.stage)
