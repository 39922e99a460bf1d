"""What candidates see of their own afterwards, and what they can take along."""

import asyncio
import datetime as dt
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext

from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.actions.note import write_note
from bothways.interviews.actions.requests import answer, ask
from bothways.interviews.actions.written import Given, keep_written
from bothways.interviews.models import Answer, Interview, InterviewState, Take
from bothways.kits.models import Question
from bothways.media.models import RecordingState, Rendition, RenditionKind
from bothways.media.store import get_store
from bothways.review.models import Decision
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.interviews.taking_part import actor_of, answered, consented, opened, put_bytes, question, recorded
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text


def rendered(take: Take, kind: str = RenditionKind.UNIVERSAL, content: bytes = b"plays everywhere") -> Rendition:
    """As the media area leaves it: a file in the store, and its row."""
    key = f"{take.organization_id}/{take.recording_id}/{kind}"
    with get_store().write_at(key, 0) as writer:
        writer.write(content)
        writer.sync()
    return Rendition.objects.create(
        organization=take.organization, recording=take.recording, kind=kind, mime="video/mp4", size=len(content),
        store_key=key,
    )  # fmt: skip


@pytest.fixture
def sent(agreed: Visitor) -> Visitor:
    """Everything is answered, playable and sent."""
    answered(agreed.interview)
    for number, take in enumerate(Take.objects.order_by("answer__question__place"), start=1):
        rendered(take, content=f"answer {number}".encode())
    agreed.post("review/submit/")
    return agreed


def archive_of(response) -> zipfile.ZipFile:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return archive


def index_of(archive: zipfile.ZipFile) -> str:
    return " ".join(archive.read("index.html").decode().split())


def test_the_page_afterwards_says_it_all(sent: Visitor, cast):
    page = text(sent.get())
    for words in (
        "You hear from us by",
        "Who may watch, and who has",
        "Bo Osei",
        "has not watched yet",
        "Besides them only the people of Kestrel Housing who run this selection may watch, and guests",
        "Kept until 180 days after the decision.",
        'On video, <span class="num">0:30</span>',
        "Download answer 4",
        "Download everything",
        "Withdraw",
    ):
        assert words in page, words
    assert page.count("<video") == 4


def test_titles_stand_beside_the_names(cast, sent: Visitor):
    cast.bo.title = "senior tenant adviser"
    cast.bo.save()
    assert "senior tenant adviser" in text(sent.get())


def test_once_it_is_decided_the_day_is_named(sent: Visitor, cast):
    decision = Decision.objects.create(
        organization=cast.organization, interview=sent.interview, outcome="decline", reason="Others fit better.",
        decided_by=cast.ada, reply_subject="Our reply", reply_body="Dear Dee",
    )  # fmt: skip
    assert "Kept until 180 days after the decision." in text(sent.get())
    Decision.objects.update(created_at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), replied_at=decision.created_at)
    with time_machine.travel(dt.datetime(2026, 12, 1, tzinfo=dt.UTC), tick=False):
        assert "Kept until Saturday 29 August, 180 days after the decision." in text(sent.get())


def test_without_scripts_every_answer_opens_by_a_link(sent: Visitor):
    for place in (1, 2, 3, 4):
        response = sent.get(f"data/answers/{place}/")
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/d/")
    assert sent.get("data/answers/5/").headers["Location"] == sent.url("data/")


def test_everything_in_one_archive(sent: Visitor):
    response = sent.get("data/everything.zip")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="kestrel-housing-answers-')
    assert response.headers["Cache-Control"] == "no-store"
    archive = archive_of(response)
    assert archive.namelist() == ["index.html", "answer-1.mp4", "answer-2.mp4", "answer-3.mp4", "answer-4.mp4"]
    assert archive.read("answer-3.mp4") == b"answer 3"
    index = index_of(archive)
    for words in (
        "Question number 1?",
        '<a href="answer-4.mp4">',
        "On video, 0:30",
        "Your consent",
        "What is recorded",
    ):
        assert words in index
    assert "<script" not in index


def test_before_sending_it_has_every_take_and_what_arrived_of_others(agreed: Visitor):
    first = recorded(agreed.interview, 1)
    rendered(first, RenditionKind.PLAYABLE, b"first")
    rendered(recorded(agreed.interview, 1), RenditionKind.PLAYABLE, b"second")
    recorded(agreed.interview, 2, RecordingState.FAILED)
    put_bytes(opened(agreed.interview, 3).take, b"half")
    opened(agreed.interview, 4)
    archive = archive_of(agreed.get("data/everything.zip"))
    files = {name: archive.read(name) for name in archive.namelist() if name != "index.html"}
    assert files == {
        "answer-1.mp4": b"first",
        "answer-1-take-2.mp4": b"second",
        "answer-2-as-it-arrived-1.webm": b"speech",
        "answer-3-take-1-as-it-arrived-1.webm": b"half",
    }
    index = index_of(archive)
    assert "take 2, not chosen" in index and "as it arrived" in index and "Not answered" in index


