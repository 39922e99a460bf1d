"""From an answer to a talk: one press decides that somebody goes on, and invites them to the live step behind."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.positions.models import StageKind
from bothways.review.actions.inviting_on import decide_and_invite
from bothways.review.models import Outcome
from bothways.review.policies import may_decide
from bothways.review.queries.stages import stage_after
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.navigation import MAKERS
from bothways.web.team.views.decisions import decided_interview


@require_POST
@member_required(*MAKERS)
def live_invite(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """The reason and the letter say what the press means; whoever wants other words decides on the page."""
    interview = decided_interview(request, interview_id)
    require(may_decide(request.actor, interview), _("Owners and recruiters decide."))
    back = redirect("team:decisions-interview", request.organization.slug, interview.id)
    later = stage_after(interview.stage)
    if later is None or later.kind != StageKind.LIVE:
        messages.warning(request, _("The next step of this position is no live talk. Nothing was changed."))
        return back
    try:
        decide_and_invite(
            actor=request.actor,
            interview=interview,
            outcome=Outcome.ADVANCE,
            invite_on=True,
            seen=_seen(request),
            reason=_("We want to go on with this person in a live talk."),
            **_letter(interview, request.actor.name),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("They go on. The letter and the invitation to pick a time are on their way."))
    return back


def _letter(interview: Interview, signed: str) -> dict[str, str]:
    """In the candidate's language."""
    with translation.override(interview.language):
        body = _(
            "Hello %(name)s,\n\nthank you for your answers. We have looked at them and would like to talk with you. "
            "In another mail you find a link with which you pick a time that suits you.\n\n%(signed)s"
        ) % {"name": interview.application.candidate.name, "signed": signed}
        return {"reply_subject": _("We would like to talk with you"), "reply_body": body}


def _seen(request: TeamRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("seen", ""))
    except ValueError:
        return None
