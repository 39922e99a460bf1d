"""Meetings: who may be present, what refers to them, and that nothing in them is kept from the log."""

import pytest

from bothways.accounts.models import AuditEntry, Role
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import StageReviewer
from bothways.review.actions.decisions import decide
from bothways.review.actions.meetings import close_meeting, open_meeting, reveal_in_meeting
from bothways.review.actions.shortlist import shortlist
from bothways.review.models import Meeting, Reveal
from bothways.review.queries.decisions import history
from bothways.review.queries.meetings import agenda, eligible
from tests.factories import make_member, make_stage, make_submitted_interview
from tests.factories.review import rate

LETTER = {"reason": "Clear.", "reply_subject": "Our answer", "reply_body": "Hello [name], you were clear."}


@pytest.fixture
def people(cast):
    found = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(2)]
    for interview in found:
        rate(cast.bo, interview, (4, 4, 4, 4))
    return found


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def test_who_rates_is_present_only_with_every_scorecard_in(cast, rafael, people):
    def begin(*members):
        return open_meeting(actor=rafael, stage=cast.stage, members=list(members), interviews=people)

    with pytest.raises(Refused) as caught:
        begin(cast.bo, cast.ines)
    assert caught.value.code == "not_in" and "Inês Carvalho rates in this step and still has 2 scorecards" in str(
        caught.value.words
    )
    rate(cast.ines, people[0], (3, 3, 3, 3))
    with pytest.raises(Refused, match="still has 1 scorecard to hand in"):
        begin(cast.ines)
    stranger = make_member(cast.organization, "Sol Elsewhere", Role.REVIEWER)
    with pytest.raises(Refused, match="Sol Elsewhere does not rate in this step"):
        begin(stranger)
    with pytest.raises(Refused, match="has left"):
        begin(cast.cleo)
    assert not Meeting.objects.exists()
    meeting = begin(cast.bo, cast.audrey)
    assert {one.member for one in meeting.attendees.all()} == {cast.bo, cast.audrey, cast.rafael}
    entry = AuditEntry.objects.get(verb="meeting.opened")
    assert entry.detail["interviews"] == [str(one.id) for one in people] and str(cast.bo.id) in entry.detail["members"]


def test_whoever_opens_it_is_present_and_held_to_the_same(cast, rafael, people):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    with pytest.raises(Refused, match="Rafael Moreno rates in this step"):
        open_meeting(actor=rafael, stage=cast.stage, members=[], interviews=people)
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            open_meeting(actor=cast.actor(member), stage=cast.stage, members=[], interviews=people)


def test_it_is_about_people_of_this_stage(cast, rafael, people):
    other = make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    elsewhere = make_submitted_interview(other, cast.kit_version, "Kim Next")
    for interviews in ([], [*people, elsewhere]):
        with pytest.raises(Refused, match="nobody is on the list"):
            open_meeting(actor=rafael, stage=cast.stage, members=[], interviews=interviews)
    assert eligible(rafael, cast.stage, [elsewhere.id, people[1].id, people[0].id]) == [people[1], people[0]]


def test_the_shortlist_is_offered_but_not_to_who_has_still_to_rate(cast, rafael, people):
    shortlist(actor=rafael, interview=people[1], on=True)
    assert eligible(rafael, cast.stage, []) == [people[1]]
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    assert eligible(cast.actor(cast.ada), cast.stage, []) == []


def test_decisions_and_names_refer_to_it_until_it_is_closed(cast, rafael, people):
    meeting = open_meeting(actor=rafael, stage=cast.stage, members=[cast.bo, cast.audrey], interviews=people)
    assert [one.name for one in agenda(meeting)] == [one.code_name for one in people]
    reveal_in_meeting(actor=rafael, meeting=meeting, interview=people[0])
    assert {one.member for one in Reveal.objects.all()} == {cast.bo, cast.rafael}, "auditors are shown no names"
    shown = AuditEntry.objects.filter(verb="interview.name_shown")
    assert shown.count() == 2 and all(entry.detail == {"meeting": str(meeting.id)} for entry in shown)
    assert agenda(meeting)[0].name == "Xanthippe Rarebird0"
    decide(actor=rafael, interview=people[0], outcome="hold", reason="Wait.", meeting=meeting)
    [decision] = history(people[0])
    assert decision.meeting == meeting and len(decision.meeting.attendees.all()) == 3
    assert AuditEntry.objects.get(verb="interview.held").detail["meeting"] == str(meeting.id)
    for _ in range(2):
        close_meeting(actor=rafael, meeting=meeting)
    assert AuditEntry.objects.filter(verb="meeting.closed").count() == 1
    with pytest.raises(Refused, match="This meeting is closed"):
        decide(actor=rafael, interview=people[1], outcome="hold", reason="Wait.", meeting=meeting)
    with pytest.raises(Refused, match="This meeting is closed"):
        reveal_in_meeting(actor=rafael, meeting=meeting, interview=people[1])


def test_a_name_one_of_them_knows_is_not_put_on_everybodys_screen(cast, rafael, people):
    first = open_meeting(actor=rafael, stage=cast.stage, members=[], interviews=people)
    reveal_in_meeting(actor=rafael, meeting=first, interview=people[0])
    assert agenda(first)[0].name == "Xanthippe Rarebird0"
    second = open_meeting(actor=rafael, stage=cast.stage, members=[cast.bo], interviews=people)
    assert agenda(second)[0].name == people[0].code_name


def test_it_decides_about_nobody_else(cast, rafael, people):
    meeting = open_meeting(actor=rafael, stage=cast.stage, members=[], interviews=people[:1])
    with pytest.raises(Refused, match="nothing is decided in it"):
        decide(actor=rafael, interview=people[1], outcome="advance", meeting=meeting, **LETTER)
