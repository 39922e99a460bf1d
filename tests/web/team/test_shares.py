"""The pages on which links for guests are made, seen, changed, sent again and closed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bothways.interviews.models import Interview
from bothways.notify.models import Message
from bothways.review.actions.shares import revoke_share
from bothways.review.models import Share
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import make_shared

ALL = ["1", "2", "3", "4"]


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")


@pytest.fixture
def other(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, name: str, **more) -> str:
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, **more})


def new(cast: Cast, *interviews: Interview) -> str:
    picked = "&".join(f"with={interview.id}" for interview in interviews)
    return f"{address(cast, 'shares-new', stage_id=cast.stage.id)}?{picked}"


def filled(*interviews: Interview, **more) -> dict:
    ids = [str(interview.id) for interview in interviews]
    fields = {
        "with": ids,
        "interviews": ids,
        "places": ALL,
        "recipient": "Sam Guest",
        "is_involved": "on",
        "answers": "on",
        "name": "none",
        "days": "7",
        "most_views": "5",
    }
    return {name: value for name, value in {**fields, **more}.items() if value is not None}


def link_in(page: str) -> str:
    return re.search(r'value="http://localhost:8000(/s/[^"]+)"', page)[1]


def test_a_link_is_made_shown_once_and_works(cast, rafael, interview):
    page = rafael.post(new(cast, interview), filled(interview)).content.decode()
    link = link_in(page)
    assert "For Sam Guest" in Client().get(link).content.decode()
    share = Share.objects.get()
    again = rafael.get(address(cast, "shares-edit", share_id=share.id)).content.decode()
    assert link not in again and "Sam Guest" in again and "Opened 0 of 5 times" in again
    assert "Xanthippe" not in page + again
    assert share.shows_answers and not (share.shows_scorecards or share.shows_transcript)
    assert share.name_shown == "none" and share.places == []


def test_a_mailed_link_stands_on_no_page(cast, rafael, interview, other):
    given = filled(interview, other, email="sam@example.org", places=["1", "3"])
    page = rafael.post(new(cast, interview, other), given, follow=True).content.decode()
    assert "goes to sam@example.org" in page and "/s/" not in page
    assert Message.objects.get(kind="review.share").to_email == "sam@example.org"
    share = Share.objects.get()
    assert share.places == [1, 3] and share.shared.count() == 2


def test_everything_but_the_answers_is_hidden_until_it_is_ticked(cast, rafael, interview):
    page = rafael.get(new(cast, interview)).content.decode()
    ticked = re.findall(r'<input type="(?:checkbox|radio)" name="(\w+)" value="?[^>]*checked', page)
    assert set(ticked) - {"interviews", "places"} == {"name"} and 'value="none"' in page
    assert re.findall(r'<input type="checkbox" name="(\w+)"(?! value)[^>]*checked', page) == ["answers"]
    assert 'name="days" value="7"' in page and 'max="30"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipient", ""),
        ("email", "nowhere"),
        ("is_involved", None),
        ("days", "31"),
        ("days", "x"),
        ("most_views", "0"),
        ("answers", None),
        ("places", []),
        ("places", ["9"]),
        ("interviews", []),
        ("name", "first"),
        ("name", "all of it"),
        ("with", ["x"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(cast, rafael, interview, field, value):
    address_of_new = address(cast, "shares-new", stage_id=cast.stage.id)
    answer = rafael.post(address_of_new, filled(interview, **{field: value}))
    assert answer.status_code in (409, 422) and not Share.objects.exists()
    assert not Message.objects.exists()


def test_from_compare_the_ticked_ones_come_along(cast, rafael, interview, other):
    chosen = {"with": [str(interview.id), str(other.id)], "do": "share"}
    answer = rafael.post(address(cast, "compare-chosen", stage_id=cast.stage.id), chosen, follow=True)
    page = answer.content.decode()
    assert interview.code_name in page and other.code_name in page and "Xanthippe" not in page
    assert "Nobody is picked" in rafael.get(new(cast)).content.decode()


def test_narrowing_a_link_and_keeping_it_open(cast, rafael, interview, other):
    share, _token = make_shared(cast.ada, interview, others=(other,))
    edit = address(cast, "shares-edit", share_id=share.id)
    given = {"interviews": [str(other.id)], "places": ["2"], "answers": "on", "name": "none", "most_views": "7"}
    page = rafael.post(edit, given, follow=True).content.decode()
    assert "shows this and nothing else" in page and "shown no more" in page and "question 2 only" in page
    share.refresh_from_db()
    assert share.places == [2] and share.most_views == 7
    assert rafael.post(edit, {**given, "interviews": []}).status_code == 422
    assert rafael.post(edit, {**given, "answers": ""}).status_code == 409
    revoke_share(actor=cast.actor(cast.ada), share=share)
    assert rafael.post(edit, given).status_code == 409
    assert "Change what it shows" not in rafael.get(edit).content.decode()


def test_a_lost_link_is_made_anew(cast, rafael, interview):
    share, old = make_shared(cast.ada, interview, email="sam@example.org")
    renew = address(cast, "shares-renew", share_id=share.id)
    by_hand = link_in(rafael.post(renew, {"by": "hand"}).content.decode())
    assert Client().get(by_hand).status_code == 200
    assert Client().get(reverse("public:share", args=[old])).status_code == 404
    assert "goes to sam@example.org" in rafael.post(renew, {"by": "mail"}, follow=True).content.decode()
    assert Client().get(by_hand).status_code == 404
    plain, _token = make_shared(cast.ada, interview)
    renew = address(cast, "shares-renew", share_id=plain.id)
    assert "no address" in rafael.post(renew, {"by": "mail"}, follow=True).content.decode()


def test_all_links_with_their_state_and_views(cast, rafael, interview, django_assert_max_num_queries):
    assert "Nobody was shown anything" in rafael.get(address(cast, "shares-list")).content.decode()
    for number in range(3):
        share, _token = make_shared(cast.ada, interview, most_views=number + 1)
    revoke_share(actor=cast.actor(cast.ada), share=share)
    with django_assert_max_num_queries(8):
        page = rafael.get(address(cast, "shares-list")).content.decode()
    assert page.count("Sam Guest") == 3 and "0 of 2" in page and "closed" in page and "never" in page
    of_stage = f"{address(cast, 'shares-list')}?stage={cast.stage.id}"
    assert rafael.get(of_stage).content.decode().count("Sam Guest") == 3
    assert rafael.get(f"{address(cast, 'shares-list')}?stage=x").status_code == 404
    after = rafael.get(f"{address(cast, 'shares-list')}?after={share.id}").content.decode()
    assert after.count("Sam Guest") == 2


def test_live_links_stand_on_the_page_of_the_decision_and_are_closed_from_there(cast, rafael, interview):
    share, _token = make_shared(cast.ada, interview)
    decision = address(cast, "decisions-interview", interview_id=interview.id)
    close = address(cast, "shares-revoke", share_id=share.id)
    page = rafael.get(decision).content.decode()
    assert "Sam Guest" in page and close in page and new(cast, interview) in page
    answer = rafael.post(close, follow=True)
    assert "shows nothing any more" in answer.content.decode()
    assert close not in rafael.get(decision).content.decode()
    rafael.force_login(cast.audrey.user)
    assert new(cast, interview) not in rafael.get(decision).content.decode()


def test_who_may(cast, client, interview):
    share, _token = make_shared(cast.ada, interview)
    pages = [address(cast, "shares-list"), new(cast, interview), address(cast, "shares-edit", share_id=share.id)]
    posts = [address(cast, name, share_id=share.id) for name in ("shares-edit", "shares-renew", "shares-revoke")]
    for member, status in ((cast.bo, 403), (cast.ines, 403), (cast.audrey, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        for page in pages:
            assert client.get(page).status_code == status, (member, page)
        for page in (new(cast, interview), *posts):
            assert client.post(page, filled(interview)).status_code == status, (member, page)
    other = cast.other_organization.slug
    for page in (*pages[1:], *posts):
        assert client.get(page.replace(cast.organization.slug, other)).status_code in (404, 405)
        assert client.post(page.replace(cast.organization.slug, other)).status_code == 404
    assert Share.objects.get().revoked_at is None


def test_interviews_of_others_cannot_be_picked(cast, client, interview):
    client.force_login(cast.cleo.user)
    own = reverse("team:shares-new", args=[cast.other_organization.slug, cast.stage.id])
    assert client.post(own, filled(interview)).status_code == 404
