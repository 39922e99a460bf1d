"""The cards of the board, written here rather than in a template: some hundreds are drawn at once."""

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bothways.accounts.models import Organization
from bothways.interviews.models import UNFINISHED, InterviewState
from bothways.lib.working_days import working_days_between
from bothways.positions.models import Position, Stage
from bothways.review.queries.board import Card, Column
from bothways.web.team.stand_ins import ID, NAME, fill
from bothways.web.templatetags.bothways_tags import icon

TITLES: dict[Column, str | Promise] = {
    Column.ANSWERING: gettext_lazy("Invited, answering"),
    Column.MINE: gettext_lazy("Yours to rate first"),
    Column.TO_REVIEW: gettext_lazy("To review"),
    Column.REVIEWED: gettext_lazy("Reviewed"),
    Column.HELD: gettext_lazy("On hold"),
    Column.ADVANCED: gettext_lazy("Goes on"),
    Column.DECLINED: gettext_lazy("Declined"),
    Column.ENDED: gettext_lazy("Time over or withdrawn"),
}
WAITS = (Column.MINE, Column.TO_REVIEW, Column.REVIEWED, Column.HELD)
"""Where somebody waits for a reply, so that the days until then are shown."""


class Cards:
    """Cards become list items. Asks the database nothing, and writes what many cards share once."""

    def __init__(self, organization: Organization, position: Position, stage: Stage, *, can_move: bool) -> None:
        slug = organization.slug
        self._can_move, self._wanted = can_move, stage.raters_wanted
        self._today = timezone.now().astimezone(ZoneInfo(organization.time_zone)).date()
        self._country = organization.country
        self._decide = reverse("team:decisions-interview", args=[slug, ID])
        self._rate = reverse("team:review-interview", args=[slug, ID])
        self._person = reverse("team:people-detail", args=[slug, position.id, ID])
        self._grip = format_html(
            '<a class="grip" href="{}">{}<span class="visually-hidden">{}</span></a>',
            reverse("team:board-move", args=[slug, position.id, ID]),
            icon("grip-vertical"),
            _("Move %(name)s") % {"name": NAME},
        )
        self._progresses: dict[int, SafeString] = {}
        self._days: dict[dt.date, SafeString] = {}

    def of(self, column: Column, cards: Iterable[Card]) -> list[SafeString]:
        return [self._card(column, card) for card in cards]

    def _card(self, column: Column, card: Card) -> SafeString:
        id_, name = str(card.id), escape(card.name)
        address = self._address(column, card)
        linked = f'<a href="{address.replace(ID, id_)}"><bdi>{name}</bdi></a>' if address else f"<bdi>{name}</bdi>"
        grip = fill(self._grip, id_, name) if self._can_move else ""
        about = "".join(self._about(column, card))
        html = f'<li class="card" id="card-{id_}" data-name="{name}"><p>{linked}{grip}</p>{about}</li>'
        return mark_safe(html)  # noqa: S308 - everything in it is escaped here or written in this file

    def _address(self, column: Column, card: Card) -> str:
        """Where a name leads. The page about a person names them, so that it is not linked where the name is hidden."""
        if column == Column.MINE:
            return self._rate
        if card.state == InterviewState.SUBMITTED:
            return self._decide
        return "" if card.name_hidden else self._person

    def _about(self, column: Column, card: Card) -> Iterator[SafeString]:
        if card.state in UNFINISHED:
            yield self._deadline(card.deadline)
        elif column == Column.ENDED:
            words = _("time is over") if card.state == InterviewState.EXPIRED else _("withdrawn")
            yield format_html("<small>{}</small>", words)
        if column in WAITS:
            if card.raters is not None:
                yield self._progress(card.raters)
            if card.reply_by is not None:
                yield self._promise(card.reply_by)

    def _deadline(self, moment: dt.datetime) -> SafeString:
        day = date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
        return format_html("<small>{}</small>", _("answers by %(day)s") % {"day": day})

    def _progress(self, raters: int) -> SafeString:
        if raters not in self._progresses:
            self._progresses[raters] = self._progressed(raters)
        return self._progresses[raters]

    def _progressed(self, raters: int) -> SafeString:
        missing = self._wanted - raters
        if missing <= 0:
            words = ngettext("%(n)d scorecard in", "%(n)d scorecards in", raters) % {"n": raters}
            return format_html('<small class="status" data-is="done">{}</small>', words)
        words = ngettext("%(n)d scorecard missing", "%(n)d scorecards missing", missing) % {"n": missing}
        return format_html('<small class="status" data-is="{}">{}</small>', "half" if raters else "open", words)

    def _promise(self, day: dt.date) -> SafeString:
        if day not in self._days:
            self._days[day] = self._promised(day)
        return self._days[day]

    def _promised(self, day: dt.date) -> SafeString:
        if day < self._today:
            return format_html('<small class="status" data-is="late">{}</small>', _("the promised day is over"))
        left = working_days_between(self._today, day, self._country)
        if left == 0:
            return format_html('<small class="status" data-is="late">{}</small>', _("hears today"))
        words = ngettext("hears in %(n)d working day", "hears in %(n)d working days", left) % {"n": left}
        return format_html("<small>{}</small>", words)
