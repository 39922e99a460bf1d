"""Send me this link: to go on with another device."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.interviews.actions.own_link import mail_own_link
from bothways.lib.errors import NotAllowed, Refused
from bothways.web.candidate.access import CandidateRequest, candidate_page


@require_POST
@candidate_page()
def own_link(request: CandidateRequest) -> HttpResponse:
    """To the address at which the candidate was invited, and to no other."""
    try:
        sent = mail_own_link(interview=request.interview, actor=request.actor)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.warning(request, refused.words)
    else:
        words = _("The link is on its way to %(address)s.")
        if sent:
            messages.success(request, words % {"address": sent.to_email})
        else:
            messages.success(request, _("In a preview no mail goes out."))
    return redirect("candidate:questions", token=request.token)
