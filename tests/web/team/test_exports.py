"""Files to take away, read by other programs than those that make them."""

import asyncio
import csv
import datetime as dt
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import AsyncClient, Client
from django.utils import timezone
from openpyxl import load_workbook

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from bothways.review.actions.rating_changes import change_rating
from bothways.review.models import Rating
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate


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


def address(cast: Cast, file: str) -> str:
    return f"/team/{cast.organization.slug}/compare/{cast.stage.id}/{file}"


def csv_rows(client: Client, cast: Cast) -> list[list[str]]:
    answer = client.get(address(cast, "ratings.csv"))
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def xlsx_rows(client: Client, cast: Cast) -> list[tuple]:
    answer = client.get(address(cast, "ratings.xlsx"))
    return list(load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))


def test_a_changed_rating_has_both_values_and_the_reason(cast, rafael, interview):
    question = cast.kit_version.questions.get(place=1)
    change_rating(
        actor=cast.actor(cast.bo), interview=interview, question_id=question.id, value=2, reason="=I misheard."
    )
    for rows in (csv_rows(rafael, cast), xlsx_rows(rafael, cast)):
        [changed] = [row for row in rows[1:] if row[15]]
        assert (str(changed[8]), str(changed[14])) == ("2", "4") and "I misheard." in changed[15]
    paper = rafael.get(f"/team/{cast.organization.slug}/decisions/{interview.id}/scorecards.pdf")
    assert paper.status_code == 200


def test_both_files_have_what_the_page_has(cast, rafael, interview):
    side = f"side/?question=1&with={interview.id}"
    table, page = (
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", rafael.get(address(cast, rest)).content.decode()))
        for rest in ("", side)
    )
    assert interview.code_name in table and " 3.5 2 raters" in table and "2 raters: 4 and 5" in page
    for rows in (csv_rows(rafael, cast), xlsx_rows(rafael, cast)):
        assert len(rows) == 9 and {row[0] for row in rows[1:]} == {interview.code_name}
        first = [str(row[8]) for row in rows[1:] if str(row[4]) == "1"]
        assert first == ["4", "5"]
        assert [row[8] for row in rows[1:]].count("not enough evidence") == 3
        assert {row[11] for row in rows[1:]} == {"advance", "decline"}
        assert [row[9] for row in rows[1:2]] == ["Bo Osei heard 4"]


def test_cells_of_the_spreadsheet_are_typed(cast, rafael, interview):
    first = xlsx_rows(rafael, cast)[1]
    assert first[8] == 4 and first[4] == 1
    handed_in = timezone.localtime(interview.scorecards.order_by("submitted_at").first().submitted_at)
    assert abs(first[10] - handed_in.replace(tzinfo=None)) < dt.timedelta(seconds=1)
    assert first[13] == round((4.5 + 3 + 3) / 3, 2)


def test_no_note_becomes_a_formula(cast, rafael, interview):
    Rating.objects.filter(value=4).update(note='=HYPERLINK("https://example.org")')
    assert csv_rows(rafael, cast)[1][9].startswith("'=")
    answer = rafael.get(address(cast, "ratings.xlsx"))
    cell = load_workbook(io.BytesIO(b"".join(answer))).active["J2"]
    assert cell.value.startswith("=HYPERLINK") and cell.data_type != "f"


def test_names_are_as_hidden_as_on_the_page(cast, rafael, interview):
    assert "Xanthippe" not in str(csv_rows(rafael, cast)) + str(xlsx_rows(rafael, cast))
    rafael.post(address(cast, f"names/{interview.id}/"))
    assert csv_rows(rafael, cast)[1][:2] == ["Xanthippe Rarebird", "no"]
    rafael.force_login(cast.ada.user)
    assert csv_rows(rafael, cast)[1][:2] == [interview.code_name, "yes"]


def test_a_rater_who_has_not_handed_in_gets_the_heading_only(cast, client, interview):
    person = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, person, (1, 1, 1, 1))
    client.force_login(cast.bo.user)
    assert {row[0] for row in csv_rows(client, cast)[1:]} == {interview.code_name}


@pytest.mark.parametrize("file", ["ratings.csv", "ratings.xlsx"])
def test_who_gets_which_answer(cast, client, interview, file):
    assert client.get(address(cast, file)).status_code == 302
    for member, status in (
        (cast.ada, 200), (cast.rafael, 200), (cast.bo, 200), (cast.ines, 200), (cast.audrey, 200), (cast.cleo, 404),
    ):  # fmt: skip
        client.force_login(member.user)
        assert client.get(address(cast, file)).status_code == status, member
    foreign = address(cast, file).replace(cast.organization.slug, cast.other_organization.slug)
    assert client.get(foreign).status_code == 404


def test_each_download_is_in_the_audit_log_and_is_not_kept(cast, rafael, interview):
    answer = rafael.get(address(cast, "ratings.csv"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tenant-support-adviser-')
    rafael.get(address(cast, "ratings.xlsx"))
    assert rafael.head(address(cast, "ratings.csv")).status_code == 405
    entries = AuditEntry.objects.filter(verb="ratings.exported").order_by("sequence")
    assert [(one.actor_name, one.detail) for one in entries] == [
        ("Rafael Moreno", {"file": "csv", "rows": 8}),
        ("Rafael Moreno", {"file": "xlsx", "rows": 8}),
    ]


def test_the_sheet_stands_from_the_right_for_who_reads_so(cast, rafael, interview):
    cast.rafael.user.language = "ar"
    cast.rafael.user.save()
    answer = rafael.get(address(cast, "ratings.xlsx"))
    book = load_workbook(io.BytesIO(b"".join(answer)))
    assert book.active.sheet_view.rightToLeft


@pytest.mark.parametrize("file", ["ratings.csv", "ratings.xlsx"])
@pytest.mark.django_db(transaction=True)
def test_it_streams_under_asgi(file):
    cast = Cast()
    rate(cast.bo, make_submitted_interview(cast.stage, cast.kit_version), (1, 2, 3, 4))

    def fetch():
        """In a thread of its own: the browser tests leave an event loop running in this one."""
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(asyncio.run, fetch_in_loop()).result()

    async def fetch_in_loop():
        client = AsyncClient()
        await client.aforce_login(cast.rafael.user)
        response = await client.get(address(cast, file))
        assert response.is_async
        return b"".join([part async for part in response.streaming_content])

    assert len(fetch()) > 500
