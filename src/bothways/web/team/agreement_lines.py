"""What the page of agreement shows: one line for the whole kit, for each question and for each two raters."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.review.agreement.figures import Figure, Figures
from bothways.web.team.agreement_words import alpha_words, icc_words, interval_words, needed_words, number, reason_words

_FIRST_PERCENT, _LAST_PERCENT = 2, 98


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure under its `name`: number, interval and what it means; or only the words why there is no number.

    `dot` and `ends` are places on the line from 0 to 1, in percent.
    """

    name: str
    technical: str
    number: str
    interval: str
    words: str
    dot: str = ""
    ends: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """All figures of one thing. With `words` there are none. `rated` says how many were rated twice."""

    figures: tuple[Shown, ...]
    words: str
    rated: str
    needed: str


def line_of(figures: Figures) -> Line:
    rated = ngettext("%(many)s rated twice or more", "%(many)s rated twice or more", figures.targets) % {
        "many": figures.targets
    }
    if figures.reason is not None:
        return Line((), reason_words(figures.reason, figures.targets), rated, "")
    shown = (
        _shown(_("All ratings, with their gaps"), _("Krippendorff’s alpha, ordinal"), figures.alpha, alpha_words),
        _shown(_("One rating, by whomever"), "ICC(1,1)", figures.icc_1_1, icc_words),
        _shown(_mean(figures.icc_1_k), _technical("ICC(1,%(k)s)", figures.icc_1_k), figures.icc_1_k, icc_words),
        _shown(_("One rating, the same raters throughout"), "ICC(2,1)", figures.icc_2_1, icc_words),
        _shown(_same_mean(figures.icc_2_k), _technical("ICC(2,%(k)s)", figures.icc_2_k), figures.icc_2_k, icc_words),
    )
    return Line(shown, "", rated, needed_words(figures.icc_1_1))


def _shown(name: str, technical: str, figure: Figure, words: Callable[[Figure], str]) -> Shown:
    if figure.value is None:
        return Shown(name, technical, "", "", reason_words(figure.reason, figure.targets) if figure.reason else "")
    ends = (_percent(figure.low), _percent(figure.high)) if figure.low is not None and figure.high is not None else None
    return Shown(
        name, technical, number(figure.value), interval_words(figure), words(figure), _percent(figure.value), ends
    )


def _mean(figure: Figure) -> str:
    return ngettext(
        "The mean of %(many)s rating, by whomever", "The mean of %(many)s ratings, by whomever", figure.raters
    ) % {"many": figure.raters}


def _same_mean(figure: Figure) -> str:
    if figure.value is None:
        return _("The mean, the same raters throughout")
    return ngettext(
        "The mean of %(many)s rater, the same throughout",
        "The mean of %(many)s raters, the same throughout",
        figure.raters,
    ) % {"many": figure.raters}


def _technical(name: str, figure: Figure) -> str:
    return name % {"k": "k" if figure.value is None else figure.raters}


def _percent(value: float) -> str:
    within = min(1.0, max(0.0, value))
    return f"{_FIRST_PERCENT + within * (_LAST_PERCENT - _FIRST_PERCENT):.1f}%"
