"""Opening, describing, closing positions, and reading them."""

import datetime as dt

import pytest
from django.utils import timezone

from bothways.accounts.models import AuditEntry, Member
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.actions.positions import close_position, edit_position, open_position, reopen_position
from bothways.positions.models import Position, PositionState
from bothways.positions.queries.positions import count_positions, positions_of
from bothways.review.models import Decision, Outcome
from bothways.review.queries.standing import Standing, standing_of
from tests.factories import Cast, make_interview, make_position, make_stage, make_submitted_interview


def test_a_position_is_opened_described_closed_and_opened_again(cast: Cast) -> None:
    actor = cast.actor(cast.rafael)
    position = open_position(
        actor=actor, organization=cast.organization, title="  Night  caretaker ", replies_by=cast.ada, place=" Porto "
    )
    assert (position.title, position.place, position.state) == ("Night caretaker", "Porto", PositionState.OPEN)
    edit_position(actor=actor, position=position, title="Caretaker", replies_by=cast.rafael, salary="€1")
    for _ in range(2):
        close_position(actor=actor, position=position)
    assert Position.objects.get(id=position.id).state == PositionState.CLOSED
    reopen_position(actor=actor, position=position)
    said = AuditEntry.objects.filter(thing_id=str(position.id)).order_by("sequence").values_list("verb", flat=True)
    assert list(said) == ["position.opened", "position.changed", "position.closed", "position.reopened"]
    position.refresh_from_db()
    assert (position.title, position.replies_by, position.place) == ("Caretaker", cast.rafael, "")


def test_the_one_who_answers_is_an_active_member_here(cast: Cast) -> None:
    Member.objects.filter(id=cast.ines.id).update(is_active=False)
    cast.ines.refresh_from_db()
    for member in (cast.cleo, cast.ines):
        with pytest.raises(Refused, match="not_a_member"):
            open_position(
                actor=cast.actor(cast.ada), organization=cast.organization, title="Gardener", replies_by=member
            )


@pytest.mark.parametrize(("title", "code"), [("  ", "position_title"), ("x" * 121, "too_long")])
def test_a_position_needs_a_title(cast: Cast, title: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        edit_position(actor=cast.actor(cast.ada), position=cast.position, title=title, replies_by=cast.ada)


def test_only_owners_and_recruiters_of_the_organization_set_up(cast: Cast) -> None:
    for member in (cast.bo, cast.audrey, cast.cleo):
        actor = cast.actor(member)
        with pytest.raises(NotAllowed):
            open_position(actor=actor, organization=cast.organization, title="Mine", replies_by=cast.ada)
        with pytest.raises(NotAllowed):
            close_position(actor=actor, position=cast.position)


def test_positions_are_found_by_every_word_in_title_or_place(cast: Cast) -> None:
    make_position(cast.ada, "Night shift caretaker", place="Porto")
    make_position(cast.ada, "Gardener", state=PositionState.CLOSED)
    make_position(cast.cleo, "Somebody else's caretaker")
    found = positions_of(cast.organization, PositionState.OPEN, "porto NIGHT")
    assert [position.title for position in found] == ["Night shift caretaker"]
    assert not positions_of(cast.organization, PositionState.OPEN, "porto gardener")
    counts = count_positions(cast.organization)
    assert (counts.open, counts.closed) == (2, 1)


def test_the_list_asks_the_database_the_same_number_of_times_for_any_number(
    cast: Cast, django_assert_num_queries
) -> None:
    for number in range(6):
        position = make_position(cast.ada, f"Position {number}")
        make_stage(position, cast.kit_version, (cast.bo, cast.ines))
    with django_assert_num_queries(3):
        for position in positions_of(cast.organization, PositionState.OPEN):
            assert position.replies_by.user.name
            assert [reviewer.member.user.name for stage in position.stages.all() for reviewer in stage.reviewers.all()]


def test_standing_counts_who_answers_and_who_waits_for_a_decision(cast: Cast, django_assert_num_queries) -> None:
    make_interview(cast.stage, cast.kit_version, "Dee Okafor")
    today = timezone.localdate()
    waiting = [make_submitted_interview(cast.stage, cast.kit_version, f"Candidate {n}") for n in range(4)]
    for interview, days in zip(waiting, (3, 3, 9, 1), strict=True):
        Interview.objects.filter(id=interview.id).update(reply_by=today + dt.timedelta(days=days))
    for interview, outcome in ((waiting[3], Outcome.DECLINE), (waiting[0], Outcome.HOLD)):
        Decision.objects.create(
            organization=cast.organization, interview=interview, outcome=outcome, reason="…", decided_by=cast.ada
        )
    with django_assert_num_queries(2):
        standing = standing_of(cast.organization, [cast.position.id])
    assert standing == {cast.position.id: Standing(1, 3, today + dt.timedelta(days=3), 2)}
    assert standing_of(cast.other_organization, [cast.position.id]) == {}
