"""Which kit version people in a step meet."""

from bothways.interviews.actions.invitations import invite
from bothways.interviews.queries.inviting import version_of
from bothways.kits.actions.versions import publish, start_draft
from bothways.kits.queries.versions import current_version
from bothways.positions.actions.stages import Rules, add_stage
from tests.factories import Cast


def test_everybody_in_a_step_meets_the_version_of_the_first(cast: Cast) -> None:
    actor, kit = cast.actor(cast.rafael), cast.kit_version.kit
    first = invite(actor=actor, stage=cast.stage, name="Dee Okafor", email="dee@example.net")
    newer = publish(actor=actor, version=start_draft(actor=actor, kit=kit))
    second = invite(actor=actor, stage=cast.stage, name="Ed Moss", email="ed@example.net")
    assert current_version(kit) == newer
    assert first.kit_version == second.kit_version == version_of(cast.stage) == cast.kit_version
    later = add_stage(
        actor=actor, position=cast.position, rules=Rules(name="Second round", kit=kit), reviewers=[cast.bo]
    )
    third = invite(actor=actor, stage=later, name="Ann Lee", email="ann@example.net")
    assert third.kit_version == newer


def test_until_somebody_is_invited_a_step_has_the_current_version(cast: Cast) -> None:
    actor, kit = cast.actor(cast.rafael), cast.kit_version.kit
    newer = publish(actor=actor, version=start_draft(actor=actor, kit=kit))
    assert version_of(cast.stage) == newer
