"""One candidate's way as far as it has come, through the same verbs as the pages; then moved back in time."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from bothways.accounts.actors import Actor, candidate_actor, member_actor, system_actor
from bothways.accounts.models import Member
from bothways.config.demo import questions_back
from bothways.config.demo.people import DemoCandidate, Remark, Review
from bothways.config.demo.recordings import Clips
from bothways.conversations.actions.feedback import approve_feedback
from bothways.conversations.queries.feedback_drafts import Text, feedback_draft
from bothways.interviews.actions import progress, requests
from bothways.interviews.actions.consent import agree, current_text
from bothways.interviews.actions.faults import note_fault
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.passages import open_question
from bothways.interviews.actions.state import change_state
from bothways.interviews.actions.takes import accept_take, open_take
from bothways.interviews.models import Answer, Device, Interview, InterviewState, Passage, Take
from bothways.kits.models import Question
from bothways.lib.ids import new_id
from bothways.lib.working_days import add_working_days
from bothways.positions.models import Stage
from bothways.review.actions.comments import Place, write_comment
from bothways.review.actions.decisions import decide
from bothways.review.actions.scorecards import Draft, keep_overall, keep_rating, submit_scorecard
from bothways.review.models import Coverage, Decision, Scorecard
from bothways.review.queries.reply_drafts import BLANK

PHONE = "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile"

Team = dict[str, Member]


def walk(candidate: DemoCandidate, stage: Stage, team: Team, clips: Clips) -> Interview:
    """Invite the candidate and bring them to where they have come."""
    recruiter = member_actor(team["recruiter"])
    interview = invite(
        actor=recruiter, stage=stage, name=candidate.name, email=candidate.email, language=candidate.language
    )
    person = candidate_actor(
        candidate_id=interview.application.candidate_id, name=candidate.name, organization_id=interview.organization_id
    )
    if candidate.reaches != "invited" and candidate.reaches != "expired":
        progress.mark_opened(interview=interview, actor=person)
    if candidate.reaches in ("started", "submitted"):
        agree(interview=interview, text_id=current_text(interview).id, actor=person)
        questions = list(interview.kit_version.questions.all())
        for question in questions if candidate.reaches == "submitted" else questions[:2]:
            take = _answer(interview, question, person, candidate.person, clips)
        if candidate.reaches == "started":
            note_fault(take=take, segment=1, code="interrupted", detail="track muted", browser=PHONE, actor=person)
    if candidate.reaches == "submitted":
        progress.submit(interview=interview, actor=person)
        for review in candidate.reviews:
            _review(interview, review, team[review.by])
        for remark in candidate.remarks:
            _say(interview, remark, team[remark.by])
        if candidate.outcome:
            _decide(interview, candidate, recruiter)
    if candidate.reaches == "withdrawn":
        progress.withdraw(interview=interview, actor=person)
    _move_back(interview, candidate)
    if candidate.feedback:
        _advise(interview, candidate, recruiter)
    if candidate.asks:
        _ask(interview, candidate, person, recruiter)
    for one in candidate.follow_ups:
        questions_back.follow_up_on(interview, one, person, team[one.by])
    for question in candidate.questions:
        questions_back.ask(interview, question, person, candidate.person, team, clips)
    return interview


def _advise(interview: Interview, candidate: DemoCandidate, recruiter: Actor) -> None:
    """The draft with its blanks filled, approved, and sent because the decision is out."""
    draft = feedback_draft(interview, recruiter.name)
    text = Text(
        BLANK.sub(candidate.feedback, draft.words),
        tuple(replace(part, strength=BLANK.sub("", part.strength)) for part in draft.parts),
    )
    approve_feedback(actor=recruiter, interview=interview, text=text, seen=0, is_read=True)


def _ask(interview: Interview, candidate: DemoCandidate, person: Actor, recruiter: Actor) -> None:
    """Today, so that the answer is still owed when somebody looks."""
    interview.refresh_from_db()
    asked = requests.ask(interview=interview, kind=candidate.asks, words=candidate.asks_words, actor=person)
    if asked and candidate.answered_with:
        requests.answer(actor=recruiter, request=asked, message=candidate.answered_with)


def _answer(interview: Interview, question: Question, person: Actor, drawn: str, clips: Clips) -> Take:
    interview.refresh_from_db()
    open_question(interview=interview, question=question, device=Device.PHONE, actor=person)
    opened = open_take(
        interview=interview, question=question, client_key=new_id(), kind="video", mime="video/mp4", actor=person
    )
    part = question.place % 2
    size = clips.place(opened.take.recording, drawn, part)
    take = accept_take(take=opened.take, size=size, duration_ms=20_000, actor=person)
    clips.settle(take.recording, drawn, part)
    return take


def _review(interview: Interview, review: Review, member: Member) -> None:
    """Ratings by the verbs. That the answers were played is set directly: the server's clock cannot be hurried."""
    interview.refresh_from_db()
    actor = member_actor(member)
    for answer in Answer.objects.filter(interview=interview).select_related("chosen_take__recording"):
        recording = answer.chosen_take.recording
        Coverage.objects.create(
            organization_id=interview.organization_id,
            answer=answer,
            recording=recording,
            member=member,
            spans=[[0, recording.duration_ms]],
            covered_ms=recording.duration_ms,
            reported_at=timezone.now(),
        )
    for question, value, note in zip(interview.kit_version.questions.all(), review.values, review.notes, strict=True):
        keep_rating(actor=actor, interview=interview, question_id=question.id, draft=Draft(value, note))
    keep_overall(actor=actor, interview=interview, recommendation=review.recommendation, note=review.overall)
    submit_scorecard(actor=actor, interview=interview)


