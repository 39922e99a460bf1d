"""Showing interviews to somebody without an account: the links that were made, and a new one."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.accounts.models import Role
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.queries.sending import sending_words
from bothways.positions.models import Stage
from bothways.review.actions.shares import change_share, make_share, renew_share, revoke_share
from bothways.review.models import Share
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.shares import PAGE_SIZE, rows_of_share, shares_of
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.shares import ChangedShareForm, ShareForm
from bothways.web.team.views.compare import ids_in

SHARERS = (Role.OWNER, Role.RECRUITER)


@require_safe
@member_required(*SHARERS)
def shares_list(request: TeamRequest) -> HttpResponse:
    """Every link of the organization, or of one stage, over ones too, the newest first."""
    stage = _stage(request, request.GET["stage"]) if "stage" in request.GET else None
    found = shares_of(request.organization, stage)
    after = ids_in([request.GET.get("after", "")])
    if after:
        found = found.filter(id__lt=after[0])
    shares = list(found[: PAGE_SIZE + 1])
    page = {
        "stage": stage,
        "shares": shares[:PAGE_SIZE],
        "after": shares[PAGE_SIZE - 1].id if len(shares) > PAGE_SIZE else "",
        "is_later": bool(after),
    }
    return render(request, "team/shares/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*SHARERS)
def shares_new(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """A link to those who were picked (`?with=`). It goes out by mail, or is shown this once."""
    stage = _stage(request, str(stage_id))
    given = request.POST if request.method == "POST" else request.GET
    interviews = _picked(request, stage, ids_in(given.getlist("with")))
    people = [(interview.id, interview.shown_name) for interview in interviews]
    form = ShareForm(request.POST or None, people=people, questions=_questions(interviews))
    refused = ""
    if request.method == "POST" and form.is_valid():
        chosen = [interview for interview in interviews if interview.id in form.cleaned_data["interviews"]]
        fields = ("recipient", "email", "places", "days", "most_views", "is_involved")
        try:
            made, token = make_share(
                actor=request.actor,
                interviews=chosen,
                shown=form.shown(),
                **{name: form.cleaned_data[name] for name in fields},
            )
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            return _told(request, made, token)
    page = {"stage": stage, "picked": interviews, "form": form, "refused": refused}
    return render(request, "team/shares/new.html", page, status=409 if refused else 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*SHARERS)
def shares_edit(request: TeamRequest, share_id: uuid.UUID) -> HttpResponse:
    """One link: what it shows, until when, who opened it. What is taken out is shown no more, at once."""
    share = _share(request, share_id)
    page, form = _edit_page(request, share)
    if request.method == "POST" and form.is_valid():
        fields = ("interviews", "places", "days", "most_views")
        try:
            change_share(
                actor=request.actor,
                share=share,
                shown=form.shown(),
                **{name: form.cleaned_data[name] for name in fields},
            )
        except NotAllowed:
            raise
        except Refused as error:
            page["refused"] = error.words
        else:
            messages.success(request, _("Saved. From now on the link shows this and nothing else."))
            return redirect("team:shares-edit", organization=request.organization.slug, share_id=share.id)
    status = 409 if page["refused"] else 422 if form.errors else 200
    return render(request, "team/shares/edit.html", page, status=status)


@require_POST
@never_cache
@member_required(*SHARERS)
def shares_renew(request: TeamRequest, share_id: uuid.UUID) -> HttpResponse:
    """A new address for the link, mailed or shown this once. The old one opens nothing."""
    share = _share(request, share_id)
    try:
        token = renew_share(actor=request.actor, share=share, mails=request.POST.get("by") == "mail")
    except NotAllowed:
        raise
    except Refused as error:
        messages.warning(request, error.words)
        return redirect("team:shares-edit", organization=request.organization.slug, share_id=share.id)
    return _told(request, share, token, mailed=request.POST.get("by") == "mail")


@require_POST
@member_required(*SHARERS)
def shares_revoke(request: TeamRequest, share_id: uuid.UUID) -> HttpResponse:
    """Close one link at once, also for whoever has it open."""
    share = _share(request, share_id)
    revoke_share(actor=request.actor, share=share)
    messages.success(request, _("The link for %(name)s shows nothing any more.") % {"name": share.recipient})
    return redirect("team:shares-edit", organization=request.organization.slug, share_id=share.id)


def _told(request: TeamRequest, share: Share, token: str, *, mailed: bool | None = None) -> HttpResponse:
    """After a link was made: it is on its way, or stands on this page and nowhere else."""
    if bool(share.email) if mailed is None else mailed:
        told = _("The link for %(name)s goes to %(address)s.") % {"name": share.recipient, "address": share.email}
        messages.success(request, f"{told} {sending_words()}")
        return redirect("team:shares-edit", organization=request.organization.slug, share_id=share.id)
    page, _form = _edit_page(request, _share(request, share.id), is_sent=False)
    link = settings.BASE_URL + reverse("public:share", args=[token])
    return render(request, "team/shares/edit.html", {**page, "link": link})


def _edit_page(request: TeamRequest, share: Share, *, is_sent: bool = True) -> tuple[dict[str, Any], ChangedShareForm]:
    rows = rows_of_share(share, request.actor.id)
    questions = _questions([row.interview for row in rows])
    form = ChangedShareForm(
        request.POST if is_sent and request.method == "POST" else None,
        people=[(row.interview_id, row.shown_name) for row in rows],
        questions=questions,
        initial=ChangedShareForm.initial_of(
            share, [row.interview_id for row in rows if row.closed_at is None], questions
        ),
    )
    return {"share": share, "rows": rows, "form": form, "refused": ""}, form


def _stage(request: TeamRequest, stage_id: str) -> Stage:
    ids = ids_in([stage_id])
    if not ids:
        raise Http404
    return get_object_or_404(Stage.objects.select_related("position"), id=ids[0], organization=request.organization)


def _share(request: TeamRequest, share_id: uuid.UUID) -> Share:
    shares = shares_of(request.organization).select_related("organization")
    return get_object_or_404(shares, id=share_id)


def _picked(request: TeamRequest, stage: Stage, ids: list[uuid.UUID]) -> list[Interview]:
    """Those of the ids that were sent in this stage, with the names that this member may read."""
    sent = Interview.objects.filter(
        organization=request.organization, stage=stage, is_preview=False, state=InterviewState.SUBMITTED, id__in=ids
    )
    found = with_shown_name(sent, request.actor.id, after_decision=True)
    return list(found.select_related("organization", "position", "stage").order_by("code_name", "id"))


def _questions(interviews: list[Interview]) -> list[Question]:
    """What was asked, in the version of the first: a link is for people who were asked the same."""
    if not interviews:
        return []
    return list(Question.objects.filter(kit_version=interviews[0].kit_version_id).order_by("place"))
