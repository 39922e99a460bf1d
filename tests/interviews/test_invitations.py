"""Inviting one person, and what can be done with an invitation afterwards."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.accounts.queries.audit import flaws
from bothways.interviews.actions.expiry import expire_due
from bothways.interviews.actions.invitations import copy_link, extend, invite, resend, withdraw
from bothways.interviews.models import AccessToken, Interview, InterviewState, PersonWord
from bothways.kits.models import KitVersion, KitVersionState
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.tokens import digest
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message
from bothways.positions.models import ApplicationState, Candidate, PositionState, StageReviewer
from tests.factories import make_interview, make_submitted_interview


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def invite_dee(cast, **changes):
    return invite(
        **{"actor": cast.actor(cast.rafael), "stage": cast.stage, "name": "Dee Okafor", "email": "dee@example.net"}
        | changes
    )


def verbs(thing):
    return list(AuditEntry.objects.filter(thing_id=str(thing.id)).order_by("sequence").values_list("verb", flat=True))


def refused(code, call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    assert caught.value.words


def test_an_invitation_makes_everything_it_needs(cast):
    interview = invite_dee(cast)
    assert interview.state == InterviewState.INVITED
    assert interview.application.candidate.email == "dee@example.net"
    assert interview.position == cast.position
    assert interview.invited_by == cast.rafael
    assert set(PersonWord.objects.filter(interview=interview).values_list("word", flat=True)) == {
        "dee", "okafor", "example", "net", "dee@example.net",
    }  # fmt: skip
    assert verbs(interview) == ["interview.invited"]
    assert list(flaws(cast.organization)) == []


def test_the_mail_names_what_a_person_wants_to_know(cast):
    cast.organization.time_zone = "Europe/Lisbon"
    cast.organization.save()
    cast.stage.refresh_from_db()
    interview = invite_dee(cast)
    message = Message.objects.get()
    text, html = with_links(message)
    assert message.subject == "Ada Lindqvist has 4 questions for you"
    for words in ("Dee Okafor", "at most", "Questions: 4", "Bo Osei, Inês Carvalho", "Lisbon time", "23:59", "by "):
        assert words in text
    local = interview.deadline.astimezone(ZoneInfo("Europe/Lisbon"))
    assert local.strftime("%A") in text
    assert "/talk/" in text and "/real/" in text
    assert "No machine scores you" in html
    link = next(word for word in text.split() if "/i/" in word and not word.endswith("/talk/"))
    assert link in html
    token = link.rstrip("/").rpartition("/")[2]
    assert AccessToken.objects.get(token_digest=digest(token)).interview == interview
    assert token not in message.body_text + message.body_html + message.sealed_links


def test_a_name_is_escaped_in_the_mail(cast):
    invite_dee(cast, name="<script>alert(1)</script> & Co")
    message = Message.objects.get()
    assert "<script>alert" not in message.body_html
    assert "<script>alert(1)</script> & Co" in message.body_text


def test_the_mail_speaks_the_language_of_the_candidate(cast):
    assert invite_dee(cast, language="ar").language == "ar"
    assert 'dir="rtl"' in Message.objects.get().body_html


def test_the_window_ends_late_in_the_evening_of_its_last_day(cast):
    with time_machine.travel("2026-03-03T09:30:00+00:00", tick=False):
        interview = invite_dee(cast)
    assert interview.deadline == dt.datetime(2026, 3, 10, 23, 59, tzinfo=dt.UTC)


def test_the_first_invitation_freezes_the_kit(cast):
    invite_dee(cast)
    assert KitVersion.objects.get(id=cast.kit_version.id).state == KitVersionState.FROZEN


def test_one_person_is_one_candidate_however_the_address_is_written(cast):
    first = invite_dee(cast, email="  Dee@Example.NET ")
    assert first.application.candidate.email == "dee@example.net"
    refused("already_invited", invite_dee, cast, email="DEE@example.net", name="Somebody Else")
    assert Candidate.objects.get().name == "Dee Okafor"
    assert Message.objects.count() == 1


def test_code_names_differ_within_a_stage(cast):
    names = {invite_dee(cast, email=f"dee{n}@example.net").code_name for n in range(5)}
    assert len(names) == 5


def test_nobody_is_invited_without_a_published_kit(cast):
    KitVersion.objects.update(state=KitVersionState.DRAFT)
    refused("kit_not_published", invite_dee, cast)
    assert not Candidate.objects.exists()


def test_nobody_is_invited_without_a_kit(cast):
    cast.stage.kit = None
    cast.stage.save()
    refused("no_kit", invite_dee, cast)


def test_nobody_is_invited_without_somebody_who_watches(cast):
    StageReviewer.objects.all().delete()
    refused("no_reviewers", invite_dee, cast)


def test_nobody_is_invited_to_a_closed_position(cast):
    cast.position.state = PositionState.CLOSED
    cast.position.save()
    refused("position_closed", invite_dee, cast)


@pytest.mark.parametrize("email", ["", "dee", "dee@", "dee@example", "a b@example.net", "x" * 250 + "@example.net"])
def test_a_bad_address_is_refused_in_words(cast, email):
    refused("bad_email", invite_dee, cast, email=email)


@pytest.mark.parametrize("name", ["", "  \n ", "\u202e", "x" * 161])
def test_a_name_that_is_none_is_refused(cast, name):
    refused("bad_name", invite_dee, cast, name=name)


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_only_owners_and_recruiters_of_the_organization_invite(cast, who):
    with pytest.raises(NotAllowed):
        invite_dee(cast, actor=cast.actor(getattr(cast, who)))
    assert not Interview.objects.exists()


@pytest.mark.parametrize("verb", [resend, extend, withdraw, copy_link])
@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_only_they_change_invitations(cast, verb, who):
    interview = invite_dee(cast)
    with pytest.raises(NotAllowed):
        verb(actor=cast.actor(getattr(cast, who)), interview=interview)


def test_sending_again_makes_a_fresh_link_and_keeps_the_old_one(cast, rafael):
    interview = invite_dee(cast)
    resend(actor=rafael, interview=interview)
    assert AccessToken.objects.filter(interview=interview, revoked_at=None).count() == 2
    assert Message.objects.filter(kind="interviews.invitation").count() == 2
    assert verbs(interview) == ["interview.invited", "interview.resent"]


def test_nothing_is_sent_again_when_time_is_up(cast, rafael):
    interview = invite_dee(cast)
    with time_machine.travel(interview.deadline + dt.timedelta(minutes=1)):
        refused("not_open", resend, actor=rafael, interview=interview)


def test_more_days_count_from_the_deadline(cast, rafael):
    interview = invite_dee(cast)
    extended = extend(actor=rafael, interview=interview, days=3)
    assert extended.deadline == interview.deadline + dt.timedelta(days=3)
    assert Message.objects.filter(kind="interviews.extended").count() == 1
    assert extended.own_extensions == 0


def test_more_days_bring_an_expired_interview_back_where_it_was(cast, rafael):
    interview = make_interview(
        cast.stage, cast.kit_version, state=InterviewState.STARTED, started_at=timezone.now(),
        deadline=timezone.now() - dt.timedelta(days=5),
    )  # fmt: skip
    assert expire_due() == 1
    interview.refresh_from_db()
    assert interview.state == InterviewState.EXPIRED
    extended = extend(actor=rafael, interview=interview, days=2)
    interview.refresh_from_db()
    assert interview.state == extended.state == InterviewState.STARTED
    assert interview.deadline > timezone.now() + dt.timedelta(days=1)


@pytest.mark.parametrize("days", [0, -1, 61])
def test_days_have_bounds(cast, rafael, days):
    refused("bad_days", extend, actor=rafael, interview=invite_dee(cast), days=days)


def test_who_sent_answers_needs_no_days_and_cannot_be_taken_back(cast, rafael):
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    refused("cannot_extend", extend, actor=rafael, interview=interview)
    refused("already_sent", withdraw, actor=rafael, interview=interview)
    interview.refresh_from_db()
    assert interview.state == InterviewState.SUBMITTED


def test_taking_back_tells_the_candidate_and_ends_the_application(cast, rafael):
    interview = invite_dee(cast)
    withdraw(actor=rafael, interview=interview)
    interview.refresh_from_db()
    assert interview.state == InterviewState.WITHDRAWN
    assert interview.application.state == ApplicationState.WITHDRAWN
    assert Message.objects.filter(kind="interviews.withdrawn", to_email="dee@example.net").count() == 1
    refused("already_withdrawn", withdraw, actor=rafael, interview=interview)
    refused("withdrawn", copy_link, actor=rafael, interview=interview)


def test_a_copied_link_opens_the_page_and_is_on_record(cast, rafael, client):
    interview = invite_dee(cast)
    link = copy_link(actor=rafael, interview=interview)
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200
    assert "interview.link_copied" in verbs(interview)
    token = link.rstrip("/").rpartition("/")[2]
    assert not AuditEntry.objects.filter(detail__icontains=token).exists()
