"""The scorecards of one interview as an A4 document: what was asked, what each rater gave, what came of it."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.review.combination import POINT, tenths
from bothways.review.models import Outcome, Reversal
from bothways.review.queries.cells import Cell
from bothways.review.queries.readiness import still_to_watch
from bothways.review.queries.scorecard_paper import ScorecardPaper
from bothways.review.queries.scorecard_rows import Overall
from bothways.web.paper.blocks import Block, Heading, LevelMark, SpreadLine, Title, Words
from bothways.web.paper.document import pdf
from bothways.web.paper.fonts import letters_for
from bothways.web.paper.sheet import About
from bothways.web.team.ladder import rung_words
from bothways.web.team.spread import spread_words

OWN_LANGUAGE = "en"
"""In which a document is written where this server has no letters for the reader's language."""


def scorecards_pdf(paper: ScorecardPaper, *, exported_by: str, at: dt.datetime) -> bytes:
    """The document, in the language and the zone of the reader."""
    language = translation.get_language() or OWN_LANGUAGE
    labels = "".join([_("Scorecards for %(who)s"), _("Decision"), _("Recommended"), _("Page {page} of {pages}")])
    with translation.override(OWN_LANGUAGE if letters_for(labels).missing else language):
        return pdf(_about(paper, exported_by, at), _blocks(paper))


def _blocks(paper: ScorecardPaper) -> Iterator[Block]:
    yield from _head(paper)
    for cell in paper.row.cells:
        yield from _question(cell)
    yield from _recommendations(paper)
    yield from _coverage(paper)
    yield from _decisions(paper)


def _about(paper: ScorecardPaper, exported_by: str, at: dt.datetime) -> About:
    organization = paper.interview.organization
    foot = _("%(organization)s. Exported by %(name)s, %(moment)s (%(zone)s). In confidence.") % {
        "organization": organization.name,
        "name": exported_by,
        "moment": _moment(at),
        "zone": timezone.get_current_timezone_name(),
    }
    return About(
        title=_("Scorecards for %(who)s") % {"who": paper.row.name},
        author=organization.name,
        language=translation.get_language() or OWN_LANGUAGE,
        is_rtl=translation.get_language_bidi(),
        accent=organization.accent,
        at=at,
        foot=foot,
        page_words=_("Page {page} of {pages}"),
    )


def _head(paper: ScorecardPaper) -> Iterator[Block]:
    interview, overall = paper.interview, paper.row.overall
    yield Words(f"{interview.position.title}, {interview.stage.name}", size=9.5, is_soft=True, after_mm=0)
    yield Title(_("Scorecards for %(who)s") % {"who": paper.row.name})
    if paper.row.name_hidden:
        yield Words(_("The name is hidden, as on the page."), size=9.5, is_soft=True, after_mm=0)
    else:
        code_name = _("Code name: %(code_name)s") % {"code_name": interview.code_name}
        yield Words(code_name, size=9.5, is_soft=True, after_mm=0)
    sent = date_format(timezone.localtime(interview.submitted_at), "DATE_FORMAT")
    yield Words(_("Answers sent on %(day)s") % {"day": sent}, size=9.5, is_soft=True, after_mm=4)
    if not paper.row.scorecards:
        yield Words(_("No scorecard is handed in yet."), size=11)
        return
    yield Words(_mean(overall.mean), size=30, is_spoken=True, in_accent=True, after_mm=0)
    yield Words(f"{'. '.join(_overall_words(overall))}.")
    rule = _("Mean over raters, then over competencies by the weights of the kit. The recommendation is not in it.")
    yield Words(rule, size=8.5, is_soft=True)


def _overall_words(overall: Overall) -> Iterator[str]:
    yield ngettext("%(many)s rater", "%(many)s raters", overall.raters) % {"many": overall.raters}
    if overall.competencies > 1:
        yield _("From %(low)s to %(high)s") % {"low": _mean(overall.lowest), "high": _mean(overall.highest)}
    if overall.competencies < overall.of_competencies:
        counts = {"some": overall.competencies, "all": overall.of_competencies}
        yield _("%(some)s of %(all)s competencies") % counts


