"""Figures of agreement as words and as numbers of two digits. The words belong to an interval, not to its middle."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bothways.review.agreement.figures import FEWEST, Figure, Reason
from bothways.review.agreement.raters_needed import WANTED, raters_needed

Band = tuple[float, str | Promise]

KOO_AND_LI: Sequence[Band] = (
    (0.9, gettext_lazy("excellent")),
    (0.75, gettext_lazy("good")),
    (0.5, gettext_lazy("moderate")),
    (float("-inf"), gettext_lazy("poor")),
)
"""Koo & Li (2016), Journal of Chiropractic Medicine 15, 155–163: of the 95 % interval of an intraclass correlation."""

KRIPPENDORFF: Sequence[Band] = (
    (0.8, gettext_lazy("good enough to rely on")),
    (0.667, gettext_lazy("for tentative conclusions")),
    (float("-inf"), gettext_lazy("too low to rely on")),
)
"""Krippendorff (2004), Human Communication Research 30, 411–433; here of the lower end of the interval."""

MOST_RATERS = 20
"""Nobody plans for more. The formula is not to be trusted so far from what was measured, either."""


def rounded(value: float, digits: int) -> str:
    """As people of this language write it. Django's own formatting cuts digits off, it does not round."""
    return number_format(Decimal(f"{value:.{digits}f}"), digits)


def number(value: float) -> str:
    """Two digits. Below zero raters agree less than by chance, and how far says nothing."""
    return _("below 0") if round(value, 2) < 0 else rounded(abs(value), 2)


def interval_words(figure: Figure) -> str:
    """As "0.41 to 0.77"."""
    if figure.low is None or figure.high is None:
        return _("no interval: too little differs")
    return _("%(low)s to %(high)s") % {"low": number(figure.low), "high": number(figure.high)}


def icc_words(figure: Figure) -> str:
    """As "moderate to good": the bands of the two ends."""
    if figure.value is None:
        return ""
    low = _band(KOO_AND_LI, figure.value if figure.low is None else figure.low)
    high = _band(KOO_AND_LI, figure.value if figure.high is None else figure.high)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def alpha_words(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return _band(KRIPPENDORFF, figure.value if figure.low is None else figure.low)


def needed_words(figure: Figure) -> str:
    """How many raters would reach `WANTED`, from the ICC(1,1), with what its interval leaves open."""
    if figure.value is None:
        return ""
    needed = raters_needed(figure.value)
    if needed is None:
        return _("More raters would not help: they agree no better than by chance.")
    likely = _raters(needed)
    if figure.low is None or figure.high is None:
        return likely
    fewest, most = raters_needed(figure.high), raters_needed(figure.low)
    if fewest == most:
        return likely
    if most is None or most > MOST_RATERS:
        return _("%(likely)s; it may be %(fewest)s, or more than %(most)s") % {
            "likely": likely,
            "fewest": fewest,
            "most": MOST_RATERS,
        }
    return _("%(likely)s; it may be from %(fewest)s to %(most)s") % {"likely": likely, "fewest": fewest, "most": most}


def reason_words(reason: Reason, targets: int) -> str:
    """Why there is no number, for a person."""
    if reason == Reason.NOT_TWICE:
        return _("Nothing here has two ratings yet, so nothing can be said.")
    if reason == Reason.TOO_FEW:
        return ngettext(
            "Too few to judge: only one has two ratings, and %(fewest)s are the least.",
            "Too few to judge: %(targets)s have two ratings, and %(fewest)s are the least.",
            targets,
        ) % {"targets": targets, "fewest": FEWEST}
    if reason == Reason.ALL_THE_SAME:
        return _("Every rating is the same. It looks like agreement, but it cannot be told from habit.")
    if reason == Reason.TARGETS_ALIKE:
        return _("Candidates got the same means, so there is no difference to be sure of.")
    return _("No two raters have %(fewest)s candidates in common.") % {"fewest": FEWEST}


def wanted() -> str:
    return rounded(WANTED, 1)


def _raters(needed: int) -> str:
    if needed > MOST_RATERS:
        return _("more than %(most)s raters") % {"most": MOST_RATERS}
    return ngettext("%(needed)s rater", "%(needed)s raters", needed) % {"needed": needed}


def _band(bands: Sequence[Band], value: float) -> str:
    return next(str(words) for least, words in bands if value >= least)
