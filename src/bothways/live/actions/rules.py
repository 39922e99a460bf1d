"""How live interviews of a stage are held."""

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths
from bothways.live.models import Hosting, LiveRules, Place
from bothways.live.models.rules import MINUTES
from bothways.positions.models import Stage
from bothways.positions.policies import may_change_position


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """`instead` is for a recorded stage only: whether its candidates may choose to talk."""

    minutes: int = MINUTES
    hosting: str = Hosting.ANY
    place: str = Place.ROOM
    directions: str = ""
    instead: bool = False
    asks_to_record: bool = False
    shows_questions: bool = True


@transaction.atomic
def set_rules(*, actor: Actor, stage: Stage, holding: Holding) -> LiveRules:
    """Set how the talks of a stage are held. Talks that are booked keep their length and place.

    Raises:
        NotAllowed, Refused: `directions_missing` for a place nobody could find, `rules_invalid`.
    """
    require(may_change_position(actor, stage), _("Your role does not include setting up positions."))
    rules = LiveRules.objects.select_for_update().filter(stage=stage).first()
    rules = rules or LiveRules(organization=stage.organization, stage=stage)
    for name, value in asdict(holding).items():
        setattr(rules, name, value)
    rules.directions = holding.directions.strip()
    if rules.place == Place.SITE and not rules.directions:
        raise Refused("directions_missing", _("Write where the talk is held and how to get there."))
    require_lengths(rules)
    try:
        rules.clean_fields(exclude={"organization", "stage"})
        rules.validate_constraints(exclude={"stage"})
    except ValidationError as error:
        raise Refused("rules_invalid", " ".join(error.messages)) from error
    rules.save()
    told = asdict(holding)
    record(organization=stage.organization, actor=actor, verb="stage.live_rules_changed", thing=stage, detail=told)
    return rules
