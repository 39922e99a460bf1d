"""The page of promised replies, closing with outcomes, and what candidates read of both."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bothways.accounts.actors import member_actor
from bothways.accounts.models import AuditEntry
from bothways.conversations.models import BrokenPromise
from bothways.interviews.actions.open_links import create_open_link
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.open_links import address_of
from bothways.notify.models import Message
from bothways.positions.models import Position, PositionState
from bothways.review.actions.decisions import decide
from tests.factories import Cast, make_interview, make_submitted_interview, make_token
from tests.factories.review import watch
from tests.web.team.preparing import signed_in, url


@pytest.fixture
def broken(cast: Cast) -> Interview:
    """Dee's day passed last week; the new one is next week."""
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    today = timezone.localdate()
    interview.reply_by = today + dt.timedelta(days=7)
    interview.save()
    BrokenPromise.objects.create(
        organization=cast.organization,
        interview=interview,
        promised=today - dt.timedelta(days=7),
        renewed=interview.reply_by,
    )
    Position.objects.filter(id=cast.position.id).update(invitations_held_at=timezone.now())
    return interview


def test_the_page_says_who_waits_and_what_is_held(cast: Cast, broken: Interview, django_assert_max_num_queries) -> None:
    client = signed_in(cast.rafael)
    with django_assert_max_num_queries(14):
        page = client.get(url(cast, "promises-position", cast.position.id)).content.decode()
    assert "Nobody new is invited" in page and "1 person waits for a reply whose day has passed" in page
    assert "0 of 1 reply came in time" in page and "Invite people before that" not in page
    assert "Dee" not in page


def test_the_list_of_positions_says_so_first(cast: Cast, broken: Interview) -> None:
    page = signed_in(cast.rafael).get(url(cast, "positions-list")).content.decode()
    assert "One thing waits for you" in page and "A promised reply is late, and nobody new is invited." in page


def test_an_owner_releases_with_a_reason(cast: Cast, broken: Interview) -> None:
    client = signed_in(cast.ada)
    address = url(cast, "promises-release", cast.position.id)
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 422 and "Write one sentence" in refused.content.decode()
    answer = client.post(address, {"reason": "The fair is tomorrow."}, follow=True)
    assert "New people can be invited again" in answer.content.decode()
    assert AuditEntry.objects.get(verb="position.invitations_released").detail == {"reason": "The fair is tomorrow."}


def test_who_may_not(cast: Cast, broken: Interview) -> None:
    for name in ("promises-position", "promises-release"):
        address = url(cast, name, cast.position.id)
        for member in (cast.bo, cast.cleo):
            client = signed_in(member)
            assert client.get(address).status_code in (403, 404, 405)
            assert client.post(address, {"reason": "x"}).status_code in (403, 404, 405)
    assert signed_in(cast.rafael).post(url(cast, "promises-release", cast.position.id)).status_code == 403
    assert Position.objects.get(id=cast.position.id).invitations_held_at is not None


def test_the_candidate_reads_that_it_was_not_kept(cast: Cast, broken: Interview, client: Client) -> None:
    page = client.get(f"/i/{make_token(broken)}/").content.decode()
    assert "and did not keep it. That is our fault" in page
    assert "We owe you a reply, Dee." in page and "Now it is our turn" not in page


def test_the_record_is_public(cast: Cast, broken: Interview, client: Client) -> None:
    page = client.get(f"/i/{make_token(make_interview(cast.stage, cast.kit_version, 'New One'))}/").content.decode()
    assert "0 of 1 reply that was promised in this position so far came in time." in page


def test_who_cannot_be_invited_and_who_cannot_invite_read_why(cast: Cast, broken: Interview, client: Client) -> None:
    """An open link says that it opens again; the page that invites leads to who waits."""
    Position.objects.update(invitations_held_at=None)
    link = address_of(create_open_link(actor=member_actor(cast.ada), stage=cast.stage)).removeprefix(settings.BASE_URL)
    Position.objects.update(invitations_held_at=timezone.now())
    answer = client.get(link)
    assert answer.status_code == 404 and "it opens again as soon as they have their reply" in answer.content.decode()
    page = signed_in(cast.rafael).get(url(cast, "invitations-new", cast.position.id)).content.decode()
    notice = page[page.index('id="missing"') :].partition("</div></div>")[0]
    assert url(cast, "promises-position", cast.position.id) in notice and "Set up this position" not in notice


def test_a_position_closes_when_everybody_has_an_outcome(cast: Cast) -> None:
    sent = make_submitted_interview(cast.stage, cast.kit_version)
    client = signed_in(cast.rafael)
    address = url(cast, "positions-close", cast.position.id)
    assert "1 person waits for your decision" in client.get(address).content.decode()
    refused = client.post(address)
    assert refused.status_code == 409 and "the position stays open" in refused.content.decode()
    for member in (cast.bo, cast.ines):
        watch(member, sent)
    words = {"reply_subject": "Our answer", "reply_body": "Thank you.", "reason": "Two ratings."}
    decide(actor=member_actor(cast.ada), interview=sent, outcome="decline", **words)
    open_ = make_interview(cast.stage, cast.kit_version, "Still Open")
    assert "1 person has an open invitation" in client.get(address).content.decode()
    client.post(address, {"unfinished": "finish"})
    assert Position.objects.get(id=cast.position.id).state == PositionState.CLOSED
    open_.refresh_from_db()
    assert open_.state == InterviewState.INVITED


def test_closing_can_take_open_invitations_back(cast: Cast) -> None:
    open_ = make_interview(cast.stage, cast.kit_version, "Still Open")
    signed_in(cast.rafael).post(url(cast, "positions-close", cast.position.id), {"unfinished": "take_back"})
    open_.refresh_from_db()
    assert open_.state == InterviewState.WITHDRAWN
    assert Message.objects.get(kind="interviews.withdrawn").to_name == "Still Open"
    assert Position.objects.get(id=cast.position.id).state == PositionState.CLOSED


def test_only_who_sets_up_closes(cast: Cast) -> None:
    address = url(cast, "positions-close", cast.position.id)
    for member in (cast.bo, cast.audrey, cast.cleo):
        client = signed_in(member)
        assert client.get(address).status_code in (403, 404) and client.post(address).status_code in (403, 404)
    assert Position.objects.get(id=cast.position.id).state == PositionState.OPEN


def test_an_owner_says_who_leads_a_member(cast: Cast) -> None:
    address = url(cast, "members-edit", cast.rafael.id)
    client = signed_in(cast.ada)
    assert "Who leads them" in client.get(address).content.decode()
    client.post(address, {"role": "recruiter", "lead": str(cast.ines.id)})
    cast.rafael.refresh_from_db()
    assert cast.rafael.lead == cast.ines
    assert client.post(address, {"role": "recruiter", "lead": str(cast.cleo.id)}).status_code == 422
    client.post(address, {"role": "recruiter", "lead": ""})
    cast.rafael.refresh_from_db()
    assert cast.rafael.lead is None


def test_what_waits_counts_down(cast: Cast) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    interview.reply_by = timezone.localdate()
    interview.save()
    assert "<small>today</small>" in signed_in(cast.rafael).get(url(cast, "decisions-list")).content.decode()
