"""The page that says how far people have come, and its file."""

import csv
import io

import pytest

from bothways.accounts.models import AuditEntry
from bothways.positions.models import Stage
from tests.factories import Cast, make_interview, make_stage
from tests.review.test_progress_figures import make_way
from tests.web.team.preparing import signed_in, url


def page_of(cast: Cast, member: object, query: str = "") -> str:
    return signed_in(member).get(url(cast, "progress-position", cast.position.id) + query).content.decode()


def test_the_page_says_where_people_are_and_where_the_time_goes(cast: Cast) -> None:
    for _person in range(12):
        make_way(cast, "submitted")
    make_interview(cast.stage, cast.kit_version, state="invited")
    for member in (cast.ada, cast.rafael, cast.audrey):
        page = page_of(cast, member)
        assert "Began to answer" in page and "Answered question 4" in page and "92 %" in page
        assert "24 hours" in page and "2 hours" in page
        assert "style=" not in page and "Eve Way" not in page
    assert "phone" in page and "not told: too few did, or did not" in page


def test_few_people_have_no_devices(cast: Cast) -> None:
    for _person in range(9):
        make_way(cast, "submitted", device="tablet")
    page = page_of(cast, cast.rafael)
    assert "tablet" not in page and "in sign" not in page
    assert "nothing is told about anybody" in page


def test_an_empty_position_and_one_whose_only_step_takes_nobody_say_so(cast: Cast) -> None:
    assert "Nobody is invited yet" in page_of(cast, cast.rafael)
    Stage.objects.update(kind="live", kit=None)
    assert "Nobody is invited yet" in page_of(cast, cast.rafael)
    assert signed_in(cast.rafael).get(url(cast, "progress-export", cast.position.id)).status_code == 404


def test_each_step_has_its_own_figures(cast: Cast) -> None:
    second = make_stage(cast.position, cast.kit_version, (cast.bo,), name="Second talk")
    make_interview(second, cast.kit_version, "Eve Second")
    make_way(cast, "submitted")
    assert "Second talk" in page_of(cast, cast.rafael) and "Began to answer" in page_of(cast, cast.rafael)
    there = page_of(cast, cast.rafael, f"?stage={second.id}")
    assert 'aria-current="true"><bdi>Second talk' in there
    for nonsense in ("?stage=x", "?stage=%00", f"?stage={cast.position.id}"):
        assert 'aria-current="true"><bdi>Recorded interview' in page_of(cast, cast.rafael, nonsense)


def test_the_file_agrees_with_the_page_and_stands_in_the_audit_log(cast: Cast) -> None:
    for _person in range(12):
        make_way(cast, "submitted")
    answer = signed_in(cast.audrey).get(url(cast, "progress-export", cast.position.id))
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    table = {(row[0], row[1]): row for row in rows}
    assert table["Milestones", "Sent"][2:5] == ["12", "100.0", "2.00"]
    assert table["Questions", "1"][2] == "12" and table["Devices", "phone"][2] == "10"
    assert table["Devices", "tablet"][2] == ""
    entry = AuditEntry.objects.get(verb="progress.exported")
    assert (entry.actor_id, entry.thing_id) == (str(cast.audrey.id), str(cast.stage.id))


@pytest.mark.parametrize("name", ["progress-position", "progress-export"])
def test_raters_and_outsiders_do_not_see_it(cast: Cast, name: str) -> None:
    make_way(cast, "submitted")
    assert signed_in(cast.bo).get(url(cast, name, cast.position.id)).status_code == 403
    assert signed_in(cast.cleo).get(url(cast, name, cast.position.id)).status_code == 404
    assert not AuditEntry.objects.filter(verb="progress.exported").exists()


def test_the_list_of_people_leads_there(cast: Cast) -> None:
    make_way(cast, "submitted")
    people = signed_in(cast.rafael).get(url(cast, "people-list", cast.position.id)).content.decode()
    assert url(cast, "progress-position", cast.position.id) in people
