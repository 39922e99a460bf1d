"""Who may open a candidate's page: whoever holds a link of the interview. Every view states it in its first line.

A link that opens nothing answers with a page in words: 404 where it was never ours, 410 where it is over. Links carry
256 bits, so that guessing is hopeless; an address that keeps trying is slowed down all the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor, candidate_actor
from bothways.accounts.models import Organization
from bothways.interviews.models import AccessToken, Interview, InterviewKind, InterviewState
from bothways.interviews.policies import candidate_id_of
from bothways.interviews.queries.access import open_link
from bothways.interviews.queries.letters import zone_of
from bothways.interviews.queries.window import accepts_begun_takes
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.rate_limits import within_limit

View = Callable[..., HttpResponseBase]

MOST_MISSES = 30
MISSES_PER_S = 600


class CandidateRequest(HttpRequest):
    """What a candidate's view receives: a request that knows which interview it is about."""

    interview: Interview
    organization: Organization
    actor: Actor
    zone: str
    token: str


def candidate_page(*, answering: bool = False, json: bool = False) -> Callable[[View], View]:
    """Let in whoever holds a link of an interview that has not been taken back.

    With `answering`, only while answers may still come in; a page sends everybody else to the front of the link, which
    says how things stand. With `json`, every refusal is an object with a code and words.

    The view gets ``request.interview``, ``.organization``, ``.actor``, ``.zone`` and ``.token``; its words and times
    are in the candidate's language and zone. The token is taken out of its arguments.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **arguments: Any) -> HttpResponseBase:
            link = open_link(token)
            if link is None:
                return _sealed(_no_such_link(request, json))
            interview = link.interview
            with translation.override(interview.language), timezone.override(ZoneInfo(zone_of(interview))):
                response = _opened(view, _admitted(request, interview, token), link, arguments, answering, json)
                response.headers.setdefault("Content-Language", interview.language)
            return _sealed(response)

        guarded.answering = answering  # type: ignore[attr-defined]
        return guarded

    return decorate


def _opened(
    view: View,
    request: CandidateRequest,
    link: AccessToken,
    arguments: dict[str, Any],
    answering: bool,
    json: bool,
) -> HttpResponseBase:
    gone = _why_gone(link)
    if gone:
        return _gone(request, gone, 410, json)
    is_live = request.interview.kind == InterviewKind.LIVE
    if answering and not json and (is_live or not accepts_begun_takes(request.interview)):
        return redirect("candidate:landing", token=request.token)
    try:
        return view(request, **arguments)
    except Refused as refused:
        return refusal(request, refused, json)


def refusal(request: HttpRequest, refused: Refused, json: bool) -> HttpResponseBase:
    """A verb said no: 403 for what is not theirs, 409 for a rule, with its words."""
    status = 403 if isinstance(refused, NotAllowed) else 409
    if json:
        return json_error(refused.code, refused.words, status)
    return render(request, f"{status}.html", {"words": refused.words}, status=status)


def json_error(code: str, words: str, status: int) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "words": words}}, status=status)


def _admitted(request: HttpRequest, interview: Interview, token: str) -> CandidateRequest:
    admitted = cast(CandidateRequest, request)
    admitted.interview = interview
    admitted.organization = interview.organization
    admitted.zone = zone_of(interview)
    admitted.token = token
    admitted.actor = candidate_actor(
        candidate_id=candidate_id_of(interview),
        name=interview.application.candidate.name if interview.application else "Preview",
        organization_id=interview.organization_id,
    )
    return admitted


def _why_gone(link: AccessToken) -> str:
    if link.interview.state == InterviewState.WITHDRAWN:
        return "withdrawn"
    if link.revoked_at is not None:
        return "replaced"
    return "expired" if link.expires_at <= timezone.now() else ""


def _no_such_link(request: HttpRequest, json: bool) -> HttpResponseBase:
    who = request.META.get("REMOTE_ADDR", "")
    if within_limit(what="candidate-link", who=who, amount=MOST_MISSES, per_s=MISSES_PER_S):
        return _gone(request, "unknown", 404, json)
    response = _gone(request, "unknown", 429, json)
    response.headers["Retry-After"] = str(MISSES_PER_S)
    return response


def _gone(request: HttpRequest, reason: str, status: int, json: bool) -> HttpResponseBase:
    if json:
        return json_error(reason, _("This link does not open any more. What you recorded is safe."), status)
    request.is_shut_out = True  # type: ignore[attr-defined]
    organization: Organization | None = getattr(request, "organization", None)
    context = {
        "reason": reason,
        "contact_email": organization.contact_email if organization else "",
        "contact_phone": organization.contact_phone if organization else "",
    }
    return render(request, "candidate/gone/gone.html", context, status=status)


def _sealed(response: HttpResponseBase) -> HttpResponseBase:
    """The address is a secret and the page is somebody's own: nobody keeps it, nobody lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Django writes the address of every refusal into the log, and here the address is the key.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
