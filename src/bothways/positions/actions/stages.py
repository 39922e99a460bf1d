"""The steps of a position: what happens in each, under which rules, and who watches."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.kits.models import Kit
from bothways.lib.errors import Refused
from bothways.lib.lengths import require_lengths
from bothways.lib.signals import about_to_remove, raters_changed
from bothways.positions.actions.positions import require_change
from bothways.positions.models import Assigning, BlindLevel, Position, ReviewOrder, Stage, StageKind, StageReviewer
from bothways.positions.models.position import (
    MOST_RATERS_WANTED,
    RATERS_WANTED,
    RATING_DAYS,
    REPLY_DAYS,
    WATCHED_SHARE,
    WINDOW_DAYS,
)
from bothways.positions.policies import may_watch
from bothways.positions.queries.stages import is_in_use

MOST_STAGES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds in a stage. Days to answer are calendar days, days until the reply are working days.

    `watched_share` is in percent; 0 lets any number be invited whatever is unwatched.
    """

    name: str
    kind: str = StageKind.RECORDED
    kit: Kit | None = None
    window_days: int = WINDOW_DAYS
    reply_days: int = REPLY_DAYS
    raters_wanted: int = RATERS_WANTED
    blind_level: str = BlindLevel.IDENTITY
    review_order: str = ReviewOrder.QUESTIONS
    assignment: str = Assigning.EVERYBODY
    rating_days: int = RATING_DAYS
    watched_share: int = WATCHED_SHARE
    reason: str = ""


@transaction.atomic
def add_stage(*, actor: Actor, position: Position, rules: Rules, reviewers: Iterable[Member] = ()) -> Stage:
    """Add a step at the end."""
    require_change(actor, position)
    Position.objects.select_for_update().get(id=position.id)
    count = position.stages.count()
    if count >= MOST_STAGES:
        raise Refused("stages_too_many", _("%(most)d steps are the most.") % {"most": MOST_STAGES})
    stage = Stage(organization=position.organization, position=position, place=count + 1)
    _apply(stage, rules)
    stage.save()
    _set_reviewers(stage, reviewers)
    record(organization=stage.organization, actor=actor, verb="stage.added", thing=stage, detail=_told(stage))
    return stage


@transaction.atomic
def edit_stage(*, actor: Actor, stage: Stage, rules: Rules, reviewers: Iterable[Member]) -> Stage:
    """Change the rules of a step and who watches.

    Raises:
        Refused: `stage_in_use` where people are in it already and the kit, the kind or the blind level would change,
            because everybody in a stage meets the same; `reason_missing` for a default made worse without a reason;
            `stage_invalid` for a number out of bounds; `not_a_member`, `not_a_reviewer`.
    """
    require_change(actor, stage)
    held = Stage.objects.select_for_update().get(id=stage.id)
    fixed = (held.kind, held.kit_id, held.blind_level)
    _apply(held, rules)
    if (held.kind, held.kit_id, held.blind_level) != fixed and is_in_use(held):
        words = _("People are in this step already. Everybody in it meets the same kit under the same rules.")
        raise Refused("stage_in_use", words)
    held.save()
    _set_reviewers(held, reviewers)
    raters_changed.send(Stage, thing=held)
    record(organization=held.organization, actor=actor, verb="stage.changed", thing=held, detail=_told(held))
    return held


@transaction.atomic
def use_kit(*, actor: Actor, stage: Stage, kit: Kit) -> Stage:
    """Give a step its kit and leave everything else as it is.

    Raises:
        Refused: `stage_in_use` where people have met another kit in it, `not_your_kit`.
    """
    require_change(actor, stage)
    held = Stage.objects.select_for_update().get(id=stage.id)
    if kit.organization_id != held.organization_id:
        raise Refused("not_your_kit", _("This kit belongs to somebody else."))
    if held.kit_id != kit.id and is_in_use(held):
        raise Refused("stage_in_use", _("People are in this step already. Everybody in it meets the same kit."))
    _put_kit(held, kit)
    held.save(update_fields=["kit", "calibration"])
    record(organization=held.organization, actor=actor, verb="stage.changed", thing=held, detail=_told(held))
    return held


@transaction.atomic
def set_calibration(*, actor: Actor, stage: Stage, is_on: bool) -> Stage:
    """Let raters of a step calibrate before they rate, or not. Whether there is enough for it, `review` knows."""
    require_change(actor, stage)
    held = Stage.objects.select_for_update().get(id=stage.id)
    if held.calibration == is_on:
        return held
    held.calibration = is_on
    held.save(update_fields=["calibration"])
    record(organization=held.organization, actor=actor, verb="stage.changed", thing=held, detail=_told(held))
    return held


