"""Searching in what candidates said: who may find what, and what a page of hits shows."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import Interview, SpokenText
from bothways.media.actions.transcripts import correct_transcript, switch_transcript
from bothways.media.utterances import Utterance
from bothways.review.models import Reveal
from bothways.review.policies import may_watch_interview
from bothways.review.queries import search as searching
from bothways.review.queries.search import watchable
from tests.factories import (
    Cast,
    make_kit_version,
    make_member,
    make_position,
    make_stage,
    make_submitted_interview,
)
from tests.factories.speaking import say

HOSTILE = (
    '"', "'", "*", "\\", "a\\", "(", "a OR", "NOT", "NEAR(", "text : x", "{text}:x", "^a", "a - b", "x*y*", "-a", "+",
    "a' OR '1'='1", "!a & b | c <-> d", "a:*b", ":*", "\x00", "\ud800", "\ue000x\ue001", "<mark>", "%s %d %(x)s", "$1",
    '"a" NEAR "b"', "NULL", "a\u0000b", "\u202e", "ß" * 80, "1e999", "'; DROP TABLE x; --", "a" * 80, '"""', "« »",
)  # fmt: skip


@pytest.fixture
def interview(cast: Cast) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    say(interview, 1, "We had no idempotency then.", "Every retry paid twice & more.")
    say(interview, 2, "I asked about the rent.")
    return interview


@pytest.fixture
def bo(cast: Cast) -> Client:
    return signed_in(cast.bo)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def page(client: Client, cast: Cast, words: str, **more: object) -> str:
    answer = client.get(f"/team/{cast.organization.slug}/search/", {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def links(body: str, cast: Cast) -> list[str]:
    start = f"/team/{cast.organization.slug}/review/"
    return [html.unescape(found).removeprefix(start) for found in re.findall(r'href="([^"]+\?at=[0-9]+)"', body)]


def hits(client: Client, cast: Cast, words: str, **more: object) -> list[str]:
    return links(page(client, cast, words, **more), cast)


def test_a_hit_opens_at_its_second(cast, bo, interview):
    body = page(bo, cast, "retry")
    assert links(body, cast) == [f"{interview.id}/1/?at=2"]
    assert "Every <mark>retry</mark> paid twice &amp; more." in body
    assert interview.code_name in body and "Question number 1?" in body


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("idempotency", True), ("IDEMPOTENCY", True), ("idem*", True), ("idem", False), ("idempotency retry", True),
        ("idempotency rent", False), ('"no idempotency"', True), ('"idempotency no"', False), ('"paid tw*"', False),
        ("pay*", False), ("zyzzyva", False), ("no", True), ('"had no"', True), ("\"retry paid\" idem*", True),
    ],
)  # fmt: skip
def test_words_phrases_and_beginnings(cast, bo, interview, words, found):
    assert bool(hits(bo, cast, words)) == found


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_typed_breaks_it(cast, bo, interview, words):
    address = f"/team/{cast.organization.slug}/search/"
    words = words.encode(errors="surrogatepass")
    assert bo.get(address, {"q": words}).status_code == 200
    assert bo.get(address, {"q": words, "position": words, "after": words}).status_code == 200
    assert bo.get(address, {"q": "retry", "interview": words}).status_code == 404


def test_a_phrase_over_two_utterances_is_marked_in_both(cast, bo, interview):
    body = page(bo, cast, '"then every"')
    assert [link[-4:] for link in links(body, cast)] == ["at=0", "at=2"]
    assert body.count("<mark>") == 2 == body.count("</mark>")


@pytest.mark.parametrize(("who", "status"), [("audrey", 403), ("cleo", 404)])
def test_auditors_and_outsiders_do_not_search(cast, interview, who, status):
    client = signed_in(getattr(cast, who))
    assert client.get(f"/team/{cast.organization.slug}/search/", {"q": "retry"}).status_code == status


def test_another_organization_finds_nothing_of_ours(cast, interview):
    cleo = signed_in(cast.cleo)
    for more in ({}, {"position": interview.position_id}):
        answer = cleo.get(f"/team/{cast.other_organization.slug}/search/", {"q": "retry", **more})
        assert answer.status_code == 200 and "idempotency" not in answer.content.decode()
        assert "/review/" + str(interview.id) not in answer.content.decode()
    answer = cleo.get(f"/team/{cast.other_organization.slug}/search/", {"q": "retry", "interview": interview.id})
    assert answer.status_code == 404


