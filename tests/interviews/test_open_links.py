"""Open links: anybody may come in, and only by the mail to their own address."""

import datetime as dt

import pytest
import time_machine

from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.open_links import close_open_link, come_in, create_open_link
from bothways.interviews.models import AccessToken, Interview, InterviewState, OpenLink, Origin
from bothways.interviews.queries.open_links import address_of, came_in, taking_in
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.models import Message
from bothways.positions.models import Candidate, StageReviewer
from tests.factories import make_submitted_interview


@pytest.fixture
def link(cast):
    return create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)


def token_of(link):
    return address_of(link).rstrip("/").rpartition("/")[2]


def come(link, name="Dee Okafor", email="dee@example.net"):
    come_in(open_link=link, name=name, email=email, language="en")


def test_whoever_comes_gets_an_interview_and_a_mail(link):
    come(link)
    interview = Interview.objects.get()
    assert (interview.origin, interview.invited_by) == (Origin.OPEN_LINK, None)
    assert Message.objects.get().to_email == "dee@example.net"
    assert came_in(link) == 1


def test_the_token_lies_sealed_and_is_found_by_its_digest(link):
    assert token_of(link) not in link.sealed_token
    assert taking_in(token_of(link)) == link
    assert taking_in("x" * 43) is None


def test_coming_twice_makes_one_interview_and_two_mails(link):
    come(link)
    come(link, name="Mallory", email="DEE@example.net")
    interview = Interview.objects.get()
    assert interview.application.candidate.name == "Dee Okafor"
    assert [message.to_name for message in Message.objects.all()] == ["Dee Okafor", "Dee Okafor"]
    assert AccessToken.objects.filter(interview=interview).count() == 2


def test_who_was_invited_by_name_gets_the_link_to_the_same_interview(cast, link):
    invited = invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee", email="dee@example.net")
    come(link)
    assert Interview.objects.get() == invited


def test_who_has_sent_answers_gets_the_link_to_their_page(cast, link):
    sent = make_submitted_interview(cast.stage, cast.kit_version)
    come(link, email=sent.application.candidate.email)
    sent.refresh_from_db()
    assert sent.state == InterviewState.SUBMITTED
    assert Message.objects.get().kind == "interviews.your_page"


def test_a_closed_link_takes_nobody_in(cast, link):
    close_open_link(actor=cast.actor(cast.rafael), open_link=link)
    assert taking_in(token_of(link)) is None
    with pytest.raises(Refused) as caught:
        come(link)
    assert caught.value.code == "link_closed"
    assert not Candidate.objects.exists() and not Message.objects.exists()


def test_a_link_ends_with_its_last_day(cast):
    link = create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage, days=2)
    with time_machine.travel(link.expires_at - dt.timedelta(minutes=1)):
        assert taking_in(token_of(link)) == link
    with time_machine.travel(link.expires_at):
        assert taking_in(token_of(link)) is None
        with pytest.raises(Refused):
            come(link)


def test_a_new_link_closes_the_one_before(cast, link):
    newer = create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)
    assert taking_in(token_of(link)) is None
    assert taking_in(token_of(newer)) == newer
    assert OpenLink.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize("days", [0, 366])
def test_days_have_bounds(cast, days):
    with pytest.raises(Refused):
        create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage, days=days)


def test_a_stage_that_cannot_invite_gets_no_link(cast):
    StageReviewer.objects.all().delete()
    with pytest.raises(Refused) as caught:
        create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)
    assert caught.value.code == "no_reviewers"


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_only_owners_and_recruiters_of_the_organization_make_and_close_links(cast, link, who):
    actor = cast.actor(getattr(cast, who))
    with pytest.raises(NotAllowed):
        create_open_link(actor=actor, stage=cast.stage)
    with pytest.raises(NotAllowed):
        close_open_link(actor=actor, open_link=link)
