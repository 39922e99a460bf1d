"""The list of positions, opening, describing and closing one."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.positions.models import Position, PositionState
from tests.factories import Cast, make_position, make_stage, make_submitted_interview
from tests.factories.preparing import make_draft
from tests.web.team.preparing import signed_in, url


def test_an_empty_list_says_what_to_do_first(cast: Cast) -> None:
    page = signed_in(cast.cleo).get(f"/team/{cast.other_organization.slug}/positions/").content.decode()
    assert "Open the first position" in page and "<table" not in page


def test_the_list_shows_open_positions_and_on_request_closed_ones(cast: Cast) -> None:
    make_position(cast.ada, "Gardener", state=PositionState.CLOSED)
    make_position(cast.cleo, "Somewhere else")
    client = signed_in(cast.rafael)
    opened = client.get(url(cast, "positions-list")).content.decode()
    closed = client.get(url(cast, "positions-list"), {"state": "closed"}).content.decode()
    assert "Tenant support adviser" in opened and "Gardener" not in opened and "Somewhere else" not in opened
    assert "Gardener" in closed and "Tenant support adviser" not in closed


@pytest.mark.parametrize("question", [{"state": "'; DROP"}, {"page": "-1"}, {"page": "x"}, {"q": "%00\x00<script>"}])
def test_a_strange_address_shows_the_list(cast: Cast, question: dict[str, str]) -> None:
    answer = signed_in(cast.ada).get(url(cast, "positions-list"), question)
    assert answer.status_code == 200 and b"<script>\xef" not in answer.content


def test_what_waits_for_somebody_stands_first(cast: Cast) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    Interview.objects.filter(id=interview.id).update(reply_by=timezone.localdate() + dt.timedelta(days=1))
    make_stage(make_position(cast.ada, "Apprentice"), make_draft(cast.ada))
    page = signed_in(cast.rafael).get(url(cast, "positions-list")).content.decode()
    assert "2 things wait for you" in page
    assert "1 person hears from us by" in page and "Finish the kit" in page
    assert "things wait" not in signed_in(cast.audrey).get(url(cast, "positions-list")).content.decode()


def test_a_promise_is_near_when_its_owner_is_reminded_of_it(cast: Cast) -> None:
    """Three working days before: of a Monday from the Wednesday on."""
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    Interview.objects.filter(id=interview.id).update(reply_by=dt.date(2025, 11, 17))
    for day, is_near in ((11, False), (12, True), (17, True)):
        with time_machine.travel(dt.datetime(2025, 11, day, 9, tzinfo=dt.UTC)):
            page = signed_in(cast.rafael).get(url(cast, "positions-list")).content.decode()
        assert ("1 person hears from us by Monday" in page) == is_near, day


def test_the_list_costs_the_same_for_any_number_of_positions(cast: Cast, django_assert_max_num_queries) -> None:
    client = signed_in(cast.ada)
    for number in range(12):
        position = make_position(cast.ada, f"Position {number}")
        make_submitted_interview(make_stage(position, cast.kit_version, (cast.bo,)), cast.kit_version, f"P{number}")
    with django_assert_max_num_queries(16):
        assert client.get(url(cast, "positions-list")).status_code == 200


def test_a_position_is_opened_with_a_first_step(cast: Cast) -> None:
    answer = signed_in(cast.rafael).post(
        url(cast, "positions-new"),
        {"title": "Caretaker", "place": "Porto", "salary": "€1", "description": "<b>x</b>", "replies_by": cast.ada.id},
        follow=True,
    )
    position = Position.objects.get(title="Caretaker")
    assert answer.redirect_chain == [(url(cast, "stages-list", position.id), 302)]
    assert [stage.name for stage in position.stages.all()] == ["Recorded interview"]
    page = answer.content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page and "This stage has no kit yet" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "required"),
        ({"title": "x" * 121}, "at most 120"),
        ({"replies_by": "not-a-uuid"}, "not a valid"),
        ({"description": "x" * 5001}, "at most 5000"),
    ],
)
def test_wrong_input_is_said_in_words_and_kept(cast: Cast, changes: dict[str, str], words: str) -> None:
    given = {"title": "Caretaker", "place": "Porto", "replies_by": str(cast.ada.id), **changes}
    answer = signed_in(cast.ada).post(url(cast, "positions-new"), given)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and 'value="Porto"' in page
    assert not Position.objects.filter(place="Porto").exists()


def test_somebody_of_another_organization_cannot_be_named(cast: Cast) -> None:
    given = {"title": "Caretaker", "replies_by": str(cast.cleo.id)}
    assert signed_in(cast.ada).post(url(cast, "positions-new"), given).status_code == 422


def test_a_position_is_described_closed_and_opened_again(cast: Cast) -> None:
    client, id_ = signed_in(cast.ada), cast.position.id
    client.post(url(cast, "positions-edit", id_), {"title": "Adviser", "replies_by": str(cast.rafael.id)})
    client.post(url(cast, "positions-close", id_))
    cast.position.refresh_from_db()
    assert (cast.position.title, cast.position.state, cast.position.replies_by) == ("Adviser", "closed", cast.rafael)
    client.post(url(cast, "positions-reopen", id_))
    cast.position.refresh_from_db()
    assert cast.position.state == "open"


@pytest.mark.parametrize("name", ["positions-edit", "stages-list", "positions-close"])
def test_others_do_not_even_learn_that_it_exists(cast: Cast, name: str) -> None:
    foreign = make_position(cast.cleo, "Theirs")
    method = "post" if name.endswith("close") else "get"
    assert getattr(signed_in(cast.ada), method)(url(cast, name, foreign.id)).status_code == 404
    assert getattr(signed_in(cast.cleo), method)(url(cast, name, cast.position.id)).status_code == 404


def test_raters_see_no_list_of_positions_and_auditors_change_nothing(cast: Cast) -> None:
    assert signed_in(cast.bo).get(url(cast, "positions-list")).status_code == 403
    auditor = signed_in(cast.audrey)
    assert auditor.get(url(cast, "positions-list")).status_code == 200
    page = auditor.get(url(cast, "stages-list", cast.position.id)).content.decode()
    assert "Add a step" not in page and "Close the position" not in page
    assert auditor.post(url(cast, "positions-close", cast.position.id)).status_code == 403