def test_words_go_along_too(agreed: Visitor, cast):
    interview = agreed.interview
    actor = actor_of(interview)
    given = Given(text="I <b>stayed</b>.")
    keep_written(interview=interview, question=question(interview, 1), given=given, actor=actor)
    write_note(interview=interview, text="I sign.", actor=actor)
    asked = ask(interview=interview, kind="change", words="Evenings are better.", actor=actor)
    answer(actor=cast.actor(cast.ada), request=asked, message="Of course.", changed="other_time")
    index = index_of(archive_of(agreed.get("data/everything.zip")))
    for words in ("I &lt;b&gt;stayed&lt;/b&gt;.", "In writing", "I sign.", "Evenings are better.", "Of course."):
        assert words in index
    assert "In writing" in text(agreed.get("data/"))


def test_files_are_told_as_what_they_are(agreed: Visitor):
    Question.objects.filter(kit_version=agreed.interview.kit_version, place=1).update(answer_kind="files")
    sheet = SimpleUploadedFile("My CV.txt", b"I worked.", content_type="text/plain")
    agreed.post("questions/1/write/", {"files": [sheet], "keep": 1})
    page = text(agreed.get("data/"))
    assert "Files, " in page and "My CV.txt</a>" in page
    index = index_of(archive_of(agreed.get("data/everything.zip")))
    assert "My CV.txt" in index and 'href="answer-1-file-1.txt"' in index
    assert "as it arrived" not in index and "take 0" not in index


def test_the_page_in_the_archive_speaks_the_candidates_language(cast):
    arabic = visitor(consented(make_interview(cast.stage, cast.kit_version, language="ar")))
    assert 'lang="ar" dir="rtl"' in index_of(archive_of(arabic.get("data/everything.zip")))


def test_what_was_erased_is_left_out(sent: Visitor):
    gone = Take.objects.get(answer__question__place=2)
    get_store().delete(gone.recording.renditions.get().store_key)
    archive = archive_of(sent.get("data/everything.zip"))
    assert "answer-2.mp4" not in archive.namelist() and "answer-3.mp4" in archive.namelist()
    assert 'href="answer-2.mp4"' not in index_of(archive)


def test_when_the_time_for_keeping_is_over_it_says_so(sent: Visitor):
    erase_answers(sent.interview)
    assert text(sent.get()).count("Deleted, because the time for keeping it is over") == 4
    archive = archive_of(sent.get("data/everything.zip"))
    assert archive.namelist() == ["index.html"]
    assert "Deleted, because the time for keeping it is over" in index_of(archive)


def test_the_data_page_says_how_much_it_is(sent: Visitor):
    assert "Download everything, about 32\xa0bytes" in sent.get("data/").content.decode()


def test_nobody_elses_link_opens_it(sent: Visitor, cast):
    other = visitor(make_interview(cast.stage, cast.kit_version, "Zoe Else"))
    assert archive_of(other.get("data/everything.zip")).namelist() == ["index.html"]
    assert other.get("data/answers/1/").headers["Location"] == other.url("data/")
    Interview.objects.filter(id=sent.interview.id).update(state=InterviewState.WITHDRAWN)
    for path in ("data/everything.zip", "data/answers/1/", "data/"):
        assert sent.get(path).status_code == 410


def test_names_of_questions_are_escaped(agreed: Visitor):
    asked = question(agreed.interview)
    asked.text = "</h2><script>alert(1)</script>"
    asked.save()
    assert "<script" not in index_of(archive_of(agreed.get("data/everything.zip")))


def test_the_number_of_queries_does_not_grow(cast):
    def queries(path: str, answers: int) -> int:
        interview = consented(make_interview(cast.stage, cast.kit_version, f"Person {path} {answers}"))
        for place in range(1, answers + 1):
            rendered(recorded(interview, place))
        person = visitor(interview)
        with CaptureQueriesContext(connection) as captured:
            response = person.get(path)
            b"".join(response)
        return len(captured)

    for path in ("data/", "data/everything.zip"):
        assert queries(path, 1) == queries(path, 4)


def test_withdrawing_says_what_becomes_of_the_recordings(sent: Visitor):
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), tick=False):
        page = text(sent.get("withdraw/"))
    assert "They are deleted in 180 days, on Sunday 30 May 2027" in page
    assert "take a copy first" in page
    assert Interview.objects.get().state == InterviewState.SUBMITTED
    sent.post("withdraw/")
    assert Interview.objects.get().state == InterviewState.WITHDRAWN
    assert Answer.objects.exists()


def test_a_status_without_answers_to_play_still_opens(cast):
    bare = visitor(make_submitted_interview(cast.stage, cast.kit_version))
    assert text(bare.get()).count("On video") == 4


@pytest.mark.django_db(transaction=True)
def test_the_archive_streams_under_asgi():
    cast = Cast()
    interview = consented(make_interview(cast.stage, cast.kit_version))
    rendered(recorded(interview, 1), content=b"x" * 600_000)
    address = visitor(interview).url("data/everything.zip")

    def fetch():
        """In a thread of its own: the browser tests leave an event loop running in this one."""
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(asyncio.run, fetch_in_loop()).result()

    async def fetch_in_loop():
        response = await AsyncClient().get(address)
        assert response.is_async
        return [part async for part in response.streaming_content]

    parts = fetch()
    assert max(map(len, parts)) < 400_000
    assert len(zipfile.ZipFile(io.BytesIO(b"".join(parts))).read("answer-1.mp4")) == 600_000


def test_a_head_request_asks_for_no_bytes(sent: Visitor):
    response = Client().head(sent.url("data/everything.zip"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
