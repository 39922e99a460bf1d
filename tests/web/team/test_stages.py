"""The steps of a position in the page."""

import pytest

from bothways.positions.models import Stage
from tests.factories import Cast, make_interview
from tests.factories.preparing import make_draft
from tests.web.team.preparing import signed_in, url


def given(cast: Cast, **changes: object) -> dict[str, object]:
    usual = {
        "name": "First talk",
        "kind": "recorded",
        "kit": str(cast.kit_version.kit_id),
        "window_days": "7",
        "reply_days": "10",
        "raters_wanted": "2",
        "blind_level": "identity",
        "reviewers": [str(cast.bo.id), str(cast.ines.id)],
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def test_a_step_is_added_and_shown(cast: Cast) -> None:
    client = signed_in(cast.rafael)
    answer = client.post(url(cast, "stages-new", cast.position.id), given(cast), follow=True)
    page = answer.content.decode()
    assert "First talk" in page and "Inês Carvalho" in page and "7 days to answer" in page
    assert cast.position.stages.count() == 2


def test_a_worse_rule_asks_for_a_reason_beside_the_field(cast: Cast) -> None:
    client, address = signed_in(cast.ada), url(cast, "stages-edit", cast.stage.id)
    answer = client.post(address, given(cast, window_days="3"))
    assert answer.status_code == 422 and "Write one sentence that says why" in answer.content.decode()
    client.post(address, given(cast, window_days="3", reason="They start on Monday."))
    cast.stage.refresh_from_db()
    assert (cast.stage.window_days, cast.stage.reason) == (3, "They start on Monday.")
    assert "They start on Monday." in client.get(url(cast, "stages-list", cast.position.id)).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"window_days": "2"},
        {"window_days": "1e9"},
        {"reply_days": "21"},
        {"raters_wanted": "0"},
        {"kind": "tarot"},
        {"kit": "00000000-0000-0000-0000-000000000000"},
        {"reviewers": ["x"]},
        {"name": None},
    ],
)
def test_wrong_input_changes_nothing(cast: Cast, changes: dict[str, object]) -> None:
    changes = {"reason": "Because.", **changes}
    answer = signed_in(cast.ada).post(url(cast, "stages-edit", cast.stage.id), given(cast, **changes))
    assert answer.status_code == 422
    assert Stage.objects.get(id=cast.stage.id).name == "Recorded interview"


def test_kits_and_members_of_others_cannot_be_chosen(cast: Cast) -> None:
    client, address = signed_in(cast.ada), url(cast, "stages-edit", cast.stage.id)
    theirs = make_draft(cast.cleo).kit
    assert client.post(address, given(cast, kit=str(theirs.id))).status_code == 422
    for member in (cast.cleo, cast.audrey):
        assert client.post(address, given(cast, reviewers=[str(member.id)])).status_code == 422


def test_a_step_in_use_says_why_it_stays(cast: Cast) -> None:
    make_interview(cast.stage, cast.kit_version)
    client, address = signed_in(cast.ada), url(cast, "stages-edit", cast.stage.id)
    assert "People are in this step already" in client.get(address).content.decode()
    answer = client.post(address, given(cast, kit=str(make_draft(cast.ada).kit_id)))
    assert answer.status_code == 422 and "Everybody in it meets the same kit" in answer.content.decode()
    page = client.post(url(cast, "stages-remove", cast.stage.id), follow=True).content.decode()
    assert "People are or were in this step" in page


def test_steps_are_moved_and_removed_by_buttons(cast: Cast) -> None:
    client = signed_in(cast.rafael)
    client.post(url(cast, "stages-new", cast.position.id), given(cast, kind="live"))
    second = cast.position.stages.get(place=2)
    client.post(url(cast, "stages-move", second.id), {"to": "up"})
    second.refresh_from_db()
    assert second.place == 1 and second.kit == cast.kit_version.kit
    client.post(url(cast, "stages-remove", second.id))
    assert [stage.id for stage in cast.position.stages.all()] == [cast.stage.id]


def test_others_get_404_and_raters_403(cast: Cast) -> None:
    for name, id_ in (("stages-edit", cast.stage.id), ("stages-new", cast.position.id)):
        assert signed_in(cast.cleo).get(url(cast, name, id_)).status_code == 404
        assert signed_in(cast.bo).get(url(cast, name, id_)).status_code == 403
        assert signed_in(cast.audrey).get(url(cast, name, id_)).status_code == 403
