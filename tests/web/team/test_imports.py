"""Inviting a list: from the file to the report to the mails."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.interviews.models import CsvImport, Interview
from bothways.positions.models import PositionState
from tests.factories import make_position, make_submitted_interview

FILE = b"name,e-mail\nDee Okafor,dee@example.net\nBo Li,bo@example.net\nNobody,nowhere\nAgain,DEE@example.net\n"


def address(cast, name="imports-new", **more):
    return reverse(
        f"team:{name}", kwargs={"organization": cast.organization.slug, "position_id": cast.position.id} | more
    )


@pytest.fixture
def rafael(cast, client):
    client.force_login(cast.rafael.user)
    return client


def upload(client, cast, data=FILE, name="people.csv"):
    return client.post(
        address(cast), {"stage": str(cast.stage.id), "file": SimpleUploadedFile(name, data)}, follow=True
    )


def confirm(client, cast):
    return client.post(address(cast, "imports-confirm", import_id=CsvImport.objects.get().id), follow=True)


def test_first_the_file_is_only_read(cast, rafael):
    page = upload(rafael, cast).content.decode()
    assert "2 people of 4 can be invited" in page
    assert "Not an e-mail address" in page and "Same address as in line 2" in page
    assert "Nobody is invited yet" in page
    assert not Interview.objects.exists()


def test_a_list_waits_for_who_is_unwatched_and_the_page_says_so_before(cast, rafael):
    for n in range(6):
        make_submitted_interview(cast.stage, cast.kit_version, f"Person{n}")
    says = "6 of 6 people who sent answers in “Recorded interview” wait"
    assert says in rafael.get(address(cast)).content.decode()
    page = upload(rafael, cast).content.decode()
    assert says in page and 'aria-disabled="true" aria-describedby="held"' in page
    confirm(rafael, cast)
    assert Interview.objects.count() == 6
    setup = reverse("team:stages-list", args=[cast.organization.slug, cast.position.id])
    links = reverse("team:open_links-list", args=[cast.organization.slug, cast.position.id])
    assert all(says in rafael.get(path).content.decode() for path in (setup, links))


def test_then_all_who_are_in_order_are_invited(cast, rafael):
    upload(rafael, cast)
    page = confirm(rafael, cast).content.decode()
    assert "2 people are invited" in page
    assert Interview.objects.count() == 2
    assert "2 people are invited" in confirm(rafael, cast).content.decode()
    assert Interview.objects.count() == 2


def test_the_report_tells_each_row(cast, rafael):
    upload(rafael, cast, FILE + b"=cmd,formula@example.net\n")
    response = rafael.get(address(cast, "imports-report", import_id=CsvImport.objects.get().id))
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["2", "3", "4", "5", "6"]
    assert rows[1][4] == "Ready to be invited" and rows[3][4] == "Not an e-mail address"
    assert rows[5][1] == "'=cmd"
    assert rows[0] == ["Line", "Name", "E-mail", "Language", "Result"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"nothing here\n", "must name the columns"),
        (b"PK\x03\x04" + b"\x00" * 300, "not CSV"),
        (b"name,email\n" + b"x" * (5 * 1024 * 1024), "more than 5 MB"),
    ],
)
def test_a_file_that_is_no_list_is_explained(cast, rafael, data, words):
    response = upload(rafael, cast, data)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_no_file_is_explained(cast, rafael):
    response = rafael.post(address(cast), {"stage": str(cast.stage.id)})
    assert response.status_code == 422
    assert "Choose a file" in response.content.decode()


def test_a_rule_in_the_way_is_explained_and_nothing_happens(cast, rafael):
    upload(rafael, cast)
    cast.position.state = PositionState.CLOSED
    cast.position.save()
    assert "This position is closed" in confirm(rafael, cast).content.decode()
    assert not Interview.objects.exists()


def test_the_example_can_be_read_again(cast, rafael):
    example = rafael.get(address(cast, "imports-example")).content
    assert "One person of 1 can be invited" in upload(rafael, cast, example).content.decode()


def test_rows_are_escaped_in_the_report(cast, rafael):
    page = upload(rafael, cast, b"name,email\n<script>x</script>,nowhere\n", name="<b>.csv").content.decode()
    assert "<script>x" not in page and "<b>.csv" not in page


@pytest.mark.parametrize(("who", "status"), [("audrey", 403), ("bo", 403), ("cleo", 404)])
def test_only_owners_and_recruiters_see_and_confirm_lists(cast, client, who, status):
    client.force_login(cast.rafael.user)
    upload(client, cast)
    checked = CsvImport.objects.get()
    client.force_login(getattr(cast, who).user)
    assert client.get(address(cast)).status_code == status
    for name in ("imports-detail", "imports-report"):
        assert client.get(address(cast, name, import_id=checked.id)).status_code == status
    assert client.post(address(cast, "imports-confirm", import_id=checked.id)).status_code == status
    assert not Interview.objects.exists()


def test_a_list_of_another_position_is_not_found(cast, rafael):
    upload(rafael, cast)
    other = make_position(cast.ada, "Other")
    url = reverse("team:imports-detail", args=[cast.organization.slug, other.id, CsvImport.objects.get().id])
    assert rafael.get(url).status_code == 404


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda rest: b"name,email\n" + rest)))
def test_no_bytes_make_the_page_fail(cast, rafael, data):
    assert upload(rafael, cast, data).status_code in (200, 422)


@pytest.mark.parametrize("rows", [10, 30])
def test_the_number_of_queries_of_the_report_is_fixed(cast, rafael, rows, django_assert_num_queries):
    upload(rafael, cast, b"name,email\n" + b"".join(b"Nobody,nowhere%d\n" % n for n in range(rows)))
    checked = CsvImport.objects.get()
    with django_assert_num_queries(13):
        rafael.get(address(cast, "imports-detail", import_id=checked.id))
