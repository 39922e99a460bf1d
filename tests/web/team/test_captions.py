"""Captions beside their recording: written, changed with buttons, read, served as a file."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from bothways.kits.actions.captions import review_captions, save_captions
from bothways.kits.actions.library import keep_question
from bothways.kits.actions.versions import publish
from bothways.kits.models import Captions, KitVersion, LibraryQuestion, Question
from bothways.lib.caption_files import read_captions
from bothways.lib.webvtt import Cue
from bothways.media.models import Transcript
from bothways.web.captions import language_name
from bothways.web.team.forms.captions import read_time, time_words
from tests.factories import Cast
from tests.factories.preparing import make_captions, make_draft, make_ready_draft, make_recording, make_transcript
from tests.web.team.preparing import signed_in, url

CUES = [Cue(0, 4_000, "Tell us <about> it"), Cue(4_000, 9_000, "& how it went."), Cue(9_500, 19_000, "Thank you.")]


@pytest.fixture
def version(cast: Cast) -> KitVersion:
    """A draft whose questions are asked on video, without captions."""
    version = make_draft(cast.ada)
    for question in version.questions.all():
        question.prompt = make_recording(cast.ada)
        question.save()
    return version


@pytest.fixture
def question(version: KitVersion) -> Question:
    return version.questions.get(place=1)


@pytest.fixture
def address(cast: Cast, question: Question) -> str:
    return url(cast, "captions-edit", "question", question.id)


def sent(cues: list[Cue], do: str = "save", revision: int = 0, **more: object) -> dict[str, object]:
    return {
        "start": [time_words(cue.start_ms) for cue in cues],
        "end": [time_words(cue.end_ms) for cue in cues],
        "text": [cue.text for cue in cues],
        "do": do,
        "revision": revision,
        **more,
    }


def kept(question: Question) -> list[Cue]:
    return Question.objects.get(id=question.id).captions.as_cues()


def test_the_page_begins_with_the_words_of_the_question(cast: Cast, question: Question, address: str) -> None:
    page = signed_in(cast.rafael).get(address).content.decode()
    assert "Captions of question 1" in page and "Not read yet" in page and "not saved yet" in page
    words = re.findall(r'<textarea[^>]* name="text"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert " ".join(" ".join(words).split()) == question.text
    assert not Captions.objects.exists()


def test_written_saved_and_read_without_scripts(cast: Cast, question: Question, address: str) -> None:
    client = signed_in(cast.rafael)
    page = client.post(address, sent(CUES)).content.decode()
    assert kept(question) == CUES and "Tell us &lt;about&gt; it" in page and 'name="revision" value="1"' in page
    done = client.post(address, sent(CUES, "reviewed", 1), follow=True)
    assert done.redirect_chain == [(url(cast, "questions-edit", question.id), 302)]
    page = done.content.decode()
    assert "read and called right, by you" in page and "Captions read by Rafael Moreno" in page
    assert "Read and called right by Rafael Moreno" in client.get(address).content.decode()
    page = client.post(address, sent(CUES[:2], "save", 1)).content.decode()
    assert "Not read yet" in page and not Question.objects.get(id=question.id).captions.is_reviewed


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        ("split-1", [Cue(0, 1_556, "Tell us"), Cue(1_556, 4_000, "<about> it"), *CUES[1:]]),
        ("join-1", [Cue(0, 9_000, "Tell us <about> it & how it went."), CUES[2]]),
        ("remove-3", CUES[:2]),
        ("add", [*CUES[:2], Cue(9_500, 18_800, "Thank you."), Cue(18_800, 19_000, "")]),
        ("join-3", CUES),
        ("remove-9", CUES),
        ("remove-", CUES),
        ("nonsense-1", CUES),
    ],
)
def test_each_button_saves_and_does_one_thing(
    cast: Cast, question: Question, address: str, do: str, expected: list[Cue]
) -> None:
    answer = signed_in(cast.ada).post(address, sent(CUES, do))
    assert answer.status_code == 200
    assert kept(question) == expected


def saved(cast: Cast, address: str, body: object) -> HttpResponse:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return signed_in(cast.ada).post(f"{address}save/", content, content_type="application/json")


def rows(cues: list[Cue]) -> list[dict[str, object]]:
    return [{"start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text} for cue in cues]


def test_scripts_save_while_one_writes(cast: Cast, question: Question, address: str) -> None:
    answer = saved(cast, address, {"cues": rows(CUES), "revision": 0})
    assert answer.status_code == 200
    assert answer.json() == {"revision": 1, "is_reviewed": False, "cues": rows(CUES)}
    assert kept(question) == CUES


def test_the_second_of_two_is_told_and_gets_what_the_first_wrote(cast: Cast, question: Question, address: str) -> None:
    saved(cast, address, {"cues": rows(CUES), "revision": 0})
    slow = saved(cast, address, {"cues": rows(CUES[:1]), "revision": 0})
    assert slow.status_code == 409 and "Somebody changed these captions" in slow.json()["error"]["words"]
    assert slow.json()["current"] == {"revision": 1, "is_reviewed": False, "cues": rows(CUES)}
    assert kept(question) == CUES
    mine = saved(cast, address, {"cues": rows(CUES[:1]), "revision": slow.json()["current"]["revision"]})
    assert mine.status_code == 200 and kept(question) == CUES[:1]


def test_without_scripts_the_second_of_two_overwrites_nothing_however_often(
    cast: Cast, question: Question, address: str
) -> None:
    save_captions(actor=cast.actor(cast.rafael), subject=question, cues=CUES)
    client = signed_in(cast.ada)
    page = client.post(address, sent(CUES[:1], "save", 0))
    assert page.status_code == 422 and "Somebody changed these captions" in page.content.decode()
    assert 'name="revision" value="0"' in page.content.decode()
    assert kept(question) == CUES


def test_what_cannot_be_called_right_is_saved_and_can_be_mended(cast: Cast, question: Question, address: str) -> None:
    client = signed_in(cast.ada)
    page = client.post(address, sent([*CUES[:2], Cue(9_500, 19_000, "")], "reviewed", 0))
    assert page.status_code == 422 and "Caption 3 has no words." in page.content.decode()
    assert 'name="revision" value="1"' in page.content.decode()
    client.post(address, sent(CUES, "reviewed", 1))
    assert Question.objects.get(id=question.id).captions.is_reviewed


def test_an_answer_that_was_lost_does_no_harm(cast: Cast, question: Question, address: str) -> None:
    once = saved(cast, address, {"cues": rows(CUES), "revision": 0})
    again = saved(cast, address, {"cues": rows(CUES), "revision": 0})
    assert again.status_code == 200 and again.json() == once.json()


GOOD = {"start_ms": 0, "end_ms": 500, "text": "a"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        b"\xff\xfe",
        "[" * 100_000,
        "9" * 5_000,
        "null",
        "[]",
        {},
        {"cues": 7, "revision": 0},
        {"cues": {}, "revision": 0},
        {"cues": [7], "revision": 0},
        {"cues": [{}], "revision": 0},
        {"cues": [{**GOOD, "text": None}], "revision": 0},
        {"cues": [{**GOOD, "start_ms": "0"}], "revision": 0},
        {"cues": [{**GOOD, "end_ms": 0.5}], "revision": 0},
        {"cues": [GOOD], "revision": "x"},
        {"cues": [GOOD]},
        {"cues": [{**GOOD, "end_ms": 10**30}], "revision": 0},
        {"cues": [{**GOOD, "start_ms": -1}], "revision": 0},
        {"cues": [{**GOOD, "text": "a" * 301}], "revision": 0},
        {"cues": [GOOD] * 201, "revision": 0},
    ],
)
def test_whatever_comes_is_answered_in_words(cast: Cast, question: Question, address: str, body: object) -> None:
    answer = saved(cast, address, body)
    assert answer.status_code == 422
    assert len(answer.json()["error"]["words"]) > 20
    assert not Captions.objects.exists()


def test_odd_characters_are_kept_out(cast: Cast, question: Question, address: str) -> None:
    answer = saved(cast, address, {"cues": [{**GOOD, "text": "a\ud800\x00b\r\n\r\nc"}], "revision": 0})
    assert answer.status_code == 200 and kept(question) == [Cue(0, 500, "a b\nc")]


@pytest.mark.parametrize(("start", "end"), [("x", "0:01.0"), ("0:01.0", ""), ("0:03.0", "0:01.0"), ("0:01.0", "9:00")])
def test_a_time_that_makes_no_sense_loses_no_words(
    cast: Cast, question: Question, address: str, start: str, end: str
) -> None:
    client = signed_in(cast.ada)
    answer = client.post(address, {"start": start, "end": end, "text": "Keep me", "do": "save", "revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Not saved yet." in page and "caption 1" in page.lower()
    assert "Keep me" in page and f'value="{start}"' in page
    assert not Captions.objects.exists()


@pytest.mark.parametrize(
    ("code", "name"), [("de", "Deutsch"), ("ar", "العربية"), ("pt-br", "português (Brasil)"), ("zz-top", "zz-top")]
)
def test_a_track_is_named_in_its_own_language(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize("ms", [0, 7_500, 59_999, 60_000, 61_010, 3_600_000])
def test_times_are_written_exactly(ms: int) -> None:
    assert read_time(time_words(ms)) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("7", 7_000),
        (" 0:07,5 ", 7_500),
        ("1:00:00.25", 3_600_250),
        ("٠:٠٧٫٥", 7_500),
        ("75", 75_000),
        ("-1", None),
        ("1:2:3:4", None),
        ("1.2345", None),
        ("", None),
        ("7 s", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, ms: int | None) -> None:
    assert read_time(text) == ms


FILE = b"""WEBVTT

