"""Deciding about an interview, and telling the candidate in a person's words."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import Refused, require
from bothways.positions.models import Application, ApplicationState
from bothways.review.actions.replies import send_reply
from bothways.review.models import Decision, DecisionGround, Meeting, Outcome, Reveal
from bothways.review.policies import may_decide, may_reveal
from bothways.review.queries import readiness
from bothways.review.queries.answers_owed import owed_an_answer
from bothways.review.queries.decisions import latest_decision
from bothways.review.queries.grounds import ANCHORED, Ground
from bothways.review.queries.reply_drafts import NAME, blanks_left
from bothways.review.queries.stages import stage_after

_STATES = {
    Outcome.ADVANCE: ApplicationState.ACTIVE,
    Outcome.HOLD: ApplicationState.HELD,
    Outcome.DECLINE: ApplicationState.DECLINED,
}


@transaction.atomic
def decide(
    *,
    actor: Actor,
    interview: Interview,
    outcome: str,
    reason: str,
    reply_subject: str = "",
    reply_body: str = "",
    seen: uuid.UUID | None = None,
    grounds: Iterable[Ground] = (),
    meeting: Meeting | None = None,
) -> Decision:
    """Advance, hold or decline. To advance or to decline sends the reply; somebody on hold is decided about later.

    `seen` is the decision that stood on the page of whoever decides, if there was one. Of two who decide at the same
    time, one does, and the other reads what was decided. `grounds` are the parts of the reason from the rubric;
    `meeting` is the one in which it is decided.

    Raises:
        Refused: `not_submitted`, `decided` (somebody was faster), `unanswered` (the candidate waits for an answer),
            `unwatched` (the coverage rule, with who still has to watch what), `no_reason`, `no_reply`, `blanks`,
            `grounds` (of another kit), `meeting` (closed, or about others).
    """
    require(may_decide(actor, interview), _("Owners and recruiters decide."))
    interview = locked(interview)
    if meeting and not meeting.items.filter(interview=interview, meeting__closed_at=None).exists():
        raise Refused("meeting", _("This meeting is closed, so nothing is decided in it. Nothing was changed."))
    latest = latest_decision(interview)
    if latest and (latest.is_final or latest.id != seen):
        raise Refused("decided", _already(latest))
    if interview.state != InterviewState.SUBMITTED or interview.application.state == ApplicationState.WITHDRAWN:
        raise Refused("not_submitted", _("Only answers that were sent can be decided about. Nothing was changed."))
    if outcome not in Outcome.values:
        raise Refused("outcome", _("Pick whether to go on, to hold or to decline. Nothing was changed."))
    outcome = Outcome(outcome)
    if not reason.strip():
        raise Refused("no_reason", _("Write the reason. It stays with the team and in the record. Nothing was sent."))
    if outcome == Outcome.DECLINE:
        _require_answered(interview)
        _require_watched(interview)
    if outcome == Outcome.HOLD:
        reply_subject = reply_body = ""
    else:
        require_reply(reply_subject, reply_body)
    name = interview.application.candidate.name
    decision = Decision.objects.create(
        organization=interview.organization,
        interview=interview,
        outcome=outcome,
        reason=reason.strip(),
        decided_by_id=actor.id,
        meeting=meeting,
        reply_subject=reply_subject.strip().replace(NAME, name),
        reply_body=reply_body.strip().replace(NAME, name),
        replied_at=timezone.now() if outcome != Outcome.HOLD else None,
    )
    _keep_grounds(decision, grounds)
    _move(interview.application, interview, outcome)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb=f"interview.{_PAST[outcome]}",
        thing=interview,
        detail={
            "decision": str(decision.id),
            "stage": str(interview.application.stage_id),
            **({"meeting": str(meeting.id)} if meeting else {}),
        },
    )
    if outcome != Outcome.HOLD:
        send_reply(actor=actor, decision=decision)
    return decision


@transaction.atomic
def reveal_name(*, actor: Actor, interview: Interview, meeting: Meeting | None = None) -> None:
    """Show this member who it is, from now on. Written to the audit log the first time, with the meeting it was in."""
    require(may_reveal(actor, interview), _("The name is shown to you when your own scorecard is handed in."))
    _reveal, is_new = Reveal.objects.get_or_create(
        organization_id=interview.organization_id, interview=interview, member_id=actor.id
    )
    if is_new:
        detail = {"meeting": str(meeting.id)} if meeting else None
        verb = "interview.name_shown"
        audit.record(organization=interview.organization, actor=actor, verb=verb, thing=interview, detail=detail)


_PAST = {Outcome.ADVANCE: "advanced", Outcome.HOLD: "held", Outcome.DECLINE: "declined"}


def locked(interview: Interview) -> Interview:
    """The interview as it stands now, locked, so that two decisions stand in one line."""
    Interview.objects.select_for_update().get(id=interview.id)
    return Interview.objects.select_related(
        "organization", "stage", "position", "application__candidate", "application__stage"
    ).get(id=interview.id)


def _already(latest: Decision) -> str:
    name = latest.decided_by.user.name
    says = {
        Outcome.ADVANCE: _("%(name)s has already decided to go on with this person, and the reply is out."),
        Outcome.HOLD: _("%(name)s has meanwhile put this on hold."),
        Outcome.DECLINE: _("%(name)s has already declined, and the reply is out."),
    }[Outcome(latest.outcome)] % {"name": name}
    return _("%(says)s What you wrote was not sent. Load the page again to see where it stands.") % {"says": says}


def _require_answered(interview: Interview) -> None:
    if rule := owed_an_answer([interview.id]).get(interview.id):
        words = _("%(rule)s Nothing was sent.") % {"rule": rule}
        raise Refused("unanswered", words)


def _require_watched(interview: Interview) -> None:
    state = readiness.readiness(interview)
    if not state.is_met:
        words = _("%(rule)s Nothing was sent.") % {"rule": readiness.words(state)}
        raise Refused("unwatched", words)


def require_reply(subject: str, body: str) -> None:
    """Words for the candidate, without a blank.

    Raises:
        Refused: `no_reply`, `blanks`.
    """
    if not subject.strip() or not body.strip():
        raise Refused("no_reply", _("Write the reply to the candidate. It may be short, but not silent."))
    if left := blanks_left(f"{subject}\n{body}"):
        raise Refused(
            "blanks",
            _("The reply still has a blank to fill: %(blank)s Nothing was sent.") % {"blank": left[0]},
        )


def _keep_grounds(decision: Decision, grounds: Iterable[Ground]) -> None:
    picked = dict.fromkeys(grounds)
    if not picked:
        return
    asked = set(decision.interview.kit_version.questions.values_list("id", flat=True))
    if any(ground.question not in asked or ground.level not in ANCHORED for ground in picked):
        raise Refused("grounds", _("A reason was picked that this kit does not have. Nothing was sent."))
    DecisionGround.objects.bulk_create(
        DecisionGround(
            organization=decision.organization, decision=decision, question_id=ground.question, level=ground.level
        )
        for ground in picked
    )


def _move(application: Application, interview: Interview, outcome: Outcome) -> None:
    application.state = _STATES[outcome]
    if outcome == Outcome.ADVANCE:
        application.stage = stage_after(interview.stage) or application.stage
    application.save(update_fields=["state", "stage"])