def _question(cell: Cell) -> Iterator[Block]:
    question = cell.question
    name = question.competency.name if question.competency else _("Question")
    yield Heading(f"{question.place}. {name}", room_mm=62)
    yield Words(question.text, size=13, is_spoken=True, after_mm=2)
    if cell.values:
        yield SpreadLine(cell.values)
    yield Words(f"{spread_words(cell)}.", size=9, is_soft=True, after_mm=3)
    for mark in cell.marks:
        yield LevelMark(mark.value)
        yield Words(mark.rater, is_bold=True, beside_mark=True, after_mm=0)
        words = rung_words(question, mark.value or 0)
        yield Words(words, size=9.5, is_soft=True, beside_mark=True, after_mm=0.6 if mark.note or mark.changes else 3.4)
        for change in mark.changes:
            was = change.old_value or _("not enough evidence")
            told = _("Handed in as: %(value)s. Changed: %(reason)s") % {"value": was, "reason": change.reason}
            yield Words(told, size=9.5, beside_mark=True, after_mm=0.6 if mark.note else 3.4)
        yield Words(mark.note, size=11, is_spoken=True, beside_mark=True, after_mm=3.4)


def _recommendations(paper: ScorecardPaper) -> Iterator[Block]:
    if paper.row.scorecards:
        yield Heading(_("Recommended"))
    for scorecard in paper.row.scorecards:
        yield Words(f"{scorecard.member.user.name}: {scorecard.get_recommendation_display()}", is_bold=True, after_mm=0)
        handed_in = _("Handed in %(moment)s") % {"moment": _moment(scorecard.submitted_at)}
        yield Words(handed_in, size=9, is_soft=True, after_mm=0.6 if scorecard.note else 2.5)
        yield Words(scorecard.note, size=11, is_spoken=True, after_mm=2.5)


def _coverage(paper: ScorecardPaper) -> Iterator[Block]:
    viewers = paper.readiness.viewers if paper.readiness else ()
    if viewers:
        yield Heading(_("Who has watched"))
    for viewer in viewers:
        if viewer.is_complete:
            yield Words(_("%(name)s watched every answer.") % {"name": viewer.member.user.name})
        else:
            yield Words(_("Still to watch: %(people)s.") % {"people": still_to_watch(viewer)}, is_soft=True)


def _decisions(paper: ScorecardPaper) -> Iterator[Block]:
    said = {Outcome.ADVANCE: _("Goes on"), Outcome.HOLD: _("On hold"), Outcome.DECLINE: _("Declined")}
    if paper.decisions:
        yield Heading(_("What was decided"))
    for decision in paper.decisions:
        by = f"{decision.decided_by.user.name}, {_moment(decision.created_at)}"
        yield Words(said[Outcome(decision.outcome)], size=11, is_bold=True, after_mm=0)
        yield Words(by, size=9, is_soft=True, after_mm=0.6)
        for ground in decision.grounds.all():
            yield Words(f"{ground.name} {ground.level}: {ground.anchor}", size=9, after_mm=0.6)
        yield Words(decision.reason, size=11, is_spoken=True, after_mm=3)
        if decision.reversed_at:
            yield from _reversal(decision.reversal)


def _reversal(reversal: Reversal) -> Iterator[Block]:
    by = f"{reversal.reversed_by.user.name}, {_moment(reversal.created_at)}"
    yield Words(_("Taken back"), size=11, is_bold=True, after_mm=0)
    yield Words(by, size=9, is_soft=True, after_mm=0.6)
    yield Words(reversal.reason, size=11, is_spoken=True, after_mm=3)


def _moment(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _mean(value: float | None) -> str:
    """In tenths, halves up, as on the page."""
    return "–" if value is None else number_format(tenths(round(value * POINT)) / 10, 1)