def test_who_rates_in_one_position_never_gets_a_hit_from_another(cast, bo, interview):
    elsewhere = make_position(cast.ada, "Warden of zyzzyva")
    stage = make_stage(elsewhere, cast.kit_version, (cast.ines,))
    other = make_submitted_interview(stage, cast.kit_version, "Quill Farthing")
    say(other, 1, "A retry of zyzzyva.")
    for more in ({}, {"position": elsewhere.id}, {"position": interview.position_id}):
        body = page(bo, cast, "retry", **more)
        assert "zyzzyva" not in body and str(other.id) not in body and other.code_name not in body
        assert f"{interview.id}/1/?at=2" in links(body, cast)
    answer = bo.get(f"/team/{cast.organization.slug}/search/", {"q": "retry", "interview": other.id})
    assert answer.status_code == 404
    assert hits(signed_in(cast.ines), cast, "retry", position=elsewhere.id) == [f"{other.id}/1/?at=0"]
    assert hits(signed_in(cast.rafael), cast, "retry", position=elsewhere.id) == [f"{other.id}/1/?at=0"]


def test_another_stage_of_the_position_is_not_found(cast, bo, interview):
    second = make_stage(cast.position, cast.kit_version, (cast.ines,), name="Second")
    say(make_submitted_interview(second, cast.kit_version, "Quill Farthing"), 1, "A retry of zyzzyva.")
    assert "zyzzyva" not in page(bo, cast, "retry")
    assert len(hits(signed_in(cast.ines), cast, "retry")) == 2


def test_blind_rules_hold_in_hits(cast, bo, interview):
    candidate = interview.application.candidate
    planted = [
        candidate.name,
        "Xanthippe",
        "Rarebird",
        candidate.email,
        str(candidate.id),
        str(interview.application_id),
    ]
    for more in ({}, {"interview": interview.id}):
        body = page(bo, cast, "retry", **more)
        assert links(body, cast)
        assert [rare for rare in planted if rare.lower() in body.lower()] == []
    Reveal.objects.create(organization=cast.organization, interview=interview, member=cast.ada)
    assert "Xanthippe Rarebird" in page(signed_in(cast.ada), cast, "retry")
    assert "Rarebird" not in page(bo, cast, "retry")


@pytest.mark.parametrize("why", ["withdrawn", "started", "expired", "preview"])
def test_what_may_not_be_watched_is_not_found(cast, bo, interview, why):
    fields = {"is_preview": True, "application": None} if why == "preview" else {"state": why}
    Interview.objects.filter(id=interview.id).update(**fields)
    assert hits(signed_in(cast.ada), cast, "retry") == hits(bo, cast, "retry") == []


def test_what_was_erased_or_not_chosen_is_not_found(cast, bo, interview):
    answer = interview.answers.get(question__place=1)
    chosen = answer.chosen_take
    answer.chosen_take = None
    answer.save()
    assert hits(bo, cast, "retry") == []
    answer.chosen_take = chosen
    answer.save()
    erase_answers(interview)
    assert hits(bo, cast, "retry") == [] and not SpokenText.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM interviews_spokentext_fts WHERE interviews_spokentext_fts MATCH 'retry'"
            )
            assert cursor.fetchone() == (0,)


def test_what_is_switched_off_is_not_found_until_it_is_on_again(cast, bo, interview):
    transcript = say(interview, 1, "Every retry paid twice.")
    for on, count in ((False, 0), (True, 1)):
        switch_transcript(transcript_id=transcript.id, on=on, actor=cast.actor(cast.ada))
        assert len(hits(bo, cast, "retry")) == count


def test_the_corrected_words_are_found_and_not_those_that_were_heard(cast, bo, interview):
    transcript = say(interview, 1, "Every retry paid twice.")
    mended = [Utterance(0, 2000, "Every entry stayed.")]
    correct_transcript(transcript_id=transcript.id, utterances=mended, actor=cast.actor(cast.ada))
    assert hits(bo, cast, "retry") == [] and len(hits(bo, cast, "entry")) == 1
    say(interview, 1, "Every retry paid thrice.")
    assert hits(bo, cast, "retry") == []


