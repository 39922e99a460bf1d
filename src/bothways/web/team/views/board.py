"""The board of a position: where everybody stands, and the one way to move a card, by a verb that is confirmed."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bothways.interviews.models import Interview
from bothways.interviews.policies import may_see_people
from bothways.lib.errors import require
from bothways.positions.models import Position, Stage
from bothways.review.policies import may_decide
from bothways.review.queries.board import Column, Cursor, Lane, StageLanes, board, lane
from bothways.review.queries.board_moves import OUTCOMES, Move, Verb, moves
from bothways.review.queries.identity import with_shown_name
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.board_lines import TITLES, Cards
from bothways.web.team.views.positions import READERS


@require_safe
@member_required(*READERS)
def board_position(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Each stage with its columns, the first cards of each."""
    position = _position(request, position_id)
    page = {
        "position": position,
        "stages": [_stage(request, position, one) for one in board(request.actor, position)],
        "may_move": request.actor.may_recruit,
        "words": _words(),
    }
    return render(request, "team/board/board.html", page)


@require_safe
@member_required(*READERS)
def board_column(request: TeamRequest, position_id: uuid.UUID, stage_id: uuid.UUID, column: str) -> HttpResponse:
    """The next cards of one column: alone, or asked by htmx to stand behind those that are there."""
    position = _position(request, position_id)
    stage = get_object_or_404(Stage, id=stage_id, position=position, organization=request.organization)
    stage.position = position
    if column not in list(Column):
        raise Http404
    after = Cursor.read(request.GET.get("after", ""))
    part = lane(request.actor, stage, Column(column), after, counted=not request.htmx)
    cards = Cards(request.organization, position, stage, can_move=request.actor.may_recruit)
    shown = _lane(request, position, stage, part, cards)
    page = {"position": position, "stage": stage, "lane": shown, "is_start": not after}
    name = "team/board/cards.html" if request.htmx else "team/board/column.html"
    response = render(request, name, page)
    response["Vary"] = "HX-Request, Cookie"
    return response


@require_safe
@never_cache
@member_required(*READERS)
def board_move(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """The menu of one card as a page of its own, for whoever has no script or would rather choose from a list."""
    interview = _interview(request, position_id, interview_id)
    here, found = moves(request.actor, interview, may_decide=may_decide(request.actor, interview))
    page = {
        "position": interview.position,
        "interview": interview,
        "who": interview.shown_name,
        "here": TITLES[here],
        "moves": [(TITLES[move.to], _url(request, interview, move), move.words) for move in found],
    }
    return render(request, "team/board/move.html", page)


@require_safe
@never_cache
@member_required(*READERS)
def board_moves(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> JsonResponse:
    """The same for the script that drags: where to go to confirm a drop on each column, or why it is not possible."""
    interview = _interview(request, position_id, interview_id)
    here, found = moves(request.actor, interview, may_decide=may_decide(request.actor, interview))
    to = {move.to: {"url": _url(request, interview, move), "words": move.words} for move in found}
    return JsonResponse({"here": here, "to": to})


def _position(request: TeamRequest, position_id: uuid.UUID) -> Position:
    rows = Position.objects.select_related("organization")
    position = get_object_or_404(rows, organization=request.organization, id=position_id)
    require(may_see_people(request.actor, position), _("Your role does not include this page."))
    return position


def _interview(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> Interview:
    """By name where this viewer has had it shown, or where the stage hides none."""
    position = _position(request, position_id)
    own = Interview.objects.filter(position=position, is_preview=False)
    rows = with_shown_name(own, request.actor.id).select_related("organization", "position", "stage")
    return get_object_or_404(rows, id=interview_id)


def _stage(request: TeamRequest, position: Position, found: StageLanes) -> dict[str, Any]:
    cards = Cards(request.organization, position, found.stage, can_move=request.actor.may_recruit)
    return {
        "stage": found.stage,
        "count": found.count,
        "lanes": [_lane(request, position, found.stage, one, cards) for one in found.lanes],
    }


def _lane(request: TeamRequest, position: Position, stage: Stage, part: Lane, cards: Cards) -> dict[str, Any]:
    """A lane as the page writes it; `more` is the address of the cards behind these."""
    address = reverse("team:board-column", args=[request.organization.slug, position.id, stage.id, part.column.value])
    return {
        "column": part.column.value,
        "title": TITLES[part.column],
        "count": part.count,
        "cards": cards.of(part.column, part.cards),
        "address": address,
        "after": str(part.next) if part.next else "",
    }


def _url(request: TeamRequest, interview: Interview, move: Move) -> str:
    slug = request.organization.slug
    if move.verb == Verb.REVERSE:
        return reverse("team:reversals-new", args=[slug, interview.id])
    if move.verb == Verb.DECIDE:
        return f"{reverse('team:decisions-interview', args=[slug, interview.id])}?outcome={OUTCOMES[move.to]}"
    return ""


def _words() -> dict[str, str]:
    """The words of static/bothways/team/board/board.js. Placeholders in braces are filled in the browser."""
    return {
        "grabbed": _("{name}, grabbed. Arrow keys change the column, Space drops, Escape leaves it where it was."),
        "over": _("{column}, {number} of {all}."),
        "allowed": _("Drop here to go on to the page that confirms it."),
        "asking": _("Asking whether this is possible."),
        "home": _("Where it is now."),
        "left": _("{name} stays where it was."),
        "opening": _("Opening the page that confirms it."),
        "unknown": _("The server did not say whether this is possible. Nothing was changed; try it again."),
        "other_stage": _("People come into another step by a decision, not by hand."),
    }
