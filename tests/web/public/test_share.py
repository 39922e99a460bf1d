"""What a guest's link opens: what it was made for, as often and as long as was said, and no other address."""

import contextlib
import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import InterviewState
from bothways.media.addresses import VALID_S, media_address, read_address
from bothways.media.models import Rendition
from bothways.review.actions.decisions import reveal_name
from bothways.review.actions.shares import Shown, change_share, revoke_share
from bothways.review.models import Share, SharedInterview
from bothways.review.queries.receipts import watched_by
from bothways.web.bytes.viewers import may_view
from bothways.web.public.share_access import ticket_for
from tests.architecture.test_addresses import ALL, CANDIDATE, TEAM, Things, ask, statuses
from tests.factories import Cast, make_submitted_interview, make_written_answer
from tests.factories.preparing import make_renditions, make_transcript
from tests.factories.review import make_shared, rate


@pytest.fixture
def interview(cast: Cast):
    cache.clear()
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    for answer in interview.answers.all():
        make_renditions(answer.chosen_take.recording)
    return interview


def front(token: str) -> str:
    return reverse("public:share", args=[token])


def page_of(token: str, client: Client) -> str:
    """The address of the only interview behind the link, after pressing the button."""
    return client.post(front(token), follow=True).redirect_chain[-1][0]


def open_it(token: str, client: Client | None = None) -> str:
    """The page behind the link, after pressing the button."""
    answer = (client or Client()).post(front(token), follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def media_of(page: str) -> list[str]:
    return re.findall(r'(?:src|poster)="(/d/[^"]+)"', page)


def test_the_front_says_for_whom_and_uses_up_no_view(cast, interview):
    share, token = make_shared(cast.rafael, interview, most_views=1)
    for _time in range(3):
        page = Client().get(front(token)).content.decode()
        Client().head(front(token))
    assert "For Sam Guest" in page and "Rafael Moreno" in page and "You can open it once more" in page
    assert interview.code_name not in page and "Xanthippe" not in page and not media_of(page)
    share.refresh_from_db()
    assert share.views == 0


def test_opening_it_shows_the_answers_under_the_recipients_name(cast, interview):
    share, token = make_shared(cast.rafael, interview)
    page = open_it(token)
    assert interview.code_name in page and "Xanthippe" not in page
    assert page.count('class="watermark"') == 4 and page.count('data-mark="Sam Guest · ') == 13
    found = media_of(page)
    assert len(found) == 8
    recordings = {answer.chosen_take.recording_id: answer.chosen_take.recording for answer in interview.answers.all()}
    renditions = {one.id: one for recording in recordings.values() for one in recording.renditions.all()}
    for address in found:
        read = read_address(address.removeprefix("/d/"))
        assert (read.viewer_kind, read.viewer_id) == ("share", share.id)
        assert may_view("share", share.id, renditions[read.rendition_id])


def test_it_has_the_players_script_only_no_form_and_no_way_to_elsewhere(cast, interview):
    rate(cast.bo, interview, (4, 3, 2, 0))
    _share, token = make_shared(cast.rafael, interview, "answers", "transcript", "scorecards", "notes")
    page = open_it(token)
    scripts = re.findall(r"<script(?![^>]*application/json)([^>]*)>", page)
    assert len(scripts) == 1 and "/bothways/player/player" in scripts[0]
    assert "<form" not in page and "/team/" not in page and " download" not in page
    assert set(re.findall(r'<a [^>]*href="([^"]+)"', page)) <= {"#main", "/"}


def test_what_is_chosen_is_shown_and_nothing_else(cast, interview):
    rate(cast.bo, interview, (4, 3, 2, 0))
    first = interview.answers.get(question__place=1)
    make_transcript(first.chosen_take.recording)
    last = interview.answers.get(question__place=4)
    last.delete()
    make_written_answer(interview, cast.kit_version.questions.get(place=4), "Written in my own words.")
    plain = open_it(make_shared(cast.rafael, interview)[1])
    assert "Written in my own words." in plain
    assert "Bo Osei" not in plain and "What is said" not in plain and "Recommended" not in plain
    ratings = open_it(make_shared(cast.rafael, interview, "scorecards")[1])
    assert "Bo Osei" in ratings and "Bo Osei heard" not in ratings and "Mean 3.0 of 5" in ratings
    assert not media_of(ratings) and "Written in my own words." not in ratings
    noted = open_it(make_shared(cast.rafael, interview, "scorecards", "notes")[1])
    assert "Bo Osei heard 4" in noted and "Bo Osei thinks" in noted
    assert "What is said" in open_it(make_shared(cast.rafael, interview, "answers", "transcript")[1])


def test_captions_come_with_the_text_and_only_with_it(cast, interview):
    make_transcript(interview.answers.get(question__place=1).chosen_take.recording)
    plain, plain_token = make_shared(cast.rafael, interview)
    texts, token = make_shared(cast.rafael, interview, "answers", "transcript")
    [address] = re.findall(r'<track kind="captions" src="([^"]+)"', open_it(token))
    assert "<track" not in open_it(plain_token)
    answer = Client().get(address)
    assert (
        answer.status_code == 200
        and answer.content.startswith(b"WEBVTT")
        and answer.headers["Cache-Control"] == "no-store"
    )
    for wrong in (
        address.replace("1.vtt", "2.vtt"),
        address.replace("1.vtt", "99.vtt"),
        reverse("public:share-captions", args=[plain_token, ticket_for(plain), plain.shared.get().id, 1]),
        reverse("public:share-captions", args=[plain_token, ticket_for(texts), texts.shared.get().id, 1]),
        reverse("public:share-captions", args=[token, ticket_for(texts), plain.shared.get().id, 1]),
    ):
        assert Client().get(wrong).status_code == 404
    revoke_share(actor=cast.actor(cast.ada), share=texts)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("opened", [False, True])
def test_nobody_keeps_lists_or_tells_the_address(cast, interview, opened):
    _share, token = make_shared(cast.rafael, interview)
    answer = Client().post(front(token), follow=True) if opened else Client().get(front(token))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == ("no-referrer" if opened else "same-origin")


def test_the_page_may_be_loaded_again_for_an_hour(cast, interview):
    share, token = make_shared(cast.rafael, interview, most_views=2)
    client = Client()
    page = page_of(token, client)
    assert client.get(page).status_code == client.get(page).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=VALID_S + 5), tick=False):
        assert client.get(page)["Location"] == front(token)
    share.refresh_from_db()
    assert share.views == 1