STYLE
::cue { color: red }

00:01.000 --> 00:02.000 align:start
<i>Hello</i> & you

00:05.000 --> 00:04.000
Backwards

Nothing

01:00.000 --> 01:01.000
Late
"""


def test_a_file_is_looked_at_and_then_used(cast: Cast, question: Question) -> None:
    old = save_captions(actor=cast.actor(cast.ada), subject=question, cues=CUES)
    review_captions(actor=cast.actor(cast.ada), subject=question, seen=old.revision)
    importing = url(cast, "captions-import", "question", question.id)
    client = signed_in(cast.rafael)
    page = client.post(importing, {"file": SimpleUploadedFile("a.vtt", FILE)}).content.decode()
    assert "The file has 1 caption" in page and "Hello &amp; you" in page
    assert "3 captions that are here now are replaced." in page
    assert "They were read and called right by Ada Lindqvist." in page
    for line in (
        "3 parts of the file cannot be used.",
        "Line 9: it ends before it begins.",
        "Line 12: these words have no time.",
        "Line 14: it comes after the end of the recording.",
        "other styles are not kept",
    ):
        assert line in page
    assert kept(question) == CUES
    confirmed = {"content": FILE.decode(), "confirmed": "yes", "revision": 2}
    slow = client.post(importing, {**confirmed, "revision": "x"}, follow=True).content.decode()
    assert "Somebody changed these captions" in slow and kept(question) == CUES
    page = client.post(importing, {**confirmed, "revision": 1}, follow=True).content.decode()
    assert "The captions of the file are here" in page
    assert kept(question) == [Cue(1_000, 2_000, "Hello & you")]
    assert not Question.objects.get(id=question.id).captions.is_reviewed


def test_pasted_text_and_old_files_are_looked_at_in_the_same_way(cast: Cast, question: Question) -> None:
    importing = url(cast, "captions-import", "question", question.id)
    client = signed_in(cast.ada)
    page = client.post(importing, {"content": "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Hello\r\n"})
    assert "The file has 1 caption" in page.content.decode()
    old = "1\n00:00:01,000 --> 00:00:02,000\nDéjà vu\n".encode("cp1252")
    page = client.post(importing, {"file": SimpleUploadedFile("a.srt", old)}).content.decode()
    assert "Déjà vu" in page and "not in Unicode" in page
    client.post(importing, {"content": old.decode("cp1252"), "confirmed": "yes", "revision": 0})
    assert kept(question) == [Cue(1_000, 2_000, "Déjà vu")]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "no captions in it"),
        ({"file": SimpleUploadedFile("a.vtt", b"not it")}, "no captions in it"),
        ({"file": SimpleUploadedFile("a.mp4", bytes(range(256)) * 20)}, "no captions in it"),
        ({"content": "WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nLate"}, "None of its captions can be used"),
        ({"content": "WEBVTT\n" + "x" * 300_000}, "larger than captions"),
        ({"content": "nonsense", "confirmed": "yes", "revision": "0"}, "no captions in it"),
    ],
)
def test_another_file_changes_nothing_and_says_so(cast: Cast, question: Question, sent: dict, words: str) -> None:
    importing = url(cast, "captions-import", "question", question.id)
    page = signed_in(cast.ada).post(importing, sent, follow=True).content.decode()
    assert words in page and "Nothing was changed." in page
    assert not Captions.objects.exists()


def test_what_a_machine_heard_is_offered_and_marked_until_somebody_has_read_it(
    cast: Cast, question: Question, address: str
) -> None:
    client = signed_in(cast.rafael)
    assert "Start from what was said" not in client.get(address).content.decode()
    transcript = make_transcript(question.prompt, "Tell us about it.", "And how it went?", state="waiting")
    page = client.get(address).content.decode()
    assert "is being listened to" in page and "Start from what was said" not in page
    Transcript.objects.filter(id=transcript.id).update(state="ready")
    assert "Start from what was said" in client.get(address).content.decode()
    speech = url(cast, "captions-speech", "question", question.id)
    page = client.post(speech, {"revision": 0}, follow=True).content.decode()
    assert "the words that a machine heard" in page and "Made by a machine, not read yet" in page
    begun = kept(question)
    assert [cue.text for cue in begun] == ["Tell us about it.", "And how it went?"]
    page = client.get(speech).content.decode()
    assert "What was said makes 2 captions" in page and "2 captions that are here now are replaced." in page
    client.post(address, sent(begun[:1], "save", 1))
    assert "Made by a machine, not read yet" in client.get(address).content.decode()
    card = client.get(url(cast, "questions-edit", question.id)).content.decode()
    assert "Captions made by a machine, not read yet" in card
    client.post(address, sent(begun[:1], "reviewed", 2))
    page = client.get(address).content.decode()
    assert f"Read and called right by Rafael Moreno on {date_format(timezone.localdate())}" in page
    client.post(address, sent(CUES, "save", 2))
    page = client.get(address).content.decode()
    assert "Not read yet" in page and "Made by a machine" not in page
    slow = client.post(speech, {"revision": 0}, follow=True).content.decode()
    assert "Somebody changed these captions" in slow


def test_where_nobody_was_heard_nothing_is_offered(cast: Cast, question: Question, address: str) -> None:
    make_transcript(question.prompt, machine=[])
    client = signed_in(cast.ada)
    assert "Start from what was said" not in client.get(address).content.decode()
    speech = url(cast, "captions-speech", "question", question.id)
    assert client.get(speech).status_code == 302
    assert "There are no words from the recording" in client.post(speech, follow=True).content.decode()
    assert not Captions.objects.exists()


def test_members_fetch_the_file_and_others_do_not(cast: Cast, question: Question) -> None:
    captions = save_captions(actor=cast.actor(cast.ada), subject=question, cues=CUES)
    address = url(cast, "captions-file", captions.id)
    for member in (cast.ada, cast.rafael, cast.bo, cast.audrey):
        answer = signed_in(member).get(address)
        assert answer["Content-Type"] == "text/vtt; charset=utf-8" and answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert read_captions(answer.content).cues == CUES
    subrip = url(cast, "captions-subrip", captions.id)
    answer = signed_in(cast.bo).get(subrip)
    assert answer["Content-Type"] == "application/x-subrip; charset=utf-8"
    assert read_captions(answer.content).cues == CUES
    for other in (address, subrip):
        assert signed_in(cast.cleo).get(other).status_code == 404
        assert Client().get(other).status_code == 302


def test_nobody_else_writes(cast: Cast, question: Question, address: str) -> None:
    for member, status in ((cast.bo, 403), (cast.audrey, 403), (cast.cleo, 404)):
        client = signed_in(member)
        assert client.get(address).status_code == status
        assert client.post(address, sent(CUES)).status_code == status
        assert client.post(f"{address}save/", "{}", content_type="application/json").status_code == status
        importing = {"content": FILE.decode(), "confirmed": "yes", "revision": 0}
        assert client.post(url(cast, "captions-import", "question", question.id), importing).status_code == status
        assert client.get(url(cast, "captions-speech", "question", question.id)).status_code == status
        assert client.post(url(cast, "captions-speech", "question", question.id)).status_code == status
    assert not Captions.objects.exists()
    assert signed_in(cast.ada).get(url(cast, "captions-edit", "question-sign", question.id)).status_code == 404
    assert signed_in(cast.ada).get(url(cast, "captions-edit", "nonsense", question.id)).status_code == 404


def test_the_welcome_and_the_library_have_theirs(cast: Cast, version: KitVersion, question: Question) -> None:
    KitVersion.objects.filter(id=version.id).update(welcome_prompt=make_recording(cast.ada))
    keep_question(actor=cast.actor(cast.ada), question=question)
    client = signed_in(cast.rafael)
    for kind, subject in (("welcome", version), ("library", LibraryQuestion.objects.get())):
        address = url(cast, "captions-edit", kind, subject.id)
        assert client.get(address).status_code == 200
        done = client.post(address, sent(CUES, "reviewed"), follow=True).content.decode()
        assert "Captions read by Rafael Moreno" in done


def test_what_is_unread_is_listed_with_the_way_to_it(cast: Cast, version: KitVersion, question: Question) -> None:
    KitVersion.objects.filter(id=version.id).update(welcome_prompt=make_recording(cast.ada))
    client = signed_in(cast.rafael)
    page = client.get(url(cast, "kits-edit", version.kit_id)).content.decode()
    for words, address in (
        ("Nobody has read the captions of question 1.", url(cast, "captions-edit", "question", question.id)),
        ("Nobody has read the captions of the welcome.", url(cast, "captions-edit", "welcome", version.id)),
    ):
        assert f'<a href="{address}">{words}</a>' in page
    refused = client.post(url(cast, "kits-publish", version.kit_id), follow=True).content.decode()
    assert "Nobody has read the captions of question 4." in refused
    version.refresh_from_db()
    assert version.state == "draft"


def test_published_captions_are_not_opened_for_writing(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    publish(actor=cast.actor(cast.ada), version=version)
    question = version.questions.get(place=1)
    address = url(cast, "captions-edit", "question", question.id)
    client = signed_in(cast.ada)
    assert client.get(address).status_code == 302
    assert client.post(address, sent(CUES, revision=1)).status_code == 422
    assert Question.objects.get(id=question.id).captions.is_reviewed
    page = client.get(url(cast, "kits-edit", version.kit_id)).content.decode()
    assert "Captions read by Ada Lindqvist" in page and address not in page
    assert url(cast, "captions-file", question.captions_id) in page


def test_the_kit_costs_the_same_with_captions_and_sign(cast: Cast, django_assert_max_num_queries) -> None:
    version = make_ready_draft(cast.ada)
    for question in version.questions.all():
        question.sign = make_recording(cast.ada)
        question.save()
    welcome = make_recording(cast.ada)
    KitVersion.objects.filter(id=version.id).update(
        welcome_prompt=welcome, welcome_captions=make_captions(welcome, cast.bo), welcome_sign=make_recording(cast.ada)
    )
    client = signed_in(cast.ada)
    with django_assert_max_num_queries(20):
        assert client.get(url(cast, "kits-edit", version.kit_id)).status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get(url(cast, "captions-edit", "question", question.id)).status_code == 200
