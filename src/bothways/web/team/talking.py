"""What a page needs to show what is said about one answer, and to say something."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bothways.accounts.models import Role
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.ids import new_id
from bothways.media.models import RecordingState
from bothways.review.models import Comment
from bothways.review.policies import may_comment, may_watch_interview
from bothways.review.queries.talking import Said, Talker, Thread, talkers, thread_of
from bothways.web.team.access import TeamRequest
from bothways.web.team.forms.talk import CommentForm
from bothways.web.team.pins import shown_when


@dataclass(frozen=True, slots=True)
class ShownComment:
    """One comment as the page has it. `when` is "0:42" or "0:42–1:05", empty where it is about no time."""

    comment: Comment
    is_own: bool
    is_new: bool
    when: str
    second: int
    may_change: bool
    answer_key: uuid.UUID
    replies: tuple["ShownComment", ...]


def talk(
    request: TeamRequest, interview: Interview, question: Question | None, refused: CommentForm | None = None
) -> dict[str, Any]:
    """The context of team/talk/thread.html, only for who may read it; the page asks before. At most nine queries.

    `refused` is a form that could not be kept: it comes back where it was filled in, with the words.
    """
    thread = thread_of(request.actor, interview, question)
    may_write = may_comment(request.actor, interview)
    people = [one for one in talkers(interview) if one.member.id != request.actor.id] if may_write else []
    place = question.place if question else 0
    slug = [request.organization.slug, interview.id]
    return {
        "talk": {
            "thread": thread,
            "said": [_shown(request, one, may_write) for one in thread.said],
            "place": place,
            "url": reverse("team:talk-thread", args=[*slug, place]),
            "news_url": reverse("team:talk-news", args=[*slug, place]),
            "read_url": reverse("team:talk-read", args=[*slug, place]),
            "plays_at": _plays_at(request, interview, question),
            "times": question is not None and _has_times(interview, question),
            "may_write": may_write,
            "refused": refused,
            "refused_parent": _parent(refused, thread),
            "new_key": new_id(),
            "drafts": f"bothways.talk:{request.actor.id}:{interview.id}:{place}:",
            "since": thread.newest_at.isoformat() if thread.newest_at else "",
            "picker": _picker(people),
        }
    }


def _parent(refused: CommentForm | None, thread: Thread) -> str:
    """Below which comment the refused form stood; empty for the form at the end."""
    asked_for = refused.data.get("parent", "") if refused else ""
    return asked_for if asked_for in {str(one.comment.id) for one in thread.said} else ""


def _picker(people: list[Talker]) -> dict[str, Any]:
    """For static/bothways/team/talk/mentioning.js. Of two people with one name, the mail address says who is meant."""
    names = Counter(one.member.user.name.casefold() for one in people)
    return {
        "people": [
            {
                "name": user.name,
                "writes": user.name if names[user.name.casefold()] == 1 else user.email,
                "hint": _("has still to rate") if one.still_rates else "",
            }
            for one in people
            for user in [one.member.user]
        ],
        "found": _("Fitting: {many}. Arrow keys choose, Enter takes one, Escape closes the list."),
    }


def _shown(request: TeamRequest, said: Said, may_write: bool) -> ShownComment:
    comment = said.comment
    return ShownComment(
        comment=comment,
        is_own=said.is_own,
        is_new=said.is_new,
        when="" if comment.at_ms is None else shown_when(comment.at_ms, comment.until_ms),
        second=(comment.at_ms or 0) // 1000,
        # The policies ask more, and the verbs ask them; here the rest of it is known already.
        may_change=may_write and not comment.withdrawn_at and (said.is_own or request.actor.has_role(Role.OWNER)),
        answer_key=new_id(),
        replies=tuple(_shown(request, reply, may_write) for reply in said.replies),
    )


def _plays_at(request: TeamRequest, interview: Interview, question: Question | None) -> str:
    """The page with the player of this answer; empty for whom it does not play."""
    if question is None or not may_watch_interview(request.actor, interview):
        return ""
    return reverse("team:review-question", args=[request.organization.slug, interview.id, question.place])


def _has_times(interview: Interview, question: Question) -> bool:
    ready = {"chosen_take__recording__state": RecordingState.READY}
    return interview.answers.filter(question=question, **ready).exists()
