"""The scorecards of one interview on paper, read with Poppler."""

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview, InterviewState
from bothways.review.actions.decisions import decide
from bothways.review.models import Rating, Scorecard
from bothways.review.queries.scorecard_paper import named_interview, scorecard_paper
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate, watch

pytestmark = pytest.mark.needs_poppler
NO_FONT_HAS = "\U000f1234"


@pytest.fixture(autouse=True)
def _letters_of_its_own(tmp_path_factory, monkeypatch):
    """Fonts are made once for all tests of a run."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path_factory.getbasetemp() / "letters")


@pytest.fixture
def interview(cast: Cast) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0), recommendation="decline")
    return interview


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, interview: Interview) -> str:
    return f"/team/{cast.organization.slug}/decisions/{interview.id}/scorecards.pdf"


def read(content: bytes, folder: Path) -> str:
    """What Poppler reads, in the order of the document, each run of spaces as one."""
    path = folder / "read.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s+", " ", text)


def facts(content: bytes, folder: Path) -> dict[str, str]:
    path = folder / "facts.pdf"
    path.write_bytes(content)
    lines = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout.splitlines()
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(parts[0])]
    for part in parts[1:]:
        places.append(text.find(part, places[-1] + 1))
    return -1 not in places


def test_it_reads_in_order_and_agrees_with_the_page(cast, rafael, interview, tmp_path):
    page = rafael.get(f"/team/{cast.organization.slug}/compare/{cast.stage.id}/").content.decode()
    mean = re.search(r'class="cell all"><b>([^<]+)<', page)[1]
    text = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert in_order(
        text,
        "Tenant support adviser, Recorded interview", f"Scorecards for {interview.code_name}",
        mean, "2 raters",
        "1. Judgement", "Question number 1?", "2 raters: 4 and 5, close together",
        "4 Bo Osei", "between 3 and 5", "Bo Osei heard 4", "5 Inês Carvalho", "All of it.", "Inês Carvalho heard 5",
        "2. Judgement", "they differ by 2",
        "Recommended", "Bo Osei: advance", "Bo Osei thinks", "Inês Carvalho: decline", "Inês Carvalho thinks",
        "Who has watched", "Still to watch: Bo Osei, every answer.",
    ), text  # fmt: skip
    assert text.count("Not enough evidence in this answer") == 3
    assert "Xanthippe" not in text and "What was decided" not in text


def test_the_decision_stands_there_with_its_reason(cast, rafael, interview, tmp_path):
    watch(cast.bo, interview)
    decide(actor=cast.actor(cast.rafael), interview=interview, outcome="hold", reason="Two more to hear.")
    text = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert in_order(
        text, "Bo Osei watched every answer.", "What was decided", "On hold", "Rafael Moreno", "Two more to"
    )


def test_each_page_says_who_exported_it_and_when(cast, rafael, interview, tmp_path):
    Rating.objects.update(note="A long note. " * 150)
    with time_machine.travel(dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC), tick=False):
        rafael.force_login(cast.rafael.user)
        content = rafael.get(address(cast, interview)).content
    pages = int(facts(content, tmp_path)["Pages"])
    text = read(content, tmp_path)
    assert pages > 2 and f"Page {pages} of {pages}" in text and f"Page 1 of {pages}" in text
    assert text.count("Exported by Rafael Moreno, 1 December 2026, 09:30 (UTC)") == pages


def test_the_file_says_what_it_is(cast, rafael, interview, tmp_path):
    content = rafael.get(address(cast, interview)).content
    told = facts(content, tmp_path)
    assert told["Title"] == f"Scorecards for {interview.code_name}" and told["Author"] == cast.organization.name
    assert told["Tagged"] == "yes" and told["Page size"].startswith("595.28 x 841.89")
    assert b"/Lang (en)" in content


def test_every_letter_is_in_the_file(cast, rafael, interview, tmp_path):
    """No reader has to have our fonts, and each can copy the text."""
    (tmp_path / "fonts.pdf").write_bytes(rafael.get(address(cast, interview)).content)
    told = subprocess.run(["pdffonts", tmp_path / "fonts.pdf"], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in told.splitlines()[2:]]
    assert {row[0].partition("+")[2][:9] for row in rows} == {"Inclusive", "Newsreade"}
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@pytest.mark.parametrize(
    "note", ["Łódź, Žižek, “ﬁne” – naïve…", "Nguyễn Thị Ngọc", "first office flow fjord", "**a** {nb} <b>"]
)
def test_words_come_out_as_they_were_written(cast, rafael, interview, tmp_path, note):
    Rating.objects.filter(value=5).update(note=note)
    assert note.replace("ﬁ", "") in read(rafael.get(address(cast, interview)).content, tmp_path).replace("ﬁ", "")


def test_letters_that_no_font_has_are_named_not_dropped(cast, rafael, interview, tmp_path):
    plain = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert "What is missing here" not in plain
    Rating.objects.filter(value=5).update(note=f"Said {NO_FONT_HAS}{NO_FONT_HAS} and went.")
    text = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert "Said […] and went." in text and "What is missing here" in text


def test_a_font_that_an_administrator_adds_is_used(cast, rafael, interview, tmp_path, monkeypatch):
    """Made here: one that has the letter which no other font has."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    builder = FontBuilder(1000)
    pen = TTGlyphPen(None)
    for corner in ((0, 0), (0, 700), (500, 700), (500, 0)):
        (pen.lineTo if pen.points else pen.moveTo)(corner)
    pen.closePath()
    box = pen.glyph()
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({ord(NO_FONT_HAS): "box"})
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "box": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular", "psName": "Box-Regular"})
    builder.setupOS2()
    builder.setupPost()
    (tmp_path / "fonts").mkdir()
    builder.save(tmp_path / "fonts" / "box.ttf")
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"no font at all")
    Rating.objects.filter(value=5).update(note=f"Said {NO_FONT_HAS} and went.")
    text = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert f"Said {NO_FONT_HAS} and went." in text and "What is missing here" not in text


