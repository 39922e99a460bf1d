"""One line for each position in the list, and what of it needs somebody today."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bothways.accounts.models import Member
from bothways.kits.models import Kit, KitVersion
from bothways.positions.models import Position, Stage, StageKind
from bothways.review.queries.standing import Standing


@dataclass(frozen=True, slots=True)
class PositionLine:
    """`waiting_for` is the first recorded step that nobody can be invited to, because its kit is missing or a draft;
    `is_near`: whoever answers for the next promise was reminded of it."""

    position: Position
    standing: Standing
    stages: Sequence[Stage]
    team: Sequence[Member]
    waiting_for: Stage | None
    is_near: bool

    @property
    def is_held(self) -> bool:
        """Nobody new is invited, because a promised reply is late."""
        return self.position.invitations_held_at is not None

    @property
    def kit_to_finish(self) -> Kit | None:
        return self.waiting_for.kit if self.waiting_for else None


def lines_of(
    positions: Sequence[Position],
    standing: Mapping[UUID, Standing],
    usable: Mapping[UUID, KitVersion],
    near_until: dt.date,
) -> list[PositionLine]:
    """Positions with their steps and reviewers loaded become lines; promises up to `near_until` are near. Asks the
    database nothing."""
    return [_line(position, standing.get(position.id, Standing()), usable, near_until) for position in positions]


def attention(lines: Sequence[PositionLine]) -> list[PositionLine]:
    """The lines that need somebody: a promise that was not kept or is near and not decided, a kit not published."""
    held = [line for line in lines if line.is_held]
    near = sorted((line for line in lines if line.is_near and not line.is_held), key=_promise)
    return held + near + [line for line in lines if line.waiting_for and not line.is_near and not line.is_held]


def _promise(line: PositionLine) -> dt.date:
    return line.standing.next_promise or dt.date.max


def _line(
    position: Position, standing: Standing, usable: Mapping[UUID, KitVersion], near_until: dt.date
) -> PositionLine:
    stages = list(position.stages.all())
    team = {reviewer.member_id: reviewer.member for stage in stages for reviewer in stage.reviewers.all()}
    first = next((stage for stage in stages if stage.kind == StageKind.RECORDED), None)
    lacks_kit = first is not None and first.kit_id not in usable
    promise = standing.next_promise
    return PositionLine(
        position=position,
        standing=standing,
        stages=stages,
        team=list(team.values()),
        waiting_for=first if lacks_kit else None,
        is_near=promise is not None and promise <= near_until,
    )
