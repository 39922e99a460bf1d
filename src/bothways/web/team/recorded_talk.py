"""What was recorded of a live interview, in words beside the answers: what is missing, what is still made, the rest."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.live.models import Composition, CompositionState
from bothways.live.policies import may_watch_talk
from bothways.live.queries.compositions import RecordedTalk, recorded_talk
from bothways.media.models import Rendition
from bothways.web.clips import ShownClip, Viewer, shown_clip
from bothways.web.team.access import TeamRequest


def question_words(interview: Interview, question: Question, who: str) -> str:
    """About what was said to a question; empty where nothing is to be said, and for what is no talk.

    `who` is what this member reads of the candidate.
    """
    talk = recorded_talk(interview)
    if talk is None:
        return ""
    part = next((one for one in talk.parts if one.question_id == question.id), None)
    if part is not None:
        return _part_words(part, who)
    if talk.is_recorded and not talk.parts:
        return _("This talk was recorded. Its recording is still on its way to us. Come back in some minutes.")
    return _("Of this question nothing was recorded. Rate it from what you heard in the talk.")


def rest_of_talk(request: TeamRequest, interview: Interview, who: str) -> list[tuple[ShownClip | None, str]]:
    """What was said besides the questions: to play, where this member may, and what is to be said about it."""
    talk = recorded_talk(interview) or RecordedTalk(False, [])
    rest = [part for part in talk.parts if part.question_id is None]
    shown = [(_clip(request, interview, part), _part_words(part, who)) for part in rest]
    return [(clip, words) for clip, words in shown if clip or words]


def _clip(request: TeamRequest, interview: Interview, part: Composition) -> ShownClip | None:
    if part.recording is None:
        return None
    part.room.interview = interview
    renditions: list[Rendition] = list(part.recording.renditions.all())
    if not all(may_watch_talk(request.actor, part, rendition) for rendition in renditions):
        return None
    return shown_clip(part.recording, Viewer("member", request.actor.id), None, "")


def _part_words(part: Composition, who: str) -> str:
    if part.state == CompositionState.WAITING:
        return _("What was recorded of this is being put together. Come back in some minutes.")
    if part.failure == "nothing_came":
        return _("No recording of this ever arrived. Rate it from what you heard in the talk.")
    if part.state == CompositionState.FAILED:
        return _(
            "What was recorded of this could not be put together. That is our fault, and nothing is lost: whoever "
            "runs this server can have it tried again. Until then, rate what you heard in the talk."
        )
    names = [name or who for name in part.missing]
    if not names:
        return ""
    return ngettext(
        "The side of %(names)s never arrived. You hear and see the others.",
        "The sides of %(names)s never arrived. You hear and see the others.",
        len(names),
    ) % {"names": ", ".join(names)}
