"""What the page of one inquiry is made of: as much of it as this member may know."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from bothways.conversations.models import Inquiry, InquiryState
from bothways.conversations.policies import Sight, sight_of
from bothways.conversations.queries.published import published_from
from bothways.interviews.models import InterviewState
from bothways.interviews.queries.hidden_words import masked
from bothways.media.models import Recording
from bothways.media.queries.transcripts import is_being_heard
from bothways.review.queries.masking import masks_for
from bothways.web.clips import ShownClip, Viewer, shown_clip, spoken_text, words_of
from bothways.web.team.access import TeamRequest
from bothways.web.team.inquiry_lines import shown_name, standing


def inquiry_page(request: TeamRequest, inquiry: Inquiry) -> dict[str, Any]:
    """`asked` and `answer` are recordings; `in_words` is what is asked, in writing: what was written, or what a machine
    heard. Whoever may only read gets no address of a recording, and words masked like the answers that they still have
    to rate; whoever may know nothing gets nothing.
    """
    sight = sight_of(request.actor, inquiry, blinded=inquiry.is_blinded)
    words = words_of(inquiry.interview, [inquiry.recording, inquiry.reply]) if sight != Sight.NOTHING else {}
    in_words = inquiry.words if sight != Sight.NOTHING else ""
    if sight == Sight.WORDS and inquiry.recording:
        in_words = spoken_text(words.get(inquiry.recording_id))
    if sight == Sight.WORDS and (masks := masks_for(request.actor, inquiry.interview)) is not None:
        in_words = masked(in_words, masks)
    sign, state_words = standing(inquiry, timezone.now())

    def shown(recording: Recording | None) -> ShownClip | None:
        if recording is None or sight != Sight.ALL:
            return None
        slug = request.organization.slug
        captions = reverse("team:inquiries-captions", args=[slug, inquiry.id, recording.id])
        return shown_clip(recording, Viewer("member", request.actor.id), words.get(recording.id), captions)

    is_waiting = inquiry.is_open and inquiry.interview.state != InterviewState.WITHDRAWN
    return {
        "inquiry": inquiry,
        "interview": inquiry.interview,
        "name": shown_name(request.actor, inquiry),
        "person": inquiry.interview.application.candidate if sight == Sight.ALL else None,
        "sight": str(sight),
        "asked": shown(inquiry.recording),
        "answer": shown(inquiry.reply),
        "in_words": in_words,
        "is_heard": bool(inquiry.recording and is_being_heard(request.organization.id, inquiry.recording_id)),
        "sign": sign,
        "state_words": state_words,
        "may_publish": inquiry.state == InquiryState.ANSWERED and sight != Sight.NOTHING,
        "published": published_from(inquiry),
        "may_answer": is_waiting and sight != Sight.NOTHING and bool(in_words or sight == Sight.ALL),
        "may_hand_over": is_waiting,
    }
