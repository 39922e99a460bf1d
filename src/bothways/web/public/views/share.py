"""What somebody without an account was given to see: the front of the link, and the page behind it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bothways.media.addresses import media_address
from bothways.media.spoken_cues import spoken_cues
from bothways.review.actions.shares import view_share
from bothways.review.models import Share
from bothways.review.queries.playback import Playback
from bothways.review.queries.shares import SharedAnswer, share_of_token, shared
from bothways.web.captions import cues_response, language_name
from bothways.web.durations import clock
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
            page = {"share": found, "organization": found.organization, "left": found.most_views - found.views}
            return sealed(render(request, "public/share/front.html", page), has_form=True)
        if not view_share(share=found):
            return sealed(closed(request, "used_up", 410, found))
    return sealed(redirect("public:share-page", token=token, ticket=ticket_for(found)))


@require_safe
def share_page(request: HttpRequest, token: str, ticket: str) -> HttpResponse:
    """What is shown, for an hour after opening. No scripts, no forms, and nothing that leads elsewhere."""
    found = share_of_token(token)
    if found is None:
        return no_such_share(request)
    with timezone.override(ZoneInfo(found.organization.time_zone)):
        if reason := why_closed(found):
            return sealed(closed(request, reason, 410, found))
        if not is_ticket_of(found, ticket):
            return sealed(redirect("public:share", token=token))
        content = shared(found)
        page = {
            "share": found,
            "organization": found.organization,
            "content": content,
            "answers": [_shown(found, answer) for answer in content.answers],
            "token": token,
            "ticket": ticket,
        }
        return sealed(render(request, "public/share/page.html", page))


@require_safe
def share_captions(request: HttpRequest, token: str, ticket: str, place: int) -> HttpResponse:
    """What is said in one answer, as captions for its player, where the text is shown."""
    found = share_of_token(token)
    if found is None or why_closed(found) or not is_ticket_of(found, ticket):
        return no_such_share(request)
    answer = next((one for one in shared(found).answers if one.question.place == place), None)
    if answer is None or answer.words is None or answer.playback is None:
        return no_such_share(request)
    return sealed(cues_response(spoken_cues(answer.words.utterances, answer.playback.duration_ms)))


def _shown(share: Share, answer: SharedAnswer) -> dict[str, Any]:
    """An answer with addresses that work for this share only."""
    lines = [(clock(one.start_ms), one.text) for one in answer.words.utterances] if answer.words else []
    language = language_name(answer.words.language) if answer.words else ""
    media = _media(share, answer.playback) if answer.playback else {}
    return {"answer": answer, "lines": lines, "language": language, **media}


def _media(share: Share, playback: Playback) -> dict[str, Any]:
    return {
        "poster": media_address(playback.poster, "share", share.id) if playback.poster else "",
        "sources": [
            {"url": media_address(source.rendition_id, "share", share.id), "mime": source.mime}
            for source in playback.sources
        ],
    }
