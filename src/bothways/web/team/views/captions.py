"""Captions of what is asked on video: written beside the player, read by somebody, handed to players as a file."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bothways.kits.actions.captions import review_captions, save_captions
from bothways.kits.cues import add_cue, join_cues, remove_cue, split_cue
from bothways.kits.queries.captions import captions_of, cues_to_edit
from bothways.kits.queries.subjects import Subject, part_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.webvtt import Cue
from bothways.web.captions import subrip_response, webvtt_response
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.captions_editor import captioned_subject, editor_page, may_be_captioned
from bothways.web.team.forms.captions import CaptionsForm, rows_of
from bothways.web.team.navigation import MAKERS
from bothways.web.team.prompt_subjects import home_of


@require_safe
@member_required()
def captions_file(request: TeamRequest, captions_id: uuid.UUID) -> HttpResponse:
    captions = captions_of(request.organization, captions_id)
    if captions is None:
        raise Http404
    return webvtt_response(captions)


@require_safe
@member_required()
def captions_subrip(request: TeamRequest, captions_id: uuid.UUID) -> HttpResponse:
    captions = captions_of(request.organization, captions_id)
    if captions is None:
        raise Http404
    return subrip_response(captions)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def captions_edit(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Write the captions; every button works without scripts, too."""
    subject = captioned_subject(request, kind, subject_id)
    if request.method == "POST":
        return _save(request, kind, subject)
    if not may_be_captioned(subject):
        return redirect(home_of(request, subject))
    page = editor_page(request, kind, subject, rows_of(cues_to_edit(subject)))
    return render(request, "team/captions/edit.html", page)


def _save(request: TeamRequest, kind: str, subject: Subject) -> HttpResponse:
    form = CaptionsForm(request.POST)
    refused, is_overtaken, focus = form.error, False, None
    if not refused:
        try:
            cues, wanted = _changed(form, subject)
            captions = save_captions(actor=request.actor, subject=subject, cues=cues, seen=form.seen)
            if form.act == "reviewed":
                review_captions(actor=request.actor, subject=subject, seen=captions.revision)
        except NotAllowed:
            raise
        except Refused as refusal:
            refused, is_overtaken = refusal.words, refusal.code == "captions_changed"
            subject = captioned_subject(request, kind, subject.id)
        else:
            subject = captioned_subject(request, kind, subject.id)
            kept = captions.as_cues()
            focus = kept.index(wanted) + 1 if wanted in kept else None
    if not refused and form.act == "reviewed":
        messages.success(request, _("The captions are read and called right, by you."))
        return redirect(home_of(request, subject))
    rows = form.rows if refused else rows_of(cues_to_edit(subject))
    page = editor_page(request, kind, subject, rows, refused=refused, focus=focus)
    if is_overtaken:
        # Sending the same page once more overwrites nobody's words either.
        page["revision"] = form.seen
    return render(request, "team/captions/edit.html", page, status=422 if refused else 200)


def _changed(form: CaptionsForm, subject: Subject) -> tuple[list[Cue], Cue | None]:
    """The cues after what the pressed button does, and the one to go on with."""
    cues = form.cues
    if form.act == "add":
        end_ms = max((cue.end_ms for cue in cues), default=0)
        recording = part_of(subject, "prompt")
        cues, place = add_cue(sorted(cues), end_ms, (recording and recording.duration_ms) or 0)
        return cues, cues[place] if cues else None
    if not form.names_a_cue:
        return cues, None
    if form.act == "split":
        cues = split_cue(cues, form.place)
    elif form.act == "join":
        cues = join_cues(cues, form.place)
    elif form.act == "remove":
        cues = remove_cue(cues, form.place)
    return cues, cues[min(form.place, len(cues) - 1)] if cues else None
