"""How a question has worked, as the strip beside it says it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.interviews.models import StopReason
from bothways.kits.models import AskedQuestion, Kit
from bothways.review.agreement.figures import FEWEST
from bothways.review.agreement.quality import Quality
from bothways.review.policies import may_see_question_figures
from bothways.review.queries.question_figures import figures_by_question
from bothways.web.durations import duration_words
from bothways.web.team.agreement_words import icc_words, interval_words, number, reason_words, rounded
from bothways.web.team.drift_words import Share

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class QualityLine:
    """`short` says in one line what there is. `shares` is empty under ten ratings; what is not known is in words, too.

    `warning` asks to look at the anchors.
    """

    short: str
    warning: str
    versions: str
    shares: tuple[Share, ...]
    rated: str
    agreement: str
    time: str
    takes: str
    left: str
    reasons: tuple[tuple[str, int], ...]


def quality_lines(actor: Actor, kit: Kit, questions: Iterable[AskedQuestion]) -> dict[uuid.UUID, QualityLine]:
    """By question, for those who may see them; empty for others. Two queries."""
    if not may_see_question_figures(actor, kit):
        return {}
    return {id_: line_of(quality) for id_, quality in figures_by_question(kit, questions).items()}


def line_of(quality: Quality) -> QualityLine:
    rated = ngettext("rated %(many)s time", "rated %(many)s times", quality.rated) % {"many": quality.rated}
    warning = _("Raters agree little here: look at the anchors.") if quality.is_low else ""
    return QualityLine(
        short=_(", ").join(filter(None, [rated, _left_briefly(quality)])),
        warning=warning,
        versions=_versions(quality),
        shares=_shares(quality),
        rated=rated,
        agreement=_agreement(quality),
        time=duration_words(_coarse(quality.seconds)) if quality.seconds is not None else _too_few(),
        takes=_takes(quality),
        left=_left(quality),
        reasons=tuple((str(StopReason(reason).label), many) for reason, many in quality.reasons or ()),
    )


def _versions(quality: Quality) -> str:
    numbers = [str(number) for number in quality.versions]
    if len(numbers) < 2:
        return ""
    listed = _(" and ").join([_(", ").join(numbers[:-1]), numbers[-1]])
    return _("Counted over versions %(numbers)s, in which its words and anchors are the same.") % {"numbers": listed}


def _shares(quality: Quality) -> tuple[Share, ...]:
    if quality.spread is None:
        return ()
    labels = [_("Not enough evidence"), "1", "2", "3", "4", "5"]
    rows = [(labels[value], quality.spread[value]) for value in (5, 4, 3, 2, 1, 0)]
    return tuple(
        Share(
            label,
            count,
            _("%(percent)s %%") % {"percent": rounded(100 * count / quality.rated, 0)},
            f"{100 * count / quality.rated:.1f}%",
        )
        for label, count in rows
    )


def _agreement(quality: Quality) -> str:
    single = quality.agreement.icc_1_1
    if single.value is None:
        return reason_words(single.reason, single.targets) if single.reason else ""
    return _("%(words)s: %(value)s for one rating, %(interval)s") % {
        "words": icc_words(single),
        "value": number(single.value),
        "interval": interval_words(single),
    }


def _takes(quality: Quality) -> str:
    return _too_few() if quality.takes is None else _("%(many)s on average") % {"many": rounded(quality.takes, 1)}


def _left(quality: Quality) -> str:
    if quality.opened is None or quality.left is None:
        return _too_few()
    if not quality.left:
        return _("nobody of %(opened)s") % {"opened": quality.opened}
    return _("%(left)s of %(opened)s who opened it, %(percent)s %%") % {
        "left": quality.left,
        "opened": quality.opened,
        "percent": rounded(100 * quality.left / quality.opened, 0),
    }


def _left_briefly(quality: Quality) -> str:
    if not quality.opened or not quality.left:
        return ""
    percent = rounded(100 * quality.left / quality.opened, 0)
    return _("%(percent)s %% stopped here") % {"percent": percent}


def _coarse(seconds: int) -> int:
    """Over a minute in halves of one: more would say more than was measured."""
    return seconds if seconds < _MINUTE else round(seconds / 30) * 30


def _too_few() -> str:
    return ngettext("fewer than %(fewest)s answers yet", "fewer than %(fewest)s answers yet", FEWEST) % {
        "fewest": FEWEST
    }
