"""What a question consists of: checked and put onto a row of a kit version or of the library alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bothways.accounts.models import Member
from bothways.kits.actions.competencies import named_competency
from bothways.kits.models import AnswerKind, AskedQuestion
from bothways.kits.models.question import ANSWER_LIMIT_S, LONGEST_OPTION, MOST_OPTIONS, TAKES
from bothways.lib.errors import Refused
from bothways.lib.lengths import require_lengths

_COPIED = tuple(
    field.name for field in AskedQuestion._meta.fields if field.name not in ("id", "organization", "created_at")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question as a person writes it. `competency` is a name; one that the organization has already is reused.

    Times are in seconds; `think_limit_s` None means as long as the candidate likes. Everything but the limits may be
    empty while the kit is a draft.
    """

    text: str = ""
    asker: Member | None = None
    competency: str = ""
    anchor_1: str = ""
    anchor_3: str = ""
    anchor_5: str = ""
    think_limit_s: int | None = None
    answer_limit_s: int = ANSWER_LIMIT_S
    takes_allowed: int = TAKES
    reason: str = ""
    no_prompt_reason: str = ""
    answer_kind: str = AnswerKind.RECORDED
    options: Sequence[str] = ()
    picks_several: bool = False
    unit: str = ""
    number_min: Decimal | None = None
    number_max: Decimal | None = None
    files_most: int = 1


def put_onto(row: AskedQuestion, wording: Wording) -> None:
    """Set the columns of a row that is then saved. A prompt stays as it is.

    Raises:
        Refused: `not_a_member` for an asker of another organization, `question_invalid` for a limit out of bounds,
            `too_long`, `options_too_many`.
    """
    if wording.asker is not None and wording.asker.organization_id != row.organization_id:
        raise Refused("not_a_member", _("Who asks must be a member of your organization."))
    row.text, row.asker = wording.text.strip(), wording.asker
    row.competency = named_competency(row.organization, wording.competency)
    row.anchor_1, row.anchor_3, row.anchor_5 = (
        anchor.strip() for anchor in (wording.anchor_1, wording.anchor_3, wording.anchor_5)
    )
    row.think_limit_s, row.answer_limit_s = wording.think_limit_s, wording.answer_limit_s
    row.takes_allowed = wording.takes_allowed
    row.reason, row.no_prompt_reason = wording.reason.strip(), wording.no_prompt_reason.strip()
    row.answer_kind, row.options = wording.answer_kind, _checked_options(wording.options)
    row.picks_several, row.unit = wording.picks_several, " ".join(wording.unit.split())
    row.number_min, row.number_max = wording.number_min, wording.number_max
    row.files_most = wording.files_most
    require_lengths(row)
    try:
        row.clean_fields(exclude={"organization", "asker", "prompt", "captions", "sign", "competency", "kit_version"})
    except ValidationError as error:
        raise Refused("question_invalid", " ".join(error.messages)) from error


def _checked_options(options: Sequence[str]) -> list[str]:
    """Each on one line, none empty. How many there must be is asked when the kit is published."""
    found = [line for option in options if (line := " ".join(option.split()))]
    if len(found) > MOST_OPTIONS:
        words = _("%(most)d options are the most. Leave out what few would choose.")
        raise Refused("options_too_many", words % {"most": MOST_OPTIONS})
    if any(len(option) > LONGEST_OPTION for option in found):
        words = _("An option is too long. %(most)d characters are the most.")
        raise Refused("too_long", words % {"most": LONGEST_OPTION})
    return found


def copied(row: AskedQuestion) -> dict[str, Any]:
    """The columns that make a question the same question somewhere else, its prompt included."""
    return {name: getattr(row, name) for name in _COPIED}
