"""What the editor of captions is made of: its context, and what its script needs to know and to say."""

import uuid
from typing import Any

from django.http import Http404
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.kits.cues import LONGEST_CUE, MOST_CUES
from bothways.kits.models import Captions, KitVersionState, Question
from bothways.kits.queries.captions import heard_cues
from bothways.kits.queries.subjects import Subject, language_of, part_of
from bothways.lib import reading
from bothways.media.models import Recording
from bothways.media.queries.transcripts import is_being_heard
from bothways.web.team.access import TeamRequest
from bothways.web.team.forms.captions import Row
from bothways.web.team.kit_parts import shown_prompt
from bothways.web.team.playback import peaks_address
from bothways.web.team.prompt_subjects import SUBJECTS, find_subject, home_of


def captioned_subject(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> Subject:
    """What the captions belong to; 404 for a kind that has none, as the versions in sign language."""
    if kind not in SUBJECTS:
        raise Http404
    return find_subject(request, kind, subject_id)


def may_be_captioned(subject: Subject) -> bool:
    """Whether it is asked on video and may still change."""
    version = subject.kit_version if isinstance(subject, Question) else subject
    is_draft = getattr(version, "state", KitVersionState.DRAFT) == KitVersionState.DRAFT
    return is_draft and part_of(subject, "prompt") is not None


def editor_page(
    request: TeamRequest, kind: str, subject: Subject, rows: list[Row], *, refused: str = "", focus: int | None = None
) -> dict[str, Any]:
    """The context of team/captions/edit.html. `focus` is the number of the row to go on with."""
    captions: Captions | None = part_of(subject, "captions")
    recording: Recording | None = part_of(subject, "prompt")
    prompt = shown_prompt(recording, request.actor.id)
    page = {
        **subject_facts(request, kind, subject),
        "prompt": prompt,
        "language": captions.language if captions else language_of(subject),
        "rows": rows,
        "blank": Row("", "", ""),
        "refused": refused,
        "focus": focus,
    }
    if recording is None or prompt.playback is None:
        return page
    return {
        **page,
        "heard": bool(heard_cues(recording)),
        "is_being_heard": is_being_heard(recording.organization_id, recording.id),
        "config": _config(request, page, recording),
        "strings": _strings(),
    }


def subject_facts(request: TeamRequest, kind: str, subject: Subject) -> dict[str, Any]:
    """What every page about the captions of a subject shows."""
    captions: Captions | None = part_of(subject, "captions")
    named = [request.organization.slug, kind, subject.id]
    return {
        "kind": kind,
        "subject": subject,
        "home": home_of(request, subject),
        "captions": captions,
        "revision": captions.revision if captions else 0,
        "edit_url": reverse("team:captions-edit", args=named),
        "save_url": reverse("team:captions-save", args=named),
        "import_url": reverse("team:captions-import", args=named),
        "speech_url": reverse("team:captions-speech", args=named),
    }


def _config(request: TeamRequest, page: dict[str, Any], recording: Recording) -> dict[str, Any]:
    return {
        "save_url": page["save_url"],
        "csrf_token": get_token(request),
        "draft": f"bothways-captions-{page['subject'].id}-{recording.id}",
        "revision": page["revision"],
        "duration_ms": recording.duration_ms,
        "peaks_url": peaks_address(recording, request.actor.id),
        "language": page["language"],
        "most_cues": MOST_CUES,
        "longest_cue": LONGEST_CUE,
        "limits": {
            "lines": reading.LINES,
            "line": reading.LINE,
            "per_second": reading.PER_SECOND,
            "shortest_ms": reading.SHORTEST_MS,
            "longest_ms": reading.LONGEST_MS,
            "gap_ms": reading.GAP_MS,
        },
    }


def _strings() -> dict[str, str | list[str]]:
    n = {"n": "{n}"}
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "unsaved": _("The line is down. Your words are kept on this device and are saved when the line is back."),
        "stopped": _("Not saved. You are signed out: sign in in another window, then change something here."),
        "begins": _("Caption %(n)s begins") % n,
        "ends": _("Caption %(n)s ends") % n,
        "words": _("Words of caption %(n)s") % n,
        "play": _("Play caption %(n)s") % n,
        "which": _("caption %(n)s") % n,
        "whole": _("Caption %(n)s as a whole") % n,
        "span": _("from {start} to {end}: {text}"),
        "place": _("Place in the recording"),
        "did_split": _("Split. You are in caption {n}."),
        "did_join": _("Joined. You are in caption {n}."),
        "did_remove": _("Caption {n} is removed."),
        "did_insert": _("Caption {n} is new."),
        "did_undo": _("Undone"),
        "did_redo": _("Done again"),
        "no_undo": _("There is nothing to undo."),
        "no_split": _("There is nothing to split: it needs two words and a little time."),
        "no_join": _("It is the last one: there is no next caption to join it with."),
        "no_room": _("There is no room for a caption here."),
        "too_many": _("More than %(most)s captions cannot be kept. Join some.") % {"most": MOST_CUES},
        "wrong_time": _("This is no time. Write minutes and seconds, as in 0:07.5."),
        "wrong_order": _("It would end before it begins."),
        "wrong_end": _("It would end after the recording."),
        "lines": _("{n} lines: two can be read at a glance."),
        "line": _("Line {line} has {n} characters: {most} can be read at a glance."),
        "fast": _("{n} characters a second: more than {most} are hard to read."),
        "short": _("{seconds} s: shorter than one second is gone before it is read."),
        "long": _("{seconds} s: longer than seven seconds reads as if it hung. Split it."),
        "overlap": _("It begins before caption {n} ends."),
        "tight": _("{ms} ms after caption {n}: such a short gap flickers. Close it, or leave {most} ms."),
        "empty": _("It has no words yet."),
        "concerned": [
            _("Nothing to look at"),
            ngettext("%(n)s caption to look at", "%(n)s captions to look at", 1) % {"n": "1"},
            ngettext("%(n)s caption to look at", "%(n)s captions to look at", 2) % n,
        ],
    }
