"""A member asks one more question about an answer that was sent: one person, or everybody in the step the same."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.conversations.actions.entries import log
from bothways.conversations.actions.follow_up_letters import remind_candidate, tell_candidate_of_follow_up
from bothways.conversations.actions.holding import held_interview
from bothways.conversations.actions.inquiries import require_whole
from bothways.conversations.models import Clip, FollowUp, FollowUpState
from bothways.conversations.policies import may_follow_up, may_take_back_follow_up
from bothways.conversations.queries.follow_ups import (
    DAYS,
    DAYS_TO_CHOOSE,
    MOST_WAITING,
    asked_with,
    due_in,
    is_near,
    to_remind_of,
    waiting_on,
)
from bothways.interviews.models import Answer, Interview
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.lib.ids import new_id
from bothways.lib.lengths import require_lengths
from bothways.media.models import Recording


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked. `clip` is the same on video or by voice; `days` are working days for the answer."""

    words: str
    clip: Clip | None = None
    days: int = DAYS


@transaction.atomic
def follow_up(
    *,
    actor: Actor,
    interview: Interview,
    question: Question,
    asking: Asking,
    start_ms: int | None = None,
    end_ms: int | None = None,
) -> FollowUp:
    """Ask one person once more about one answer, or about a stretch of it. They get a mail with a link. The same words
    again while they wait are the same follow-up.

    Raises:
        Refused: `no_words`, `too_long`, `no_such_days`, `not_answered`, `no_stretch`, `many_waiting`, and of the
            recording `other_clip`, `not_finished`, `clip_failed`.
    """
    _require_may_ask(actor, [interview])
    _require_stretch(interview, question, start_ms, end_ms)
    prompt = _prompt(actor, question, asking)
    asked = FollowUp(question=question, start_ms=start_ms, end_ms=end_ms, prompt=prompt)
    return _ask(actor, interview, asked, asking)


@transaction.atomic
def follow_up_everybody(*, actor: Actor, interview: Interview, question: Question, asking: Asking) -> list[FollowUp]:
    """Ask everybody the same who is in the step of this interview, undecided, and answered the question. Each gets a
    mail of their own.

    Raises:
        Refused: as for one; `not_all` where one of them is not for this member to ask.
    """
    _require_may_ask(actor, [interview])
    everybody = asked_with(interview, question)
    hidden = sum(1 for one in everybody if not may_follow_up(actor, one))
    if hidden:
        words = ngettext(
            "You cannot ask everybody: your ratings of %(count)d person are missing, or you know that person. "
            "Nobody was asked.",
            "You cannot ask everybody: your ratings of %(count)d people are missing, or you know them. "
            "Nobody was asked.",
            hidden,
        )
        raise Refused("not_all", words % {"count": hidden})
    prompt, together = _prompt(actor, question, asking), new_id()
    return [
        _ask(actor, one, FollowUp(question=question, prompt=prompt, together=together), asking) for one in everybody
    ]


@transaction.atomic
def take_back(*, actor: Actor, follow_up: FollowUp) -> FollowUp:
    """Nobody needs the answer any more. The candidate's page says so. Twice is harmless.

    Raises:
        Refused: `answered`.
    """
    require(may_take_back_follow_up(actor, follow_up), _("Your role does not include this follow-up."))
    interview = held_interview(follow_up.interview)
    follow_up = FollowUp.objects.select_related("organization").get(id=follow_up.id)
    follow_up.interview = interview
    if follow_up.state == FollowUpState.ANSWERED:
        raise Refused("answered", _("This has just been answered, so it stays."))
    if follow_up.state == FollowUpState.ASKED:
        follow_up.state = FollowUpState.TAKEN_BACK
        follow_up.save(update_fields=["state"])
        log(actor, interview, "follow_up.taken_back", follow_up=follow_up.id)
    return follow_up


def remind_of_follow_ups() -> int:
    """One mail for each follow-up whose last day is near. Returns how many."""
    near = [one for one in to_remind_of() if is_near(one)]
    return sum(_remind(one.id) for one in near)


@transaction.atomic
def _remind(follow_up_id: uuid.UUID) -> bool:
    """Whoever comes first reminds."""
    rows = FollowUp.objects.filter(id=follow_up_id, state=FollowUpState.ASKED, reminded_at=None)
    if not rows.update(reminded_at=timezone.now()):
        return False
    found = FollowUp.objects.select_related("organization", "asked_by__user").get(id=follow_up_id)
    found.interview = held_interview(found.interview)
    remind_candidate(follow_up=found)
    return True


def _require_may_ask(actor: Actor, interviews: Iterable[Interview]) -> None:
    words = _("You can ask once more when your own ratings are in, and before somebody has decided.")
    require(all(may_follow_up(actor, interview) for interview in interviews), words)


def _require_stretch(interview: Interview, question: Question, start_ms: int | None, end_ms: int | None) -> None:
    """There is an answer, and the stretch lies in its recording."""
    answers = Answer.objects.select_related("chosen_take__recording").filter(interview=interview, question=question)
    answer = answers.first()
    if answer is None:
        raise Refused("not_answered", _("There is no answer here to ask about."))
    duration = (answer.chosen_take.recording.duration_ms or 0) if answer.chosen_take else 0
    is_before = start_ms is not None and start_ms >= duration
    is_backwards = end_ms is not None and (start_ms is None or end_ms <= start_ms or end_ms > duration + 1000)
    if is_before or is_backwards:
        raise Refused("no_stretch", _("This stretch is not in the answer. It ends after it begins, as 0:42-1:05."))


def _prompt(actor: Actor, question: Question, asking: Asking) -> Recording | None:
    clip = asking.clip
    if clip is None:
        return None
    if clip.member_id != actor.id or clip.question_id != question.id:
        raise Refused("other_clip", _("This was recorded for something else."))
    require_whole(clip)
    return clip.recording


def _ask(actor: Actor, interview: Interview, asked: FollowUp, asking: Asking) -> FollowUp:
    words = asking.words.strip()
    if not words:
        raise Refused("no_words", _("Write your question, in a sentence or two. Nothing was sent."))
    if asking.days not in DAYS_TO_CHOOSE:
        raise Refused("no_such_days", _("Pick one of the days that are offered."))
    interview = held_interview(interview)
    waiting = list(waiting_on(interview))
    for one in waiting:
        if (one.words, one.question_id, one.asked_by_id) == (words, asked.question_id, actor.id):
            return one
    if len(waiting) >= MOST_WAITING:
        told = ngettext(
            "%(count)d question already waits for an answer of this person. Wait for it, or take it back first.",
            "%(count)d questions already wait for an answer of this person. Wait for one, or take one back first.",
            MOST_WAITING,
        )
        raise Refused("many_waiting", told % {"count": MOST_WAITING})
    asked.interview, asked.organization = interview, interview.organization
    asked.words, asked.asked_by_id, asked.due = words, actor.id, due_in(interview.organization, asking.days)
    require_lengths(asked)
    asked.save()
    detail = {"question": asked.question_id, "due": asked.due, "recorded": asked.prompt_id is not None}
    log(actor, interview, "follow_up.asked", follow_up=asked.id, everybody=asked.together is not None, **detail)
    tell_candidate_of_follow_up(follow_up=asked)
    return asked