def test_the_name_is_as_hidden_as_on_the_page(cast, rafael, interview, tmp_path):
    rafael.post(f"/team/{cast.organization.slug}/compare/{cast.stage.id}/names/{interview.id}/")
    text = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert "Scorecards for Xanthippe Rarebird" in text and f"Code name: {interview.code_name}" in text
    rafael.force_login(cast.audrey.user)
    assert "Xanthippe" not in read(rafael.get(address(cast, interview)).content, tmp_path)


def test_who_gets_it(cast, client, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, other, (1, 1, 1, 1))
    assert client.get(address(cast, interview)).status_code == 302
    for member, rated_by_both, rated_by_ines in (
        (cast.ada, 200, 200), (cast.rafael, 200, 200), (cast.audrey, 200, 200),
        (cast.ines, 200, 200), (cast.bo, 200, 403), (cast.cleo, 404, 404),
    ):  # fmt: skip
        client.force_login(member.user)
        assert client.get(address(cast, interview)).status_code == rated_by_both, member
        assert client.get(address(cast, other)).status_code == rated_by_ines, member
    own_slug = address(cast, interview).replace(cast.organization.slug, cast.other_organization.slug)
    assert client.get(own_slug).status_code == 404


def test_raters_read_no_decision_and_nobodys_watching(cast, client, interview, tmp_path):
    decide(actor=cast.actor(cast.rafael), interview=interview, outcome="hold", reason="Two more to hear.")
    client.force_login(cast.bo.user)
    text = read(client.get(address(cast, interview)).content, tmp_path)
    assert "Inês Carvalho heard 5" in text and "Two more" not in text and "Who has watched" not in text


def test_what_was_taken_back_is_not_there(cast, rafael, interview):
    Interview.objects.update(state=InterviewState.WITHDRAWN)
    assert rafael.get(address(cast, interview)).status_code == 404


def test_a_draft_is_not_in_it(cast, rafael, interview, tmp_path):
    Scorecard.objects.filter(member=cast.bo).update(submitted_at=None)
    text = read(rafael.get(address(cast, interview)).content, tmp_path)
    assert "Bo Osei heard" not in text and "Inês Carvalho heard 5" in text


def test_it_is_written_down_and_kept_nowhere(cast, rafael, interview):
    answer = rafael.get(address(cast, interview))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    entry = AuditEntry.objects.get(verb="scorecards.exported")
    assert (entry.actor_name, entry.thing_id) == ("Rafael Moreno", str(interview.id))
    assert entry.detail == {"file": "pdf", "rows": 2}


def test_the_same_number_of_queries_for_any_number_of_raters(cast, interview, django_assert_num_queries):
    found = named_interview(cast.actor(cast.rafael), interview.id)
    with django_assert_num_queries(11):
        paper = scorecard_paper(found, with_decisions=True)
    assert len(paper.row.scorecards) == 2