@transaction.atomic
def move_stage(*, actor: Actor, stage: Stage, by: int) -> Stage:
    """Move a step `by` places, negative towards the beginning. At either end it stays.

    Raises:
        Refused: `stage_in_use` once people are on their way through the position.
    """
    require_change(actor, stage)
    Position.objects.select_for_update().get(id=stage.position_id)
    ids = list(stage.position.stages.order_by("place").values_list("id", flat=True))
    place = ids.index(stage.id)
    target = max(0, min(place + by, len(ids) - 1))
    first = stage.position.stages.get(place=min(place, target) + 1)
    if target != place and is_in_use(first):
        raise Refused("stage_in_use", _("People are on their way through these steps, so their order stays."))
    ids.insert(target, ids.pop(place))
    _put_in_order(stage.position, ids)
    stage.refresh_from_db(fields=["place"])
    record(organization=stage.organization, actor=actor, verb="stage.moved", thing=stage, detail={"place": stage.place})
    return stage


@transaction.atomic
def remove_stage(*, actor: Actor, stage: Stage) -> None:
    """Take a step out.

    Raises:
        Refused: `stage_in_use` where anybody is or was in it, `only_stage` for the last one.
    """
    require_change(actor, stage)
    position = Position.objects.select_for_update().get(id=stage.position_id)
    if is_in_use(stage):
        raise Refused("stage_in_use", _("People are or were in this step, so it stays."))
    if position.stages.count() == 1:
        raise Refused("only_stage", _("A position needs at least one step."))
    about_to_remove.send(Stage, thing=stage)
    record(organization=stage.organization, actor=actor, verb="stage.removed", thing=stage, detail=_told(stage))
    Stage.objects.filter(id=stage.id).delete()
    _put_in_order(position, list(position.stages.order_by("place").values_list("id", flat=True)))


def _apply(stage: Stage, rules: Rules) -> None:
    if rules.kit is not None and rules.kit.organization_id != stage.organization_id:
        raise Refused("not_your_kit", _("This kit belongs to somebody else."))
    stage.name, stage.kind = " ".join(rules.name.split()), rules.kind
    _put_kit(stage, rules.kit)
    stage.window_days, stage.reply_days = rules.window_days, rules.reply_days
    stage.raters_wanted, stage.blind_level = rules.raters_wanted, rules.blind_level
    stage.review_order, stage.reason = rules.review_order, rules.reason.strip()
    stage.assignment, stage.rating_days = rules.assignment, rules.rating_days
    stage.watched_share = rules.watched_share
    if not 1 <= stage.raters_wanted <= MOST_RATERS_WANTED:
        words = _("Between 1 and %(most)d people can rate each answer.") % {"most": MOST_RATERS_WANTED}
        raise Refused("stage_invalid", words)
    require_lengths(stage)
    try:
        stage.clean_fields(exclude={"organization", "position", "kit"})
        stage.validate_constraints(exclude={"position", "place"})
    except ValidationError as error:
        raise Refused("stage_invalid", " ".join(error.messages)) from error
    if stage.is_worse_than_default and not stage.reason:
        words = _("Candidates get less than usual in this step. Write one sentence that says why.")
        raise Refused("reason_missing", words)


def _put_kit(stage: Stage, kit: Kit | None) -> None:
    """Gold answers belong to a kit: with another one, calibration is off until somebody turns it on again."""
    if stage.kit_id != (kit.id if kit else None):
        stage.calibration = False
    stage.kit = kit


def _set_reviewers(stage: Stage, reviewers: Iterable[Member]) -> None:
    wanted = {member.id: member for member in reviewers}
    if not all(may_watch(member, stage.organization) for member in wanted.values()):
        raise Refused("not_a_reviewer", _("Only owners, recruiters and reviewers of your organization can watch."))
    stage.reviewers.exclude(member_id__in=wanted).delete()
    there = set(stage.reviewers.values_list("member_id", flat=True))
    StageReviewer.objects.bulk_create(
        StageReviewer(organization=stage.organization, stage=stage, member=member)
        for member_id, member in wanted.items()
        if member_id not in there
    )


def _put_in_order(position: Position, ids: list) -> None:
    """Number the steps 1, 2, 3 … in this order. First out of the way, because no two may ever share a place."""
    position.stages.update(place=F("place") + 1000)
    for place, stage_id in enumerate(ids, start=1):
        Stage.objects.filter(id=stage_id).update(place=place)


def _told(stage: Stage) -> dict[str, object]:
    return {
        "position": stage.position_id,
        "place": stage.place,
        "kind": stage.kind,
        "kit": stage.kit_id,
        "window_days": stage.window_days,
        "reply_days": stage.reply_days,
        "raters_wanted": stage.raters_wanted,
        "blind_level": stage.blind_level,
        "review_order": stage.review_order,
        "assignment": stage.assignment,
        "rating_days": stage.rating_days,
        "watched_share": stage.watched_share,
        "calibration": stage.calibration,
        "reviewers": list(stage.reviewers.values_list("member_id", flat=True)),
    }
