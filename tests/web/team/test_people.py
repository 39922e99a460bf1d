"""The list of people and the page of one person, as owners, recruiters and auditors meet them, and nobody else."""

import asyncio
import csv
import datetime as dt
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import AsyncClient, Client
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.settings import change_settings
from bothways.interviews.models import InterviewState
from bothways.lib.ids import new_id
from bothways.notify.models import Message, MessageState
from bothways.review.models import Decision, Outcome
from tests.factories import Cast, make_interview, make_position, make_submitted_interview
from tests.interviews.taking_part import actor_of


def address(cast, name="people-list", **more):
    return reverse(
        f"team:{name}", kwargs={"organization": cast.organization.slug, "position_id": cast.position.id} | more
    )


@pytest.fixture
def rafael(cast, client: Client):
    client.force_login(cast.rafael.user)
    return client


def invite_people(cast, *names):
    return [
        invite(
            actor=cast.actor(cast.rafael), stage=cast.stage, name=name,
            email=f"{re.sub(r'[^a-z]', '', name.lower()) or 'x'}.{n}@example.net",
        )
        for n, name in enumerate(names)
    ]  # fmt: skip


def names_in(response):
    return re.findall(r'<th scope="row" class="full"><a[^>]*><bdi>([^<]*)</bdi>', response.content.decode())


def test_it_shows_where_everybody_stands(cast, rafael):
    invite_people(cast, "Dee Okafor")
    sent = make_submitted_interview(cast.stage, cast.kit_version, "Bo Li")
    html = rafael.get(address(cast)).content.decode()
    assert names_in(rafael.get(address(cast))) == ["Bo Li", "Dee Okafor"]
    assert "<b>2</b>everybody" in html and "<b>1</b>invited" in html and "<b>1</b>sent" in html
    assert "working days left" in html and "0 working days" in html
    assert reverse("team:decisions-interview", args=[cast.organization.slug, sent.id]) in html
    assert "Send again" in html


def test_an_empty_position_invites_to_invite(cast, rafael):
    assert "Nobody is invited yet" in rafael.get(address(cast)).content.decode()


def test_a_state_and_a_search_narrow_it(cast, rafael):
    invite_people(cast, "Dee Okafor", "Deniz Ölmez", "Bo Li")
    make_submitted_interview(cast.stage, cast.kit_version, "Dean Sent")
    assert names_in(rafael.get(address(cast) + "?state=submitted")) == ["Dean Sent"]
    assert names_in(rafael.get(address(cast) + "?q=olm")) == ["Deniz Ölmez"]
    found = rafael.get(address(cast) + "?q=de&state=invited").content.decode()
    assert "2 people found" in found
    assert 'value="de"' in found


def test_a_search_that_finds_nobody_says_how_it_looks(cast, rafael):
    invite_people(cast, "Dee Okafor")
    assert "beginnings of words" in rafael.get(address(cast) + "?q=xyz").content.decode()


@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?q=%F0%9F%98%80", "?after=x", "?after=2026-01-01T00:00:00Z_x", "?state=nonsense", "?q=" + "a" * 5000,
     "?q=%25_%27--"],
)  # fmt: skip
def test_odd_addresses_never_fail(cast, rafael, query):
    invite_people(cast, "Dee Okafor")
    assert rafael.get(address(cast) + query).status_code == 200


def test_names_are_escaped(cast, rafael):
    invite_people(cast, "<img src=x onerror=alert(1)>")
    assert "<img src=x" not in rafael.get(address(cast)).content.decode()


def test_pages_follow_one_another(cast, rafael):
    people = [make_interview(cast.stage, cast.kit_version, f"Person {n:03}") for n in range(53)]
    first = rafael.get(address(cast))
    assert len(names_in(first)) == 50
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = rafael.get(following)
    assert set(names_in(first)) | set(names_in(second)) == {one.application.candidate.name for one in people}
    assert len(names_in(second)) == 3
    assert 'rel="next"' not in second.content.decode()
    assert "To the start" in second.content.decode()


