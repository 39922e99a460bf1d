"""One rater's numbers in words. They describe; what follows from them is for people to talk about."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.review.agreement.drift import FEWEST, Drift
from bothways.web.team.agreement_words import rounded

CLOSE = 0.25
"""Points of the scale within which a difference of means is not worth words."""

AS_ONE = 0.8
"""Questions that correlate more than this may all say the same (Saal, Downey & Lahey 1980 on halo)."""

NARROW = 0.5
"""A standard deviation below this uses little more than one rung of the scale."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often one value was given; `label` names it, `width` is its bar in percent of the row."""

    label: str
    count: int
    percent: str
    width: str


def shares(drift: Drift) -> list[Share]:
    """From 5 down to 1, then "not enough evidence". Empty under ten ratings."""
    total = drift.numbers + drift.unsure
    if total < FEWEST:
        return []
    counted = [(str(value), drift.shares[value - 1]) for value in (5, 4, 3, 2, 1)]
    rows = [*counted, (_("Not enough evidence"), drift.unsure)]
    return [
        Share(
            label,
            count,
            _("%(percent)s %%") % {"percent": rounded(100 * count / total, 0)},
            f"{100 * count / total:.1f}%",
        )
        for label, count in rows
    ]


def scale_words(drift: Drift) -> str:
    if drift.mean is None or drift.spread is None:
        return _too_few(drift.numbers)
    said = _("%(mean)s on average, with a standard deviation of %(spread)s.") % {
        "mean": rounded(drift.mean, 1),
        "spread": rounded(drift.spread, 1),
    }
    if drift.spread >= NARROW:
        return said
    return f"{said} {_('Nearly all ratings stand on one rung, so they hardly tell candidates apart.')}"


def others_words(drift: Drift) -> str:
    """As "Harder than others on the same answers by 0.4 points"."""
    if drift.harder_by is None:
        return ngettext(
            "Too few to judge: %(many)s answer was rated by others, too, and %(fewest)s are the least.",
            "Too few to judge: %(many)s answers were rated by others, too, and %(fewest)s are the least.",
            drift.shared,
        ) % {"many": drift.shared, "fewest": FEWEST}
    facts = {"points": rounded(abs(drift.harder_by), 1), "many": drift.shared}
    if abs(drift.harder_by) < CLOSE:
        return _("About as hard as others, on %(many)s answers that others rated, too.") % facts
    if drift.harder_by > 0:
        return _("Harder than others on the same answers by %(points)s points, on %(many)s answers.") % facts
    return _("Milder than others on the same answers by %(points)s points, on %(many)s answers.") % facts


def halo_words(drift: Drift) -> str:
    if drift.within is None:
        return ngettext(
            "Too few to judge: %(many)s interview has two numbers or more, and %(fewest)s are the least.",
            "Too few to judge: %(many)s interviews have two numbers or more, and %(fewest)s are the least.",
            drift.interviews,
        ) % {"many": drift.interviews, "fewest": FEWEST}
    said = _("Within one interview the numbers have a standard deviation of %(within)s on average.") % {
        "within": rounded(drift.within, 1)
    }
    if drift.together is None:
        return f"{said} {_('How far the questions move together cannot be told.')}"
    together = _("Two questions correlate at %(together)s on average.") % {"together": rounded(drift.together, 2)}
    if drift.together <= AS_ONE:
        return f"{said} {together}"
    warned = _("That is a lot: one impression may color all answers, or the questions ask for the same thing.")
    return f"{said} {together} {warned}"


def order_words(drift: Drift) -> str:
    if drift.first_third is None or drift.last_third is None:
        return _("Too few to judge: not enough interviews were rated one after another.")
    facts = {"first": rounded(drift.first_third, 1), "last": rounded(drift.last_third, 1)}
    said = _("Of what was rated in one go, the first third got %(first)s on average, the last third %(last)s.") % facts
    if abs(drift.first_third - drift.last_third) < CLOSE:
        return said
    return f"{said} {_('That can be the candidates, and it can be a long day. A pause after an hour helps.')}"


def _too_few(many: int) -> str:
    return ngettext(
        "Too few to judge: %(many)s rating with a number, and %(fewest)s are the least.",
        "Too few to judge: %(many)s ratings with a number, and %(fewest)s are the least.",
        many,
    ) % {"many": many, "fewest": FEWEST}