def test_a_ticket_is_for_its_own_link(cast, interview):
    one, token = make_shared(cast.rafael, interview)
    other, _token = make_shared(cast.rafael, interview)
    for ticket in (ticket_for(other), "x", ticket_for(one) + "x"):
        assert Client().get(reverse("public:share-page", args=[token, ticket])).status_code == 302
    assert Client().get(reverse("public:share-page", args=["x" * 43, ticket_for(one)])).status_code == 404


def test_views_run_out(cast, interview):
    _share, token = make_shared(cast.rafael, interview, most_views=1)
    open_it(token)
    for answer in (Client().get(front(token)), Client().post(front(token))):
        assert answer.status_code == 410 and "opened as often as it could be" in answer.content.decode()


def test_the_last_day_ends_it_also_on_an_open_page(cast, interview):
    _share, token = make_shared(cast.rafael, interview, days=1)
    client = Client()
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=-1), tick=False):
        page = page_of(token, client)
        assert client.get(page).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=False):
        assert client.get(page).status_code == client.get(front(token)).status_code == 410
        assert client.post(front(token)).status_code == 410


def test_revoking_ends_it_also_on_an_open_page_and_for_its_media(cast, interview):
    share, token = make_shared(cast.rafael, interview)
    client = Client()
    page = page_of(token, client)
    file = Rendition(recording=interview.answers.first().chosen_take.recording, kind="playable")
    assert client.get(page).status_code == 200 and may_view("share", share.id, file)
    revoke_share(actor=cast.actor(cast.ada), share=share)
    answer = client.get(page)
    assert answer.status_code == 410 and not media_of(answer.content.decode())
    assert not may_view("share", share.id, file)


