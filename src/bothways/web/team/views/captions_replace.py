"""Other captions in the place of those that are there: from a file, from pasted text, from what a machine heard.

What would be replaced, and what of a file cannot be used, is shown before anything happens.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bothways.kits.actions.captions import MOST_FILE_BYTES, begin_from_speech, fitting_file, import_captions
from bothways.kits.queries.captions import heard_cues
from bothways.kits.queries.subjects import Subject, part_of
from bothways.lib.caption_files import CaptionFile, Fault
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.webvtt import Cue
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.captions_editor import captioned_subject, may_be_captioned, subject_facts
from bothways.web.team.forms.captions import rows_of
from bothways.web.team.navigation import MAKERS

MOST_NAMED = 20
"""Lines of a file that are named one by one."""


@require_POST
@member_required(*MAKERS)
def captions_import(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Show what is in a file or in pasted text; with `confirmed`, use it."""
    subject = captioned_subject(request, kind, subject_id)
    if not may_be_captioned(subject):
        return redirect(subject_facts(request, kind, subject)["home"])
    data = _sent(request)
    try:
        if "confirmed" in request.POST:
            import_captions(actor=request.actor, subject=subject, data=data, seen=_seen(request))
            messages.success(request, _("The captions of the file are here. Read them once beside the recording."))
            return _to_editor(request, kind, subject)
        file = fitting_file(data, part_of(subject, "prompt"))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
        return _to_editor(request, kind, subject)
    return _preview(request, kind, subject, sorted(file.cues), file=file, unread=_named(file))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def captions_speech(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Show captions made from what a machine heard; posted, begin with them."""
    subject = captioned_subject(request, kind, subject_id)
    if request.method == "POST":
        try:
            begin_from_speech(actor=request.actor, subject=subject, seen=_seen(request))
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, refused.words)
        else:
            words = _("These are the words that a machine heard. Listen once, and mend what it misheard.")
            messages.success(request, words)
        return _to_editor(request, kind, subject)
    recording = part_of(subject, "prompt")
    cues = heard_cues(recording) if may_be_captioned(subject) else None
    if not cues:
        return _to_editor(request, kind, subject)
    return _preview(request, kind, subject, cues)


def _preview(request: TeamRequest, kind: str, subject: Subject, cues: list[Cue], **more: Any) -> HttpResponse:
    page = {**subject_facts(request, kind, subject), "rows": rows_of(cues), **more}
    return render(request, "team/captions/replace.html", page)


def _sent(request: HttpRequest) -> bytes:
    """The file, else the pasted text. Never much more than would be kept."""
    file = request.FILES.get("file")
    if file:
        return file.read(MOST_FILE_BYTES + 1)
    return request.POST.get("content", "").encode("utf-8", "replace")[: MOST_FILE_BYTES + 1]


def _seen(request: HttpRequest) -> int:
    """The revision that was looked at; one that never was, for what makes no sense."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


def _to_editor(request: TeamRequest, kind: str, subject: Subject) -> HttpResponse:
    return redirect(subject_facts(request, kind, subject)["edit_url"])


def _named(file: CaptionFile) -> list[str]:
    """What is not used, line by line, in words."""
    words = {
        Fault.TIMES: _("Line %(n)d: its times make no sense."),
        Fault.BACKWARDS: _("Line %(n)d: it ends before it begins."),
        Fault.NO_WORDS: _("Line %(n)d: it has no words."),
        Fault.NO_TIMES: _("Line %(n)d: these words have no time."),
        Fault.TOO_LATE: _("Line %(n)d: it comes after the end of the recording."),
    }
    return [words[part.fault] % {"n": part.line} for part in file.unread[:MOST_NAMED]]
