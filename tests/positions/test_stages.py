"""The steps of a position: their order, their rules, who watches."""

from dataclasses import replace

import pytest

from bothways.accounts.models import Member
from bothways.kits.models import Kit
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.actions.stages import (
    MOST_STAGES,
    Rules,
    add_stage,
    edit_stage,
    move_stage,
    remove_stage,
    use_kit,
)
from bothways.positions.models import Stage, StageKind
from tests.factories import Cast, make_interview, make_kit_version

USUAL = Rules(name="Recorded interview")


def names(cast: Cast) -> list[tuple[int, str]]:
    return list(cast.position.stages.order_by("place").values_list("place", "name"))


def test_a_step_has_the_usual_rules_unless_told_otherwise(cast: Cast) -> None:
    stage = add_stage(actor=cast.actor(cast.rafael), position=cast.position, rules=USUAL, reviewers=[cast.bo])
    assert (stage.place, stage.window_days, stage.reply_days, stage.raters_wanted) == (2, 7, 10, 2)
    assert stage.is_blind and not stage.is_worse_than_default
    assert [reviewer.member for reviewer in stage.reviewers.all()] == [cast.bo]


@pytest.mark.parametrize(
    "worse",
    [{"window_days": 6}, {"reply_days": 11}, {"raters_wanted": 1}, {"blind_level": "nothing"}, {"watched_share": 49}],
)
def test_less_than_usual_needs_a_reason(cast: Cast, worse: dict) -> None:
    actor, rules = cast.actor(cast.ada), replace(USUAL, **worse)
    with pytest.raises(Refused, match="reason_missing"):
        add_stage(actor=actor, position=cast.position, rules=rules)
    assert (
        add_stage(actor=actor, position=cast.position, rules=replace(rules, reason="We hurry.")).reason == "We hurry."
    )


@pytest.mark.parametrize(
    "better",
    [{"window_days": 14}, {"reply_days": 5}, {"raters_wanted": 3}, {"blind_level": "voice"}, {"watched_share": 90}],
)
def test_more_than_usual_needs_none(cast: Cast, better: dict) -> None:
    assert add_stage(actor=cast.actor(cast.ada), position=cast.position, rules=replace(USUAL, **better)).place == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"window_days": 2}, "stage_invalid"),
        ({"window_days": 61}, "stage_invalid"),
        ({"reply_days": 0}, "stage_invalid"),
        ({"reply_days": 21}, "stage_invalid"),
        ({"raters_wanted": 0}, "stage_invalid"),
        ({"raters_wanted": 6}, "stage_invalid"),
        ({"watched_share": 101}, "stage_invalid"),
        ({"kind": "tarot"}, "stage_invalid"),
        ({"name": " "}, "stage_invalid"),
        ({"name": "x" * 81}, "too_long"),
        ({"window_days": -1}, "stage_invalid"),
    ],
)
def test_rules_out_of_bounds_are_refused_with_or_without_a_reason(cast: Cast, wrong: dict, code: str) -> None:
    with pytest.raises(Refused, match=code):
        add_stage(actor=cast.actor(cast.ada), position=cast.position, rules=replace(USUAL, reason="Because.", **wrong))
    assert cast.position.stages.count() == 1


def test_a_live_step_asks_the_questions_of_its_kit_and_is_only_named_without_one(cast: Cast) -> None:
    rules = Rules(name="A talk", kind=StageKind.LIVE, kit=cast.kit_version.kit)
    stage = add_stage(actor=cast.actor(cast.ada), position=cast.position, rules=rules)
    assert (stage.kit, stage.takes_people) == (cast.kit_version.kit, True)
    named = add_stage(actor=cast.actor(cast.ada), position=cast.position, rules=replace(rules, kit=None))
    assert not named.takes_people


def test_whoever_watches_is_an_active_member_who_rates(cast: Cast) -> None:
    Member.objects.filter(id=cast.ines.id).update(is_active=False)
    for member in (cast.audrey, cast.cleo, Member.objects.get(id=cast.ines.id)):
        with pytest.raises(Refused, match="not_a_reviewer"):
            edit_stage(actor=cast.actor(cast.ada), stage=cast.stage, rules=_rules(cast.stage), reviewers=[member])


def test_reviewers_are_replaced_not_piled_up(cast: Cast) -> None:
    before = cast.stage.reviewers.get(member=cast.bo).id
    edit_stage(actor=cast.actor(cast.ada), stage=cast.stage, rules=_rules(cast.stage), reviewers=[cast.bo, cast.rafael])
    assert set(cast.stage.reviewers.values_list("member_id", flat=True)) == {cast.bo.id, cast.rafael.id}
    assert cast.stage.reviewers.get(member=cast.bo).id == before


