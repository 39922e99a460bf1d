"""Deciding about several people: nobody is declined unwatched, nothing is half done, nobody is written to twice."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.models import Message
from bothways.positions.models import Stage
from bothways.review.actions.decisions import decide
from bothways.review.actions.several import Told, decide_about_several
from bothways.review.models import Decision
from bothways.review.queries.several import lack_words, several
from tests.factories import Cast, make_kit_version, make_stage, make_submitted_interview
from tests.factories.review import rate, watch

LETTER = {"reason": "The rule of the kit.", "reply_subject": "Our answer", "reply_body": "Hello [name], thank you."}


def person(cast: Cast, name: str, *, watched: int = 2, rated: int = 2) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, name)
    for member in (cast.bo, cast.ines)[:watched]:
        watch(member, interview)
    for member in (cast.bo, cast.ines)[:rated]:
        rate(member, interview, (2, 2, 2, 2), recommendation="decline")
    return interview


def picked(cast: Cast, outcome: str, *interviews: Interview, member=None):
    return several(cast.actor(member or cast.rafael), cast.stage, [one.id for one in interviews], outcome)


def do(cast: Cast, outcome: str, *interviews: Interview, member=None, **more) -> list[Told]:
    people = picked(cast, outcome, *interviews, member=member)
    given = {**LETTER, "seen": {}, **more}
    return decide_about_several(actor=cast.actor(member or cast.rafael), people=people, outcome=outcome, **given)


@pytest.fixture
def second_stage(cast: Cast) -> Stage:
    return make_stage(cast.position, make_kit_version(cast.ada), (cast.bo,), name="Second talk")


def test_only_who_was_watched_and_rated_is_declined(cast: Cast) -> None:
    ready = person(cast, "Ready One")
    unwatched = [person(cast, "Nobody Watched", watched=0), person(cast, "Nobody Either", watched=0)]
    half = person(cast, "Half Watched", watched=1)
    unrated = person(cast, "One Missing", rated=1)
    people = picked(cast, "decline", ready, *unwatched, half, unrated)
    assert lack_words(people, "decline") == (
        "4 of 5 cannot be declined: 2 not watched by anybody, 1 not watched by enough people, "
        "1 with one scorecard missing."
    )
    told = do(cast, "decline", ready, *unwatched, half, unrated)
    assert [bool(one.refused) for one in told] == [False, True, True, True, True]
    assert "1 more person has to watch every answer." in told[3].refused
    assert [decision.interview for decision in Decision.objects.all()] == [ready]
    assert Message.objects.filter(kind="review.reply").count() == 1


def test_everybody_ready_says_nothing(cast: Cast) -> None:
    assert lack_words(picked(cast, "decline", person(cast, "Ready One")), "decline") == ""


def test_a_list_that_was_made_up_declines_nobody_either(cast: Cast) -> None:
    """What the page had counted may be over: the verb asks again, inside the transaction."""
    interview = person(cast, "Ready One")
    people = picked(cast, "decline", interview)
    interview.scorecards.filter(member=cast.ines).update(submitted_at=None)
    [told] = decide_about_several(actor=cast.actor(cast.rafael), people=people, outcome="decline", seen={}, **LETTER)
    assert "Scorecards are still missing." in told.refused and not Decision.objects.exists()


def test_each_reads_their_own_name(cast: Cast) -> None:
    do(cast, "advance", person(cast, "Kim Other"), person(cast, "Sam Third"))
    bodies = set(Decision.objects.values_list("reply_body", flat=True))
    assert bodies == {"Hello Kim Other, thank you.", "Hello Sam Third, thank you."}
    assert AuditEntry.objects.filter(verb="interview.advanced").count() == 2


def test_who_advances_is_invited_on_in_the_same_step(cast: Cast, second_stage: Stage) -> None:
    first, second = person(cast, "Kim Other"), person(cast, "Sam Third")
    told = do(cast, "advance", first, second, invite_on=True)
    assert [one.is_invited for one in told] == [True, True]
    invited = Interview.objects.filter(stage=second_stage)
    assert {one.application_id for one in invited} == {first.application_id, second.application_id}
    first.application.refresh_from_db()
    assert first.application.stage == second_stage
    assert Message.objects.exclude(kind="review.reply").count() == 2


def test_without_being_asked_nobody_is_invited(cast: Cast, second_stage: Stage) -> None:
    assert not do(cast, "advance", person(cast, "Kim Other"))[0].is_invited
    assert not Interview.objects.filter(stage=second_stage).exists()


def test_nothing_is_half_done_where_the_invitation_fails(cast: Cast, second_stage: Stage) -> None:
    second_stage.reviewers.all().delete()
    [told] = do(cast, "advance", interview := person(cast, "Kim Other"), invite_on=True)
    assert "Nobody rates in this stage yet." in told.refused
    interview.application.refresh_from_db()
    assert not Decision.objects.exists() and interview.application.stage == cast.stage
    assert not Message.objects.exists()


def test_doing_it_again_writes_to_nobody_twice(cast: Cast, second_stage: Stage) -> None:
    people = [person(cast, "Kim Other"), person(cast, "Sam Third")]
    do(cast, "advance", people[0], invite_on=True)
    told = do(cast, "advance", *people, invite_on=True)
    assert [bool(one.refused) for one in told] == [True, False]
    assert Decision.objects.count() == 2 and Interview.objects.filter(stage=second_stage).count() == 2
    assert Message.objects.filter(kind="review.reply").count() == 2


def test_who_is_on_hold_is_decided_about_by_who_has_seen_it(cast: Cast) -> None:
    interview = person(cast, "Kim Other")
    hold = decide(actor=cast.actor(cast.ada), interview=interview, outcome="hold", reason="Later.")
    assert "on hold" in do(cast, "advance", interview)[0].refused
    [one] = picked(cast, "advance", interview)
    assert (one.seen, one.lack) == (hold.id, None)
    assert not do(cast, "advance", interview, seen={interview.id: hold.id})[0].refused


def test_a_letter_with_a_blank_goes_to_nobody(cast: Cast) -> None:
    people = [person(cast, "Kim Other"), person(cast, "Sam Third")]
    told = do(cast, "advance", *people, reply_body="Because: [… why …]")
    assert all("blank" in one.refused for one in told) and not Decision.objects.exists()


def test_several_are_advanced_or_declined_and_nothing_else(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        do(cast, "hold", person(cast, "Kim Other"))
    assert refused.value.code == "outcome"


def test_who_does_not_decide_decides_about_nobody(cast: Cast) -> None:
    interview = person(cast, "Kim Other")
    people = picked(cast, "advance", interview)
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            decide_about_several(actor=cast.actor(member), people=people, outcome="advance", seen={}, **LETTER)
    assert picked(cast, "advance", interview, member=cast.cleo) == []
    assert not Decision.objects.exists()


def test_a_recruiter_who_rates_decides_after_their_own_scorecard(cast: Cast) -> None:
    interview = person(cast, "Kim Other")
    people = picked(cast, "advance", interview)
    cast.stage.reviewers.create(organization=cast.organization, member=cast.rafael)
    assert picked(cast, "advance", interview) == []
    [told] = decide_about_several(actor=cast.actor(cast.rafael), people=people, outcome="advance", seen={}, **LETTER)
    assert "Your own scorecard comes first." in told.refused and not Decision.objects.exists()


@pytest.mark.parametrize("outcome", ["advance", "decline"])
def test_queries_do_not_grow_with_the_people(cast: Cast, outcome: str, django_assert_num_queries) -> None:
    people: list[Interview] = []
    for count in (1, 5):
        while len(people) < count:
            people.append(person(cast, f"P{len(people)} X", watched=len(people) % 3))
        with django_assert_num_queries(14 if outcome == "decline" else 6):
            assert len(picked(cast, outcome, *people)) == count