def test_one_interview_is_searched_alone(cast, bo, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Quill Farthing")
    say(other, 3, "No retry, not once.")
    assert len(hits(bo, cast, "retry")) == 2
    body = page(bo, cast, "retry", interview=other.id)
    assert links(body, cast) == [f"{other.id}/3/?at=0"]
    assert f"Search in the answers of {other.code_name}" in body


def test_many_places_of_one_answer_are_counted(cast, bo, interview):
    say(interview, 1, *(f"retry {number}" for number in range(5)))
    body = page(bo, cast, "retry")
    assert len(links(body, cast)) == 3 and "2 more places in this answer" in body


def test_pages_have_everybody_once_those_who_sent_last_first(cast, bo, monkeypatch):
    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    people = [make_submitted_interview(cast.stage, cast.kit_version, f"P{n} X") for n in range(5)]
    same = timezone.now()
    Interview.objects.update(submitted_at=same)
    for person in people:
        say(person, 1, "A retry.")
    seen, query = [], {"q": "retry"}
    for _ in range(3):
        answer = bo.get(f"/team/{cast.organization.slug}/search/", query)
        body = answer.content.decode()
        seen += [link.partition("/")[0] for link in links(body, cast)]
        query = {"q": "retry", "after": str(answer.context["found"].next)}
    assert answer.context["found"].next is None
    assert seen == [str(person.id) for person in sorted(people, key=lambda one: one.id, reverse=True)]


def test_no_hit_and_no_answers_are_told_in_words(cast, bo, interview):
    assert "Nobody said that" in page(bo, cast, "zyzzyva")
    assert "at least one letter" in page(bo, cast, "++")
    nina = signed_in(make_member(cast.organization, "Nina Roe", "reviewer"))
    assert "Nothing to search yet" in page(nina, cast, "retry")


def test_what_the_query_lets_through_the_policy_allows(cast, interview):
    """The same rule stands in the database's words and in Python's."""
    version = make_kit_version(cast.ada)
    second = make_stage(make_position(cast.ada, "Warden"), version, (cast.ines, cast.audrey))
    make_submitted_interview(second, version)
    Interview.objects.filter(id=make_submitted_interview(second, version, "W W").id).update(state="withdrawn")
    nora = make_member(cast.organization, "Nora Way", "reviewer")
    for member in (cast.ada, cast.rafael, cast.bo, cast.ines, cast.audrey, nora, cast.cleo):
        actor = cast.actor(member)
        allowed = {one.id for one in Interview.objects.select_related("stage") if may_watch_interview(actor, one)}
        assert {one.id for one in watchable(actor)} == allowed, member


def test_any_number_of_people_cost_the_same(cast, bo, interview, django_assert_num_queries):
    """PostgreSQL is asked for languages and for forms of words."""
    more = 2 if connection.vendor == "postgresql" else 0
    page(bo, cast, "retry")
    with django_assert_num_queries(12 + more):
        page(bo, cast, "retry")
    for number in range(8):
        say(make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X"), 2, "One retry.", "Two retry.")
    with django_assert_num_queries(12 + more):
        assert len(hits(bo, cast, "retry")) == 17


def test_stems_and_accents_as_the_database_knows_them(cast, bo, interview):
    """PostgreSQL knows how words of a language change, SQLite passes over accents."""
    say(interview, 3, "Wir haben die Häuser besichtigt.", language="de")
    say(interview, 4, "The retries were counted at the café.")
    if connection.vendor == "postgresql":
        assert {link[-6:] for link in hits(bo, cast, "retry")} == {"1/?at=2"[-6:], "4/?at=0"[-6:]}
        assert "<mark>Häuser</mark>" in page(bo, cast, "Haus") and hits(bo, cast, "counting")
    else:
        assert len(hits(bo, cast, "retr*")) == 2
        assert "<mark>café</mark>" in page(bo, cast, "CAFE") and "<mark>Häuser</mark>" in page(bo, cast, "hauser")
