"""Inviting one person, and changing one or several invitations from the list."""

import re

import pytest
from django.urls import reverse

from bothways.interviews.actions.invitations import invite
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import KitVersion, KitVersionState
from bothways.notify.models import Message
from tests.factories import make_interview, make_position, make_stage, make_submitted_interview


def address(cast, name="invitations-new"):
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, "position_id": cast.position.id})


@pytest.fixture
def rafael(cast, client):
    client.force_login(cast.rafael.user)
    return client


@pytest.fixture
def dee(cast):
    return invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee Okafor", email="dee@example.net")


def change(client, cast, **data):
    return client.post(address(cast, "invitations-change"), data, follow=True)


def fill(cast, **changes):
    return {"stage": str(cast.stage.id), "name": "Dee Okafor", "email": "dee@example.net", "language": ""} | changes


def test_inviting_leads_back_to_the_list_and_says_so(cast, rafael):
    page = rafael.post(address(cast), fill(cast), follow=True).content.decode()
    assert "Dee Okafor is invited" in page
    assert Interview.objects.get().invited_by == cast.rafael


def test_a_position_with_one_stage_asks_for_none(cast, rafael):
    assert re.search(r'<input type="hidden" name="stage"', rafael.get(address(cast)).content.decode())


def test_a_position_with_two_stages_asks_which(cast, rafael):
    second = make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    assert "Second talk" in rafael.get(address(cast)).content.decode()
    rafael.post(address(cast), fill(cast, stage=str(second.id)))
    assert Interview.objects.get().stage == second


def test_a_stage_of_another_organization_is_no_choice(cast, rafael):
    position = make_position(cast.cleo, "Elsewhere")
    foreign = make_stage(position, cast.kit_version)
    assert rafael.post(address(cast), fill(cast, stage=str(foreign.id))).status_code == 422
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"email": "dee"}, {"email": ""}, {"language": "tlh"}, {"stage": "x"}]
)
def test_what_is_wrong_stands_at_its_field(cast, rafael, changes):
    response = rafael.post(address(cast), fill(cast, **changes))
    assert response.status_code == 422
    assert "needs another look" in response.content.decode()
    assert not Interview.objects.exists()


def test_inviting_twice_is_explained(cast, rafael, dee):
    response = rafael.post(address(cast), fill(cast))
    assert response.status_code == 422
    assert "has been invited to this stage before" in response.content.decode()


def test_what_is_missing_stands_beside_the_button(cast, rafael):
    KitVersion.objects.update(state=KitVersionState.DRAFT)
    page = rafael.get(address(cast)).content.decode()
    assert "not published yet" in page and 'aria-disabled="true"' in page
    assert rafael.post(address(cast), fill(cast)).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("audrey", 403), ("bo", 403), ("cleo", 404)])
def test_only_owners_and_recruiters_invite(cast, client, who, status):
    client.force_login(getattr(cast, who).user)
    assert client.get(address(cast)).status_code == status


def test_one_press_sends_the_link_again(cast, rafael, dee):
    page = change(rafael, cast, one=f"resend:{dee.id}").content.decode()
    assert "The link is sent again to one person" in page
    assert Message.objects.count() == 2


def test_giving_days_asks_how_many_before(cast, rafael, dee):
    page = change(rafael, cast, one=f"extend:{dee.id}").content.decode()
    assert "Give one person more days" in page
    assert Interview.objects.get().deadline == dee.deadline
    page = change(rafael, cast, change="extend", person=[str(dee.id)], sure="1", days="5").content.decode()
    assert "has more time" in page
    assert (Interview.objects.get().deadline - dee.deadline).days == 5


@pytest.mark.parametrize("days", ["", "0", "61", "many"])
def test_days_have_bounds(cast, rafael, dee, days):
    response = change(rafael, cast, change="extend", person=[str(dee.id)], sure="1", days=days)
    assert response.status_code == 422
    assert Interview.objects.get().deadline == dee.deadline


def test_taking_back_asks_once_more(cast, rafael, dee):
    page = change(rafael, cast, change="withdraw", person=[str(dee.id)]).content.decode()
    assert "Take one invitation back?" in page and "Dee Okafor" in page
    assert Interview.objects.get().state == InterviewState.INVITED
    page = change(rafael, cast, change="withdraw", person=[str(dee.id)], sure="1").content.decode()
    assert "One invitation is taken back" in page
    assert Interview.objects.get().state == InterviewState.WITHDRAWN


def test_several_at_once_and_one_who_cannot_is_named(cast, rafael, dee):
    others = [make_interview(cast.stage, cast.kit_version, f"Person {n}") for n in range(2)]
    sent = make_submitted_interview(cast.stage, cast.kit_version, "Sent Already")
    people = [str(one.id) for one in (dee, *others, sent)]
    page = change(rafael, cast, change="resend", person=people).content.decode()
    assert "sent again to 3 people" in page
    assert "Sent Already cannot answer at the moment" in page


def test_nothing_chosen_changes_nothing(cast, rafael, dee):
    page = change(rafael, cast, change="withdraw").content.decode()
    assert "Nothing was changed" in page


@pytest.mark.parametrize("data", [{"one": "explode:x"}, {"one": "resend:x"}, {"change": "x", "person": "x"}, {}])
def test_odd_requests_change_nothing(cast, rafael, dee, data):
    assert change(rafael, cast, **data).status_code == 200
    assert Message.objects.count() == 1


def test_a_person_of_another_position_cannot_be_changed(cast, rafael, dee):
    other = make_position(cast.ada, "Other")
    url = reverse("team:invitations-change", args=[cast.organization.slug, other.id])
    rafael.post(url, {"change": "withdraw", "person": str(dee.id), "sure": "1"})
    assert Interview.objects.get().state == InterviewState.INVITED


@pytest.mark.parametrize(("who", "status"), [("audrey", 403), ("bo", 403), ("cleo", 404)])
def test_only_owners_and_recruiters_change(cast, client, dee, who, status):
    client.force_login(getattr(cast, who).user)
    response = client.post(address(cast, "invitations-change"), {"one": f"resend:{dee.id}"})
    assert response.status_code == status
    assert Message.objects.count() == 1


def test_a_change_from_the_persons_page_leads_back_there(cast, rafael, dee):
    response = rafael.post(
        address(cast, "invitations-change"), {"change": "resend", "person": str(dee.id), "from_person": "1"}
    )
    assert response.url == reverse("team:people-detail", args=[cast.organization.slug, cast.position.id, dee.id])
