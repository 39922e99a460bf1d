"""Who has watched: how many, when, and each by name or by role. Never what they gave."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bothways.accounts.actors import member_actor
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.open_links import create_open_link
from bothways.interviews.queries.open_links import address_of
from bothways.notify.models import Message
from bothways.review.models import SharedInterview
from tests.factories import make_submitted_interview
from tests.factories.review import make_shared, rate, watch
from tests.web.candidate.conftest import visitor

NAMES = ("Bo Osei", "Inês Carvalho", "Rafael Moreno", "Sam Guest", "deputy of the tenants’ council")


@pytest.fixture
def watched(cast):
    """Dee's interview, of which two have seen the first answer on different days, and a guest something."""
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    cast.bo.title = NAMES[-1]
    cast.bo.save()
    with time_machine.travel(timezone.now() - dt.timedelta(days=1)):
        watch(cast.bo, interview)
    watch(cast.rafael, interview, places=(1,))
    watch(cast.ines, interview, share=0.5)
    rate(cast.bo, interview, (5, 1, 5, 1), "decline")
    share, _token = make_shared(cast.rafael, interview)
    SharedInterview.objects.filter(share=share).update(first_opened_at=timezone.now(), last_opened_at=timezone.now())
    return interview


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_how_many_have_watched_which_answer_and_on_which_days(watched):
    page = text(visitor(watched).get())
    first = page.split("Answer 1:")[1].split("</li>")[0]
    yesterday, today = timezone.localdate() - dt.timedelta(days=1), timezone.localdate()
    assert "2 people have watched all of it" in first and f"{yesterday:%A}" in first and f"{today:%A}" in first
    second = page.split("Answer 2:")[1].split("</li>")[0]
    assert "1 person has watched all of it" in second and f"{today:%A}" not in second
    assert all(name in page for name in NAMES)
    assert "Bo Osei heard" not in page and "Bo Osei thinks" not in page


def test_by_role_no_name_of_who_watches_is_anywhere_a_candidate_looks(cast, watched):
    """The same pages name them all where the organization names those who watch."""
    link = create_open_link(actor=member_actor(cast.ada), stage=cast.stage)

    def everything() -> str:
        email = f"kim.{Message.objects.count()}@example.net"
        invited = invite(actor=member_actor(cast.ada), stage=cast.stage, name="Kim Next", email=email)
        mails = Message.objects.filter(kind="interviews.invitation")
        pages = [visitor(one).get(path) for one in (invited, watched) for path in ("", "consent/", "data/", "ask/")]
        pages.append(Client().get(address_of(link).removeprefix(settings.BASE_URL)))
        return " ".join([*map(text, pages), *(f"{one.body_text} {one.body_html}" for one in mails)])

    cast.organization.watchers_shown = "role"
    cast.organization.save()
    by_role = everything()
    assert not [name for name in NAMES if name in by_role]
    assert "Somebody who rates</b> watched all your answers" in by_role
    assert "Somebody who runs this selection</b> watched answer 1" in by_role
    assert "A guest</b> has opened your answers" in by_role
    assert by_role.count("2 people who rate") >= 4
    cast.organization.watchers_shown = "name"
    cast.organization.save()
    assert not [name for name in NAMES if name not in everything()]