def test_htmx_gets_the_list_alone(cast, rafael):
    invite_people(cast, "Dee Okafor")
    whole = rafael.get(address(cast) + "?q=de")
    part = rafael.get(address(cast) + "?q=de", headers={"HX-Request": "true"})
    assert names_in(part) == names_in(whole) == ["Dee Okafor"]
    assert "<html" not in part.content.decode() and "<html" in whole.content.decode()
    assert 'hx-swap-oob="true"' in part.content.decode() and "hx-swap-oob" not in whole.content.decode()
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(cast, rafael, count, django_assert_num_queries):
    invite_people(cast, *[f"Person {n}" for n in range(count)])
    for n in range(count):
        make_submitted_interview(cast.stage, cast.kit_version, f"Sent {n}")
    with django_assert_num_queries(16):
        rafael.get(address(cast))
    with django_assert_num_queries(11):
        rafael.get(address(cast) + "?q=person", headers={"HX-Request": "true"})


def test_what_was_decided_shows_and_nobody_waits_any_more(cast, rafael):
    sent = make_submitted_interview(cast.stage, cast.kit_version, "Dee Okafor")
    Decision.objects.create(
        organization=cast.organization, interview=sent, outcome=Outcome.ADVANCE, reason="Good.", decided_by=cast.ada
    )
    html = rafael.get(address(cast)).content.decode()
    assert "Goes on" in html and "working days left" not in html


def test_an_overdue_reply_is_said_in_words(cast, rafael):
    sent = make_submitted_interview(cast.stage, cast.kit_version, "Dee Okafor")
    sent.submitted_at = timezone.now() - dt.timedelta(days=40)
    sent.reply_by = timezone.localdate() - dt.timedelta(days=20)
    sent.save()
    assert "The reply is overdue" in rafael.get(address(cast)).content.decode()


def test_a_mail_that_did_not_arrive_is_said_in_words(cast, rafael):
    [interview] = invite_people(cast, "Dee Okafor")
    Message.objects.update(state=MessageState.FAILED)
    assert "The mail did not arrive" in rafael.get(address(cast)).content.decode()
    page = rafael.get(address(cast, "people-detail", interview_id=interview.id)).content.decode()
    assert "A mail to this address did not arrive" in page


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("rafael", 200), ("audrey", 200), ("bo", 403), ("cleo", 404)]
)
@pytest.mark.parametrize("name", ["people-list", "people-export", "people-detail"])
def test_names_are_for_those_who_recruit_and_audit(cast, client, who, status, name):
    [interview] = invite_people(cast, "Dee Okafor")
    more = {"interview_id": interview.id} if name == "people-detail" else {}
    client.force_login(getattr(cast, who).user)
    response = client.get(address(cast, name, **more))
    assert response.status_code == status
    text = b"".join(response).decode()
    assert ("Dee Okafor" in text) == (status == 200)


def test_nobody_signed_in_is_asked_to(cast, client):
    assert client.get(address(cast)).status_code == 302


def test_an_auditor_reads_and_changes_nothing(cast, client):
    [interview] = invite_people(cast, "Dee Okafor")
    client.force_login(cast.audrey.user)
    html = client.get(address(cast)).content.decode()
    assert "Send again" not in html and 'type="checkbox"' not in html and ">Invite<" not in html
    page = client.get(address(cast, "people-detail", interview_id=interview.id)).content.decode()
    assert "Take back" not in page and "Make a new link" not in page
    assert client.post(address(cast, "people-link", interview_id=interview.id)).status_code == 403
    assert client.post(address(cast, "invitations-change"), {"one": f"resend:{interview.id}"}).status_code == 403


def test_a_person_of_another_position_is_not_found(cast, rafael):
    [interview] = invite_people(cast, "Dee Okafor")
    other = make_position(cast.ada, "Other")
    url = reverse("team:people-detail", args=[cast.organization.slug, other.id, interview.id])
    assert rafael.get(url).status_code == 404
    assert rafael.get(address(cast, "people-detail", interview_id=new_id())).status_code == 404


def test_the_page_of_a_person_tells_what_happened(cast, rafael):
    [interview] = invite_people(cast, "Dee Okafor")
    rafael.post(address(cast, "invitations-change"), {"one": f"resend:{interview.id}"})
    page = rafael.get(address(cast, "people-detail", interview_id=interview.id)).content.decode()
    for words in ("Invited", "Link sent again", "Rafael Moreno", interview.code_name, "2 links", "kit version 1"):
        assert words in page
    assert page.count("Ada Lindqvist has 4 questions for you") == 2


def test_how_a_candidate_set_up_their_page_is_not_told(cast, rafael):
    [interview] = invite_people(cast, "Dee Okafor")
    actor = actor_of(interview)
    change_settings(interview=interview, actor=actor, answer_time="double", mode="sign", timer="none", picture="off")
    page = rafael.get(address(cast, "people-detail", interview_id=interview.id)).content.decode()
    for words in ("twice the time", "double", "in sign"):
        assert words not in page


