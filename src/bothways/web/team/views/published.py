"""Answers for all candidates of a position: edited, ordered, taken back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.conversations.actions.publishing import change_published, move_published, publish_answer, take_back
from bothways.conversations.models import PublishedAnswer
from bothways.conversations.queries.published import published_answer, published_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import Position
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.published import PublishForm
from bothways.web.team.inquiry_page import inquiry_page
from bothways.web.team.views.inquiries import found
from bothways.web.team.views.positions import MAKERS

_FIELDS = {"no_question": "question", "no_answer": "answer", "no_recording": "with_recording", "names": "names_nobody"}


@require_safe
@member_required(*MAKERS)
def published_list(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """What every candidate of the position reads, in order."""
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    page = {"position": position, "answers": published_of(position)}
    return render(request, "team/published/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def published_new(request: TeamRequest, inquiry_id: uuid.UUID) -> HttpResponse:
    """Begins with what was asked and answered."""
    inquiry = found(request, inquiry_id)
    page = inquiry_page(request, inquiry)
    if page["published"] or not page["may_publish"]:
        return redirect("team:inquiries-detail", request.organization.slug, inquiry.id)
    asked, reply = page["asked"], page["answer"]
    begun = {
        "question": page["in_words"] or (asked.text if asked else ""),
        "answer": inquiry.message or (reply.text if reply else ""),
    }
    form = PublishForm(request.POST or None, initial=begun, may_play=bool(reply and reply.url))
    if request.method == "POST" and form.is_valid():
        fields = {"with_recording": False, **form.cleaned_data}
        if _done(form, publish_answer, actor=request.actor, inquiry=inquiry, **fields):
            messages.success(request, _("All candidates of this position can read it now. No mail goes out."))
            return _to_list(request, inquiry.interview.position_id)
    context = {**page, "form": form, "position": inquiry.interview.position}
    return render(request, "team/published/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def published_edit(request: TeamRequest, published_id: uuid.UUID) -> HttpResponse:
    """Say it in other words."""
    published = _published(request, published_id)
    begun = {"question": published.question, "answer": published.answer}
    form = PublishForm(request.POST or None, initial=begun)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _done(form, change_published, actor=request.actor, published=published, **form.cleaned_data):
        messages.success(request, _("Changed. Candidates read it like this from now on."))
        return _to_list(request, published.position_id)
    context = {"form": form, "position": published.position, "published": published}
    return render(request, "team/published/form.html", context, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def published_move(request: TeamRequest, published_id: uuid.UUID) -> HttpResponse:
    published = _published(request, published_id)
    move_published(actor=request.actor, published=published, up=request.POST.get("to") == "up")
    return _to_list(request, published.position_id)


@require_POST
@member_required(*MAKERS)
def published_take_back(request: TeamRequest, published_id: uuid.UUID) -> HttpResponse:
    published = _published(request, published_id)
    take_back(actor=request.actor, published=published)
    messages.success(request, _("Taken back. No candidate reads it any more. Who asked keeps the answer."))
    return _to_list(request, published.position_id)


def _done(form: PublishForm, verb: Any, **fields: Any) -> bool:
    """Ask the verb; what it refuses stands in the form."""
    try:
        verb(**fields)
    except NotAllowed:
        raise
    except Refused as refused:
        field = _FIELDS.get(refused.code)
        form.add_error(field if field in form.fields else None, refused.words)
        return False
    return True


def _published(request: TeamRequest, published_id: uuid.UUID) -> PublishedAnswer:
    published = published_answer(request.organization, published_id)
    if published is None:
        raise Http404
    return published


def _to_list(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    return redirect("team:published-list", request.organization.slug, position_id)