def test_a_link_that_was_never_ours_says_nothing_and_gets_slower(cast, interview):
    found = [Client().get(front("x" * 43)).status_code for _time in range(32)]
    assert found[0] == 404 and found[-1] == 429
    cache.clear()


def test_no_other_address_opens_with_it(cast, interview):
    """With the browser that opened the link, and with its token in every place that takes one."""
    _share, token = make_shared(cast.rafael, interview, "answers", "transcript", "scorecards", "notes")
    client = Client(raise_request_exception=False)
    open_it(token, client)
    things = Things(cast)
    team = statuses(client, things, TEAM)
    assert {name: status for name, status in team.items() if status not in (302, 401)} == {}
    own = {"take_id": interview.answers.first().chosen_take_id}
    for name in CANDIDATE:
        cache.clear()
        assert ask(client, things.address(name, token=token, **own)) == 404, name
    for name in sorted(set(ALL) - set(TEAM) - set(CANDIDATE) - {"public:share", "public:share-page"}):
        with contextlib.suppress(NoReverseMatch):
            words = dict.fromkeys(ALL[name].pattern.converters, token)
            page = client.get(reverse(name, kwargs=words)).content.decode()
            assert "Xanthippe" not in page and interview.code_name not in page, name
    assert "_auth_user_id" not in client.session


def address_of(share, token, interview, name="share-interview", **more):
    row = SharedInterview.objects.get(share=share, interview=interview)
    return reverse(f"public:{name}", kwargs={"token": token, "ticket": ticket_for(share), "shown_id": row.id, **more})