def test_what_people_have_met_does_not_change_under_them(cast: Cast) -> None:
    other = make_kit_version(cast.ada).kit
    make_interview(cast.stage, cast.kit_version)
    actor, rules = cast.actor(cast.ada), _rules(cast.stage)
    for change in ({"kit": other}, {"blind_level": "nothing", "reason": "Why."}, {"kind": StageKind.LIVE}):
        with pytest.raises(Refused, match="stage_in_use"):
            edit_stage(actor=actor, stage=cast.stage, rules=replace(rules, **change), reviewers=[cast.bo])
    with pytest.raises(Refused, match="stage_in_use"):
        use_kit(actor=actor, stage=cast.stage, kit=other)
    with pytest.raises(Refused, match="stage_in_use"):
        remove_stage(actor=actor, stage=cast.stage)
    changed = edit_stage(actor=actor, stage=cast.stage, rules=replace(rules, window_days=14), reviewers=[cast.bo])
    assert changed.window_days == 14


def test_steps_move_and_go_and_the_places_stay_without_gaps(cast: Cast) -> None:
    actor = cast.actor(cast.ada)
    two, three = (
        add_stage(actor=actor, position=cast.position, rules=Rules(name=name, kind=StageKind.LIVE))
        for name in ("two", "three")
    )
    move_stage(actor=actor, stage=three, by=-1)
    assert names(cast) == [(1, "Recorded interview"), (2, "three"), (3, "two")]
    move_stage(actor=actor, stage=three, by=-9)
    remove_stage(actor=actor, stage=cast.stage)
    assert names(cast) == [(1, "three"), (2, "two")]
    remove_stage(actor=actor, stage=two)
    with pytest.raises(Refused, match="only_stage"):
        remove_stage(actor=actor, stage=three)


def test_the_order_stays_once_people_are_on_their_way(cast: Cast) -> None:
    actor = cast.actor(cast.ada)
    two, three = (
        add_stage(actor=actor, position=cast.position, rules=Rules(name=name, kind=StageKind.LIVE))
        for name in ("two", "three")
    )
    make_interview(cast.stage, cast.kit_version)
    with pytest.raises(Refused, match="stage_in_use"):
        move_stage(actor=actor, stage=two, by=-1)
    move_stage(actor=actor, stage=three, by=-1)
    assert [name for _, name in names(cast)] == ["Recorded interview", "three", "two"]


def test_there_is_an_end_to_steps(cast: Cast) -> None:
    actor = cast.actor(cast.ada)
    for _ in range(MOST_STAGES - 1):
        add_stage(actor=actor, position=cast.position, rules=USUAL)
    with pytest.raises(Refused, match="stages_too_many"):
        add_stage(actor=actor, position=cast.position, rules=USUAL)


def test_a_kit_of_another_organization_is_not_used(cast: Cast) -> None:
    theirs = Kit.objects.create(organization=cast.other_organization, name="Theirs")
    with pytest.raises(Refused, match="not_your_kit"):
        use_kit(actor=cast.actor(cast.ada), stage=cast.stage, kit=theirs)
    with pytest.raises(Refused, match="not_your_kit"):
        add_stage(actor=cast.actor(cast.ada), position=cast.position, rules=replace(USUAL, kit=theirs))


def test_only_owners_and_recruiters_of_the_organization_change_steps(cast: Cast) -> None:
    for member in (cast.bo, cast.audrey, cast.cleo):
        actor = cast.actor(member)
        for change in (
            lambda actor=actor: add_stage(actor=actor, position=cast.position, rules=USUAL),
            lambda actor=actor: edit_stage(actor=actor, stage=cast.stage, rules=USUAL, reviewers=[]),
            lambda actor=actor: move_stage(actor=actor, stage=cast.stage, by=1),
            lambda actor=actor: remove_stage(actor=actor, stage=cast.stage),
        ):
            with pytest.raises(NotAllowed):
                change()


def _rules(stage: Stage) -> Rules:
    return Rules(
        name=stage.name,
        kind=stage.kind,
        kit=stage.kit,
        window_days=stage.window_days,
        reply_days=stage.reply_days,
        raters_wanted=stage.raters_wanted,
        blind_level=stage.blind_level,
        reason=stage.reason,
    )
