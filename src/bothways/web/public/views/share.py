"""What somebody without an account was given to see: the front of the link, and the pages behind it."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bothways.media.spoken_cues import spoken_cues
from bothways.review.actions.share_views import open_interview, view_share
from bothways.review.models import Share, SharedInterview
from bothways.review.queries.guest_comments import comments_for_guest
from bothways.review.queries.shared_answers import shared
from bothways.review.queries.shares import name_for_guest, share_of_token, shown_interviews
from bothways.web.captions import cues_response
from bothways.web.playing_words import playing_words
from bothways.web.public.guest_player import shown_answer, watermark
from bothways.web.public.share_access import closed, is_ticket_of, no_such_share, sealed, ticket_for, why_closed


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, token: str) -> HttpResponse:
    """For whom it is, from whom, and until when. Pressing the button counts a view and goes to the page."""
    found = share_of_token(token)
    if found is None:
        return no_such_share(request)
    with timezone.override(ZoneInfo(found.organization.time_zone)):
        reason = why_closed(found) or ("used_up" if found.views >= found.most_views else "")
        if reason:
            return sealed(closed(request, reason, 410, found))
        if request.method != "POST":
            page = {
                "share": found,
                "organization": found.organization,
                "left": found.most_views - found.views,
                "interviews": len(shown_interviews(found)),
            }
            return sealed(render(request, "public/share/front.html", page), has_form=True)
        if not view_share(share=found):
            return sealed(closed(request, "used_up", 410, found))
    return sealed(redirect("public:share-page", token=token, ticket=ticket_for(found)))


@require_safe
def share_page(request: HttpRequest, token: str, ticket: str) -> HttpResponse:
    """The interviews that are shown, for an hour after opening. A single one is opened at once."""
    found = share_of_token(token)
    if found is None:
        return no_such_share(request)
    with timezone.override(ZoneInfo(found.organization.time_zone)):
        if refusal := _refusal(request, found, token, ticket):
            return refusal
        rows = shown_interviews(found)
        if len(rows) == 1:
            return sealed(redirect("public:share-interview", token=token, ticket=ticket, shown_id=rows[0].id))
        page = {
            **_frame(found, token, ticket),
            "rows": [{"row": row, "who": name_for_guest(found, row.interview)} for row in rows],
        }
        return sealed(render(request, "public/share/list.html", page))


@require_safe
def share_interview(request: HttpRequest, token: str, ticket: str, shown_id: uuid.UUID) -> HttpResponse:
    """One interview, question by question. Nothing on it leads elsewhere."""
    try:
        found, row = admitted(request, token, ticket, shown_id)
    except Refusal as refusal:
        return refusal.response
    if request.method == "GET":
        open_interview(share=found, row=row)
    return interview_page(request, found, row, token, ticket)


@require_safe
def share_captions(request: HttpRequest, token: str, ticket: str, shown_id: uuid.UUID, place: int) -> HttpResponse:
    """What is said in one answer, as captions for its player, where the text is shown."""
    found = share_of_token(token)
    if found is None or why_closed(found) or not is_ticket_of(found, ticket):
        return no_such_share(request)
    row = _row(shown_interviews(found), shown_id)
    content = shared(found, row.interview_id) if row else None
    answer = next((one for one in content.answers if one.question.place == place), None) if content else None
    if content is None or answer is None or answer.words is None or answer.playback is None:
        return no_such_share(request)
    return sealed(cues_response(spoken_cues(answer.words.utterances, answer.playback.duration_ms, content.who)))


class Refusal(Exception):
    """A page behind a link does not open; `response` says why."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def admitted(request: HttpRequest, token: str, ticket: str, shown_id: uuid.UUID) -> tuple[Share, SharedInterview]:
    """The share and the interview in the address, if both are open to whoever comes.

    Raises:
        Refusal: with the page that says why.
    """
    found = share_of_token(token)
    if found is None:
        raise Refusal(no_such_share(request))
    with timezone.override(ZoneInfo(found.organization.time_zone)):
        if refusal := _refusal(request, found, token, ticket):
            raise Refusal(refusal)
        row = _row(shown_interviews(found), shown_id)
        if row is None:
            raise Refusal(sealed(closed(request, "narrowed", 404, found)))
    return found, row


def interview_page(
    request: HttpRequest,
    found: Share,
    row: SharedInterview,
    token: str,
    ticket: str,
    *,
    refused: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One interview as the guest sees it now; `refused` is a comment that could not be kept, beside its answer."""
    with timezone.override(ZoneInfo(found.organization.time_zone)):
        rows = shown_interviews(found)
        content = shared(found, row.interview_id)
        comments = comments_for_guest(found, row.interview_id)
        page = {
            **_frame(found, token, ticket),
            "content": content,
            "answers": [shown_answer(found, answer, comments, content.who) for answer in content.answers],
            "row": row,
            "others": len(rows) - 1,
            "next": rows[(rows.index(row) + 1) % len(rows)],
            "words": playing_words(),
            "refused": refused,
        }
        answer = render(request, "public/share/page.html", page, status=status)
    return sealed(answer, has_form=found.lets_comment)


def _refusal(request: HttpRequest, found: Share, token: str, ticket: str) -> HttpResponse | None:
    """Why a page behind the link does not open: it is over, or the hour is, and the front asks anew."""
    if reason := why_closed(found):
        return sealed(closed(request, reason, 410, found))
    if not is_ticket_of(found, ticket):
        return sealed(redirect("public:share", token=token))
    return None


def _row(rows: list[SharedInterview], shown_id: uuid.UUID) -> SharedInterview | None:
    return next((row for row in rows if row.id == shown_id), None)


def _frame(found: Share, token: str, ticket: str) -> dict[str, Any]:
    return {
        "share": found,
        "organization": found.organization,
        "token": token,
        "ticket": ticket,
        "watermark": watermark(found),
    }
