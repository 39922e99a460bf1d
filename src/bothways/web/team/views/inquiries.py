"""What candidates ask the team: a list with the oldest first, and the page on which one is answered."""

import uuid
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.conversations.actions.inquiries import hand_over
from bothways.conversations.actions.replies import answer_in_words, close
from bothways.conversations.models import Inquiry
from bothways.conversations.policies import Sight, sight_of
from bothways.conversations.queries.inquiries import Wanted, inquiry_of, listed_inquiries, positions_asked_about
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.queries.transcripts import words_by_recording
from bothways.media.spoken_cues import spoken_cues
from bothways.notify.queries.sending import sending_words
from bothways.web.captions import cues_response
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.inquiries import AnswerInquiryForm, CloseInquiryForm, HandInquiryOverForm
from bothways.web.team.inquiry_lines import lines_of
from bothways.web.team.inquiry_page import inquiry_page
from bothways.web.team.views.positions import MAKERS


@require_safe
@never_cache
@member_required(*MAKERS)
def inquiries_list(request: TeamRequest) -> HttpResponse:
    """Open ones with the oldest first; `?show=answered` what is done, `?mine=1` the own, `?position=…` of one."""
    mine, answered = request.GET.get("mine") == "1", request.GET.get("show") == "answered"
    position = _position(request)
    wanted = Wanted(position=position, owner=request.actor.id if mine else None, answered=answered)
    page = {
        "lines": lines_of(request.actor, listed_inquiries(request.actor, wanted)),
        "mine": mine,
        "answered": answered,
        "position": position,
        "positions": positions_asked_about(request.actor),
        "of_position": urlencode({"position": position}) if position else "",
    }
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"team/inquiries/{'found' if part else 'list'}.html", page)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*MAKERS)
def inquiries_detail(request: TeamRequest, inquiry_id: uuid.UUID) -> HttpResponse:
    """One question: who asks, what, by when, and the answer in writing."""
    inquiry = found(request, inquiry_id)
    form = AnswerInquiryForm(request.POST or None)
    if request.method != "POST":
        return _detail(request, inquiry, form)
    return _answered(request, inquiry, form, closes=False)


@require_POST
@never_cache
@member_required(*MAKERS)
def inquiries_close(request: TeamRequest, inquiry_id: uuid.UUID) -> HttpResponse:
    """No answer here, but words why."""
    inquiry = found(request, inquiry_id)
    return _answered(request, inquiry, CloseInquiryForm(request.POST, auto_id="close_%s"), closes=True)


@require_POST
@member_required(*MAKERS)
def inquiries_hand_over(request: TeamRequest, inquiry_id: uuid.UUID) -> HttpResponse:
    """Somebody else answers."""
    inquiry = found(request, inquiry_id)
    form = HandInquiryOverForm(request.POST, inquiry=inquiry)
    if not form.is_valid():
        return _detail(request, inquiry, AnswerInquiryForm(), handing_over=form, status=422)
    to = form.cleaned_data["to"]
    hand_over(actor=request.actor, inquiry=inquiry, to=to)
    messages.success(request, _("%(name)s answers now, and is told by mail.") % {"name": to.user.name})
    return redirect("team:inquiries-detail", request.organization.slug, inquiry.id)


@require_safe
@member_required(*MAKERS)
def inquiries_captions(request: TeamRequest, inquiry_id: uuid.UUID, recording_id: uuid.UUID) -> HttpResponse:
    """What is said in the question or in the answer, for the player."""
    inquiry = found(request, inquiry_id)
    recording = next((one for one in (inquiry.recording, inquiry.reply) if one and one.id == recording_id), None)
    if recording is None or sight_of(request.actor, inquiry) != Sight.ALL:
        raise Http404
    words = words_by_recording(request.organization.id, [recording.id]).get(recording.id)
    if words is None:
        raise Http404
    return cues_response(spoken_cues(words.utterances, recording.duration_ms or 0))


def found(request: TeamRequest, inquiry_id: uuid.UUID) -> Inquiry:
    """The inquiry of this organization, or 404."""
    inquiry = inquiry_of(request.actor, inquiry_id)
    if inquiry is None:
        raise Http404
    return inquiry


def _answered(request: TeamRequest, inquiry: Inquiry, form: forms.Form, *, closes: bool) -> HttpResponse:
    """Ask the verb; the form that was not sent comes back with what is wrong."""
    if not form.is_valid():
        return _shown_again(request, inquiry, form, closes, 422)
    verb = close if closes else answer_in_words
    try:
        verb(actor=request.actor, inquiry=inquiry, message=form.cleaned_data["message"])
    except NotAllowed:
        raise
    except Refused as refused:
        too_late = refused.words if refused.code in ("answered", "withdrawn") else ""
        form.add_error(None if too_late else "message", refused.words)
        inquiry = found(request, inquiry.id)
        return _shown_again(request, inquiry, form, closes, 409 if too_late else 422, too_late)
    told = (
        _("It is closed. The candidate reads your words.") if closes else _("Your answer is on the candidate’s page.")
    )
    messages.success(request, f"{told} {sending_words()}")
    return redirect("team:inquiries-detail", request.organization.slug, inquiry.id)


def _shown_again(
    request: TeamRequest, inquiry: Inquiry, form: forms.Form, closes: bool, status: int, too_late: str = ""
) -> HttpResponse:
    if closes:
        return _detail(request, inquiry, AnswerInquiryForm(), closing=form, status=status, too_late=too_late)
    return _detail(request, inquiry, form, status=status, too_late=too_late)


def _detail(
    request: TeamRequest,
    inquiry: Inquiry,
    form: forms.Form,
    *,
    closing: forms.Form | None = None,
    handing_over: forms.Form | None = None,
    status: int = 200,
    too_late: str = "",
) -> HttpResponse:
    page = {
        **inquiry_page(request, inquiry),
        "form": form,
        "closing": closing or CloseInquiryForm(auto_id="close_%s"),
        "is_closing": closing is not None,
        "handing_over": handing_over or HandInquiryOverForm(inquiry=inquiry),
        "too_late": too_late,
    }
    return render(request, "team/inquiries/detail.html", page, status=status)


def _position(request: TeamRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get("position", ""))
    except ValueError:
        return None