def _say(interview: Interview, remark: Remark, member: Member) -> None:
    question = interview.kit_version.questions.filter(place=remark.place).first()
    times = [None if second is None else second * 1000 for second in (remark.at_s, remark.until_s)]
    write_comment(
        actor=member_actor(member),
        interview=interview,
        words=remark.words,
        client_key=new_id(),
        place=Place(question and question.id, *times),
        parent=interview.comments.filter(question=question).first() if remark.answers else None,
    )


def _decide(interview: Interview, candidate: DemoCandidate, recruiter: Actor) -> None:
    interview.refresh_from_db()
    decide(
        actor=recruiter,
        interview=interview,
        outcome=candidate.outcome,
        reason=candidate.reason,
        reply_subject="Your interview with Kestrel Housing" if candidate.reply else "",
        reply_body=candidate.reply,
    )


def _move_passages_back(interview: Interview, begun: dt.datetime) -> None:
    """One question after the other, three minutes each."""
    for number, passage in enumerate(Passage.objects.filter(interview=interview).order_by("created_at", "id")):
        at = begun + dt.timedelta(minutes=3 * number)
        Passage.objects.filter(id=passage.id).update(created_at=at, answered_at=at + dt.timedelta(seconds=150))


def _move_back(interview: Interview, candidate: DemoCandidate) -> None:
    """Everything has just happened. Set the moments as if it had happened over two weeks."""
    interview.refresh_from_db()
    now = timezone.now()
    invited = now - dt.timedelta(days=candidate.invited_days_ago, hours=2)
    later = {
        "created_at": invited,
        "deadline": interview.deadline - dt.timedelta(days=candidate.invited_days_ago),
        "opened_at": interview.opened_at and invited + dt.timedelta(hours=5),
        "started_at": interview.started_at and invited + dt.timedelta(hours=6),
    }
    if interview.submitted_at:
        submitted = now - dt.timedelta(days=candidate.submitted_days_ago)
        country = interview.organization.country
        reply_by = add_working_days(submitted.date(), interview.stage.reply_days, country)
        rate_by = add_working_days(submitted.date(), interview.stage.rating_days, country)
        later |= {"submitted_at": submitted, "reply_by": reply_by, "rate_by": rate_by}
    Interview.objects.filter(id=interview.id).update(**later)
    _move_passages_back(interview, invited + dt.timedelta(hours=6))
    reviewed = now - dt.timedelta(days=max(candidate.submitted_days_ago - 2, 0))
    Scorecard.objects.filter(interview=interview).update(submitted_at=reviewed)
    Coverage.objects.filter(answer__interview=interview).update(reported_at=reviewed)
    Decision.objects.filter(interview=interview).update(created_at=reviewed + dt.timedelta(hours=3))
    if candidate.reaches == "expired":
        interview.refresh_from_db()
        change_state(interview=interview, to=InterviewState.EXPIRED, actor=system_actor(interview.organization_id))
