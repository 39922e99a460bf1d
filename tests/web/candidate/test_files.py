"""Files as answers: sent with a plain form, saved by those who may, and never shown."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bothways.interviews.actions.progress import submit
from bothways.interviews.models import AnswerFile, Interview
from bothways.kits.models import Question
from bothways.review.models import Coverage
from tests.factories import Cast, make_interview
from tests.interviews.taking_part import actor_of, recorded
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text

PDF = b"%PDF-1.7\n" + b"x" * 500


def file(name: str = "CV Dee Okafor.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def asked(agreed: Visitor) -> Visitor:
    Question.objects.filter(kit_version=agreed.interview.kit_version, place=1).update(
        answer_kind="files", files_most=2, text="Send us your CV."
    )
    return agreed


@pytest.fixture
def sent(asked: Visitor) -> Visitor:
    asked.post("questions/1/write/", {"files": [file(), file("Letter.txt", b"Dear all")], "keep": 1})
    for place in (2, 3, 4):
        recorded(asked.interview, place)
    submit(interview=Interview.objects.get(), actor=actor_of(asked.interview))
    return asked


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def test_files_are_added_looked_over_and_kept(asked: Visitor):
    page = text(asked.get("questions/1/write/"))
    assert 'enctype="multipart/form-data"' in page
    assert "Up to 2 files: PDF, Word" in page
    assert "They do not see" in page or "do not see your name, nor how your file is called" in page
    added = asked.post("questions/1/write/", {"files": [file()], "add": 1})
    assert added.headers["Location"] == asked.url("questions/1/write/")
    assert "CV Dee Okafor.pdf" in text(asked.get("questions/1/write/"))
    assert "What you added is saved." in text(asked.get("questions/"))
    kept = asked.post("questions/1/write/", {"keep": 1})
    assert kept.headers["Location"] == asked.url("questions/1/next/")
    assert "1 file" in text(asked.get("review/"))
    row = AnswerFile.objects.get()
    asked.post(f"questions/1/files/{row.id}/remove")
    assert not AnswerFile.objects.exists()
    assert "There is no file yet." in text(asked.post("questions/1/write/", {"keep": 1}))


def test_what_we_do_not_take_is_said_and_changes_nothing(asked: Visitor):
    for wrong, words in (
        (file("CV.pdf", b"MZ\x90\x00"), "We cannot take this kind of file."),
        (file("CV.pdf", b""), "empty"),
    ):
        answer = asked.post("questions/1/write/", {"files": [wrong], "add": 1})
        assert answer.status_code == 422
        assert words in text(answer)
    three = [file(), file(), file()]
    assert "2 files are the most here." in text(asked.post("questions/1/write/", {"files": three, "add": 1}))


def test_ones_own_file_is_saved_and_never_shown(asked: Visitor):
    asked.post("questions/1/write/", {"files": [file("Ünïcode <b>.pdf")], "add": 1})
    row = AnswerFile.objects.get()
    got = asked.get(f"questions/1/files/{row.id}")
    assert body(got) == PDF
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "<b>" not in text(asked.get("questions/1/write/"))


def test_others_do_not_get_it(asked: Visitor, cast: Cast):
    asked.post("questions/1/write/", {"files": [file()], "keep": 1})
    row = AnswerFile.objects.get()
    stranger = visitor(make_interview(cast.stage, cast.kit_version, "Ola Late"))
    assert stranger.get(f"questions/1/files/{row.id}").status_code == 404
    assert stranger.post(f"questions/1/files/{row.id}/remove").status_code == 404
    assert asked.get(f"questions/2/files/{row.id}").status_code == 404
    address = f"/team/{cast.organization.slug}/review/answers/{row.written.answer_id}/files/{row.id}/"
    for member in (cast.bo, cast.ada, cast.audrey, cast.cleo):
        assert signed_in(member).get(address).status_code in (403, 404), member
    assert AnswerFile.objects.exists()


def test_who_rates_reads_no_name_and_each_file_counts(sent: Visitor, cast: Cast):
    bo = signed_in(cast.bo)
    room = text(bo.get(f"/team/{cast.organization.slug}/review/{sent.interview.id}/1/"))
    assert "Okafor" not in room and "CV Dee" not in room
    assert "File 1, PDF" in room and "File 2, TXT" in room
    first, second = AnswerFile.objects.all()
    address = f"/team/{cast.organization.slug}/review/answers/{first.written.answer_id}"
    bo.post(f"{address}/opened/")
    said = {"spans": [[0, 6000]]}
    assert bo.post(f"{address}/played/", said, content_type="application/json").json()["share"] == 0
    got = bo.get(f"{address}/files/{first.id}/")
    assert body(got) == PDF
    assert got.headers["Content-Disposition"] == 'attachment; filename="answer-1-1.pdf"'
    assert bo.post(f"{address}/opened/").json()["share"] == 0.5
    bo.get(f"{address}/files/{second.id}/")
    assert bo.post(f"{address}/opened/").json() == {"share": 1.0, "is_enough": True, "spans": [[0, 6000]]}
    assert Coverage.objects.get().member == cast.bo
    compared = f"/team/{cast.organization.slug}/compare/{cast.stage.id}/"
    assert "Okafor" not in text(bo.get(compared))
    assert "Okafor" not in text(bo.get(f"{compared}side/?question=1&with={sent.interview.id}"))


def test_the_own_copy_has_the_files_under_names_of_ours(sent: Visitor):
    archive = zipfile.ZipFile(io.BytesIO(body(sent.get("data/everything.zip"))))
    assert archive.read("answer-1-file-1.pdf") == PDF
    assert archive.read("answer-1-file-2.txt") == b"Dear all"
