"""What calibration says to people: how far apart two ratings are, and what a run comes to. Words, no scores."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.kits.models import Question
from bothways.review.calibration import ANSWERS, MOST_BIAS, MOST_DIFFERENCE, Verdict
from bothways.web.team.ladder import Rung, rungs


def apart_words(own: int | None, lead: int) -> str:
    """The own rating beside the lead's. None is "not enough evidence"."""
    given = {"own": own, "lead": lead}
    if own is None:
        return _("You found not enough evidence, the lead gave %(lead)d.") % given
    if own == lead:
        return _("You gave %(own)d, and so did the lead.") % given
    steps = abs(own - lead)
    if own > lead:
        words = ngettext(
            "You gave %(own)d, the lead gave %(lead)d: %(steps)d step higher.",
            "You gave %(own)d, the lead gave %(lead)d: %(steps)d steps higher.",
            steps,
        )
    else:
        words = ngettext(
            "You gave %(own)d, the lead gave %(lead)d: %(steps)d step lower.",
            "You gave %(own)d, the lead gave %(lead)d: %(steps)d steps lower.",
            steps,
        )
    return words % {**given, "steps": steps}


def fitting_anchors(question: Question, value: int) -> list[Rung]:
    """The anchor of the lead's rating; the two that it lies between where it has none of its own."""
    near = {value} if value in (1, 3, 5) else {value - 1, value + 1}
    return [rung for rung in rungs(question, value) if rung.value in near]


def verdict_words(found: Verdict) -> list[str]:
    """What was close enough and what was not, in sentences."""
    missing = ANSWERS - found.numbers
    said = []
    if missing > 0:
        said.append(
            ngettext(
                "In %(n)d answer you found not enough evidence where the lead did. %(wanted)d numbers are needed.",
                "In %(n)d answers you found not enough evidence where the lead did. %(wanted)d numbers are needed.",
                missing,
            )
            % {"n": missing, "wanted": ANSWERS}
        )
    if found.difference is None or found.bias is None:
        return said
    if found.difference > MOST_DIFFERENCE:
        said.append(_("Your ratings lie more than one step from the lead’s, on average."))
    elif found.difference:
        said.append(_("Your ratings lie close to the lead’s, within one step on average."))
    else:
        said.append(_("You gave what the lead gave."))
    said.append(_bias_words(found))
    return [words for words in said if words]


def _bias_words(found: Verdict) -> str:
    bias = found.bias or 0
    if bias > MOST_BIAS:
        return _("You tend to rate higher than the lead.")
    if bias < -MOST_BIAS:
        return _("You tend to rate lower than the lead.")
    if bias > 0:
        return _("You tend to rate a little higher, which is close enough.")
    if bias < 0:
        return _("You tend to rate a little lower, which is close enough.")
    return "" if not found.difference else _("You are as often higher as lower.")