@pytest.fixture
def other(cast, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Xerxes Other")
    for one in (interview, other):
        make_transcript(file_of(one).recording)
    for answer in other.answers.all():
        make_renditions(answer.chosen_take.recording)
    return other


def file_of(interview, place=1):
    """As it plays; whether its bytes are there is not asked."""
    return Rendition(recording=interview.answers.get(question__place=place).chosen_take.recording, kind="playable")


def test_several_interviews_stand_in_a_list_and_each_has_its_page(cast, interview, other):
    share, token = make_shared(cast.rafael, interview, others=(other,))
    page = open_it(token)
    assert page.index(interview.code_name) and other.code_name in page and not media_of(page)
    assert "Xanthippe" not in page and "Kim" not in page
    one = Client().get(address_of(share, token, interview)).content.decode()
    assert interview.code_name in one and other.code_name not in one and "The next interview" in one
    assert (
        "You opened it on"
        in Client().get(reverse("public:share-page", args=[token, ticket_for(share)])).content.decode()
    )
    assert [receipt.name for receipt in watched_by(interview) if receipt.is_guest] == ["Sam Guest"]
    Client().head(address_of(share, token, other))
    assert not any(receipt.is_guest for receipt in watched_by(other)), "nobody looked at this one"


def test_outside_of_its_scope_nothing_opens(cast, interview, other):
    """Other interviews, other questions, other links, other organizations; and the same after narrowing."""
    strangers = Cast()
    theirs = make_submitted_interview(strangers.stage, strangers.kit_version, "Zoe Elsewhere")
    foreign, _token = make_shared(strangers.rafael, theirs)
    apart, _apart_token = make_shared(cast.rafael, other)
    share, token = make_shared(cast.rafael, interview, "answers", "transcript", places=(2,))
    open_it(token)
    ticket = ticket_for(share)
    outside = [
        reverse("public:share-interview", args=[token, ticket, row.id])
        for row in SharedInterview.objects.exclude(share=share)
    ]
    outside += [address.rstrip("/") + "/1.vtt" for address in outside]
    outside += [address_of(share, token, interview, "share-captions", place=place) for place in (1, 3, 9)]
    outside += [
        reverse("public:share-interview", args=[token, ticket, thing.id]) for thing in (interview, other, theirs)
    ]
    assert len(outside) == 10
    for address in outside:
        answer = Client().get(address)
        assert answer.status_code == 404, address
        told = answer.content.decode()
        assert other.code_name not in told and theirs.code_name not in told and not media_of(told)
    for one in (*[file_of(interview, place) for place in (1, 3, 4)], file_of(other), file_of(theirs)):
        assert not may_view("share", share.id, one)
    assert may_view("share", share.id, file_of(interview, 2))
    assert not may_view("share", foreign.id, file_of(interview, 2)) and not may_view("share", apart.id, file_of(other))


def test_what_is_taken_out_is_refused_with_words_on_an_open_page(cast, interview, other):
    share, token = make_shared(cast.rafael, interview, "answers", "transcript", others=(other,))
    open_it(token)
    page = address_of(share, token, other)
    captions = address_of(share, token, other, "share-captions", place=1)
    assert [Client().get(address).status_code for address in (page, captions)] == [200, 200]
    change_share(
        actor=cast.actor(cast.rafael),
        share=share,
        interviews=[interview.id],
        shown=Shown(answers=True, transcript=True),
        most_views=5,
    )
    answer = Client().get(page)
    assert answer.status_code == 404 and "not this one, or no longer" in answer.content.decode()
    assert Client().get(captions).status_code == 404
    assert not may_view("share", share.id, file_of(other)) and may_view("share", share.id, file_of(interview))
    interview.state = InterviewState.WITHDRAWN
    interview.save()
    assert Client().get(front(token)).status_code == 410


@pytest.mark.parametrize(("shown", "hidden"), [("none", ("Kim", "Xerxes", "Other")), ("first", ("Xerxes", "Other"))])
def test_no_more_of_the_name_is_in_anything_that_a_guest_gets(cast, other, shown, hidden):
    reveal_name(actor=cast.actor(cast.rafael), interview=other)
    share, token = make_shared(cast.rafael, other, "answers", "transcript", name=shown)
    client = Client()
    answers = [client.get(front(token)), client.post(front(token), follow=True)]
    answers.append(client.get(address_of(share, token, other, "share-captions", place=1)))
    for answer in answers:
        told = f"{answer.headers} {answer.content.decode()}"
        assert not [word for word in hidden if word in told]
    assert ("Kim" in answers[1].content.decode()) == (shown == "first")


def test_its_kind_of_address_opens_nothing_else(cast, interview):
    share, token = make_shared(cast.rafael, interview)
    open_it(token)
    others, own = (
        Rendition(recording=one.answers.first().chosen_take.recording, kind="playable")
        for one in (make_submitted_interview(cast.stage, cast.kit_version, "Kim Other"), interview)
    )
    assert not may_view("share", share.id, others)
    for kind in ("member", "candidate", "guest"):
        assert not may_view(kind, share.id, own), kind
    assert not may_view("share", interview.id, own) and not may_view("share", cast.bo.id, own)
    assert read_address(media_address(own.id, "share", share.id).removeprefix("/d/") + "x") is None


def test_another_origin_opens_nothing_by_a_forged_form(cast, interview):
    share, token = make_shared(cast.rafael, interview)
    assert Client(enforce_csrf_checks=True).post(front(token)).status_code == 403
    assert Share.objects.get(id=share.id).views == 0


def test_each_view_is_written_down_under_the_recipients_name(cast, interview):
    _share, token = make_shared(cast.rafael, interview)
    open_it(token)
    open_it(token)
    views = AuditEntry.objects.filter(verb="share.viewed").order_by("sequence")
    assert [(one.actor_name, one.detail["view"]) for one in views] == [("Sam Guest", 1), ("Sam Guest", 2)]