def test_a_new_link_is_shown_once(cast, rafael):
    [interview] = invite_people(cast, "Dee Okafor")
    page = rafael.post(address(cast, "people-link", interview_id=interview.id))
    link = re.search(r'value="(http://localhost:8000/i/[^"]+)"', page.content.decode())[1]
    assert "no-store" in page.headers["Cache-Control"]
    assert Client().get(link.removeprefix("http://localhost:8000")).status_code == 200
    again = rafael.get(address(cast, "people-detail", interview_id=interview.id))
    assert link not in again.content.decode()


def rows_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_export_has_what_the_list_has(cast, rafael):
    invite_people(cast, "Dee Okafor", "Deniz Ölmez")
    make_interview(cast.stage, cast.kit_version, "Late Larkin", state=InterviewState.EXPIRED)
    rows = rows_of(rafael.get(address(cast, "people-export")))
    assert rows[0][:2] == ["Name", "E-mail"]
    assert [row[0] for row in rows[1:]] == ["Late Larkin", "Deniz Ölmez", "Dee Okafor"]
    filtered = rows_of(rafael.get(address(cast, "people-export") + "?state=invited&q=dee"))
    assert [row[0] for row in filtered[1:]] == ["Dee Okafor"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)"])
def test_no_name_becomes_a_formula(cast, rafael, name):
    invite_people(cast, name)
    assert rows_of(rafael.get(address(cast, "people-export")))[1][0] == f"'{name}"


def test_the_export_is_written_down_without_what_was_searched(cast, rafael):
    invite_people(cast, "Dee Okafor", "Deniz Ölmez")
    rows_of(rafael.get(address(cast, "people-export")))
    rows_of(rafael.get(address(cast, "people-export") + "?state=invited&q=dee"))
    entries = AuditEntry.objects.filter(verb="people.exported").order_by("sequence")
    assert [(one.actor_name, one.thing_id) for one in entries] == [("Rafael Moreno", str(cast.position.id))] * 2
    assert entries[0].detail == {"file": "csv", "rows": 2, "state": "", "searched": False}
    assert entries[1].detail == {"file": "csv", "rows": 1, "state": "invited", "searched": True}


@pytest.mark.django_db(transaction=True)
def test_the_export_streams_under_asgi():
    cast = Cast()
    invite_people(cast, "Dee Okafor")

    def fetch():
        """In a thread of its own: the browser tests leave an event loop running in this one."""
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(asyncio.run, fetch_in_loop()).result()

    async def fetch_in_loop():
        client = AsyncClient()
        await client.aforce_login(cast.rafael.user)
        response = await client.get(address(cast, "people-export"))
        assert response.is_async
        return b"".join([part async for part in response.streaming_content])

    assert b"Dee Okafor" in fetch()


def test_how_far_each_recording_is_stands_there_for_those_who_look_after_it(cast, client, rafael):
    person = make_submitted_interview(cast.stage, cast.kit_version, "Dee Okafor")
    first, second = [answer.chosen_take.recording for answer in person.answers.order_by("question__place")[:2]]
    now = timezone.now()
    moment = now - dt.timedelta(hours=1)
    type(first).objects.filter(id=first.id).update(
        received_at=moment, checked_at=moment, settled_at=moment, language="en"
    )
    type(second).objects.filter(id=second.id).update(state="failed", failure_code="disk_full", received_at=moment)
    detail = address(cast, "people-detail", interview_id=person.id)
    page = " ".join(rafael.get(detail).content.decode().split())
    at = timezone.localtime(moment).strftime("%H:%M:%S")
    line = page.partition("Question 1, take 1")[2].partition("</ol>")[0]
    assert re.findall(r'data-is="(\w+)">([a-z ]+)', line) == [
        ("done", "received "),
        ("done", "checked "),
        ("done", "watchable "),
        ("off", "plays everywhere "),
        ("off", "words "),
    ]
    assert line.count(f">{at}</time>") == 3
    line = page.partition("Question 2, take 1")[2].partition("</ol>")[0]
    assert re.findall(r'data-is="(\w+)">([a-z ]+)', line) == [("done", "received "), ("late", "checked ")]
    client.force_login(cast.audrey.user)
    page = client.get(detail).content.decode()
    assert "Dee Okafor" in page
    assert "Recordings</h2>" not in page
