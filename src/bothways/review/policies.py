"""Who may watch, rate, compare and decide. Nobody reaches into another organization, and a preview is nobody's."""

import uuid

from django.db.models import Exists, OuterRef

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.interviews.models import Answer, Interview, InterviewKind, InterviewState
from bothways.interviews.queries.hidden_words import checked_masks
from bothways.kits.models import Kit, Question
from bothways.lib.rows import OrganizationRow
from bothways.media.models import Rendition
from bothways.positions.models import Position, Stage
from bothways.review.models import Attendance, Comment, Decision, Outcome, Scorecard, Share
from bothways.review.queries.agreement import has_handed_in
from bothways.review.queries.calibration import is_held_back
from bothways.review.queries.identity import hides_picture
from bothways.review.queries.inbox import unrated
from bothways.review.queries.raters import handed_in_by, is_rater, knows, opened_without, rated_by, sees_without_rating
from bothways.review.queries.shares import is_picture_shared, open_rows, opened_share

IN_TALK = (InterviewState.STARTED, InterviewState.EXPIRED)
"""A talk goes on when its interview has not been sent yet; its deadline may pass in the middle of it."""


def may_watch(actor: Actor, rendition: Rendition) -> bool:
    """Whether a member may play this file now: of the chosen take of a submitted answer they may watch, and without a
    picture where they may only hear.

    Asked at each request for bytes, so that who leaves the stage stops seeing at once. At most three queries.
    """
    answer = (
        Answer.objects.select_related("interview__stage", "chosen_take")
        .filter(chosen_take__recording=rendition.recording_id, organization=actor.organization_id)
        .first()
    )
    if answer is None or not may_watch_interview(actor, answer.interview):
        return False
    shows_all = not rendition.has_picture and not answer.interview.stage.hides_voice
    return shows_all or not hides_picture(answer, actor.id)


def may_watch_interview(actor: Actor, interview: Interview) -> bool:
    """Owners, recruiters and who rates it watch what was submitted, not what is still being made; nobody they know.

    Who rates in a stage with calibration watches nothing there before they have calibrated. Where words are hidden,
    whoever only rates waits until somebody has checked them.
    """
    if not _is_own(actor, interview) or interview.state != InterviewState.SUBMITTED or is_held_back(actor, interview):
        return False
    if actor.may_recruit:
        return not knows(actor, interview)
    return _rates(actor, interview) and _is_checked(interview)


def may_rate(actor: Actor, interview: Interview) -> bool:
    """Only reviewers of the stage rate, and what is theirs of it (`queries/raters.py`); an auditor never does.

    Where the stage asks for calibration, only once they have calibrated.
    """
    return (
        _is_own(actor, interview)
        and interview.state == InterviewState.SUBMITTED
        and not actor.has_role(Role.AUDITOR)
        and _rates(actor, interview)
        and not is_held_back(actor, interview)
        and _is_checked(interview)
    )


def may_draft_in_talk(actor: Actor, interview: Interview, *, is_present: bool | None = None) -> bool:
    """Who rates a live interview and is in it writes ratings down while it goes on, to hand them in afterwards.

    `is_present` where it is known already, or about to be.
    """
    if interview.kind != InterviewKind.LIVE or interview.state not in IN_TALK or not _is_own(actor, interview):
        return False
    if is_present is None:
        is_present = Attendance.objects.filter(interview=interview, member=actor.id).exists()
    return (
        is_present
        and not actor.has_role(Role.AUDITOR)
        and _rates(actor, interview)
        and not is_held_back(actor, interview)
    )


def may_change_ratings(actor: Actor, interview: Interview) -> bool:
    """Who rates changes an own handed-in rating, with a reason, until it is decided for good."""
    return (
        may_rate(actor, interview)
        and not Decision.objects.filter(interview=interview, reversed_at=None).exclude(outcome=Outcome.HOLD).exists()
    )


def may_read_kept(actor: Actor, interview: Interview) -> bool:
    """Whoever has begun a scorecard and rates the interview no longer reads what they wrote themselves."""
    if not _is_own(actor, interview) or may_rate(actor, interview):
        return False
    return Scorecard.objects.filter(interview=interview, member=actor.id, submitted_at__isnull=True).exists()


def may_rate_in(actor: Actor, stage: Stage) -> bool:
    """Whether this member rates in the stage at all. Which interviews, `may_rate` says of each."""
    return (
        actor.is_member
        and actor.organization_id == stage.organization_id
        and not actor.has_role(Role.AUDITOR)
        and is_rater(actor, stage.id)
    )


def may_lead_calibration(actor: Actor, thing: OrganizationRow) -> bool:
    """Owners and recruiters make gold answers, ask for calibration and let people in."""
    return actor.may_recruit and actor.organization_id == thing.organization_id


def may_compare(actor: Actor, position: Position) -> bool:
    """Everybody in the organization may open the page; whose scorecards it shows, `may_see_scorecards` says."""
    return actor.is_member and actor.organization_id == position.organization_id


def may_see_scorecards(actor: Actor, interview: Interview) -> bool:
    """Who rates in a stage sees others' scorecards once their own is in; other owners, recruiters and auditors do.

    What was assigned to others, an owner or recruiter among the reviewers sees once it is rated for good. Nobody sees
    what was given to somebody they know.
    """
    if not _is_own(actor, interview) or knows(actor, interview):
        return False
    if is_rater(actor, interview.stage_id):
        opens = handed_in_by(actor) | opened_without(actor)
        return Interview.objects.filter(opens, id=interview.id).exists()
    return sees_without_rating(actor)


def may_see_agreement(actor: Actor, stage: Stage) -> bool:
    """Owners, recruiters and auditors see how far raters agree; who rates in the stage, once nothing waits for them."""
    if not _is_in(actor, stage) or not actor.has_role(Role.OWNER, Role.RECRUITER, Role.AUDITOR):
        return False
    rates = not actor.has_role(Role.AUDITOR) and is_rater(actor, stage.id)
    return not rates or not unrated(actor).filter(stage=stage).exists()


def may_see_question_figures(actor: Actor, kit: Kit) -> bool:
    """Owners, recruiters and auditors, as with agreement: not while something of the kit waits for their own rating."""
    if actor.organization_id != kit.organization_id or not actor.has_role(Role.OWNER, Role.RECRUITER, Role.AUDITOR):
        return False
    return actor.has_role(Role.AUDITOR) or not unrated(actor).filter(kit_version__kit=kit).exists()


def may_see_own_agreement(actor: Actor, stage: Stage) -> bool:
    """Who has handed in a scorecard sees the figures that are made of it. Auditors never rate."""
    return _is_in(actor, stage) and not actor.has_role(Role.AUDITOR) and has_handed_in(actor.id, stage)


def may_see_drift(actor: Actor, stage: Stage, member: Member) -> bool:
    """Raters see their own numbers; who leads, those of one rater at a time."""
    if not _is_in(actor, stage) or member.organization_id != stage.organization_id:
        return False
    if actor.id == member.id:
        return may_see_own_agreement(actor, stage)
    return actor.may_recruit and may_see_agreement(actor, stage)


def may_see_decisions(actor: Actor, interview: Interview) -> bool:
    return _is_own(actor, interview) and actor.has_role(Role.OWNER, Role.RECRUITER, Role.AUDITOR)


def may_decide(actor: Actor, interview: Interview) -> bool:
    return _is_own(actor, interview) and actor.may_recruit


def may_hold_meeting(actor: Actor, stage: Stage) -> bool:
    """Who decides opens meetings. Who may be present, `open_meeting` asks of each."""
    return _is_in(actor, stage) and actor.may_recruit


def may_reverse(actor: Actor, interview: Interview) -> bool:
    """Who decides may also take a decision back."""
    return may_decide(actor, interview)


def may_shortlist(actor: Actor, interview: Interview) -> bool:
    """Who decides, but not before their own scorecard is in where they rate: the mark is an opinion."""
    return may_decide(actor, interview) and may_see_scorecards(actor, interview)


def may_reconcile(actor: Actor, interview: Interview) -> bool:
    """Whoever sees the scorecards may write down what the raters found when they talked, but never an auditor."""
    return not actor.has_role(Role.AUDITOR) and may_see_scorecards(actor, interview)


def may_read_comments(actor: Actor, interview: Interview) -> bool:
    """Comments are opinions: they are for who may see the scorecards, so for raters after their own."""
    return may_see_scorecards(actor, interview)


def may_comment(actor: Actor, interview: Interview, question_id: uuid.UUID | None = None) -> bool:
    """Who reads the comments writes some, while the answers are there, but never an auditor.

    Guests write where their link lets them, about a question that it shows.
    """
    if actor.kind == "guest":
        return _reaches(actor, interview, question_id, writes=True)
    return (
        interview.state == InterviewState.SUBMITTED
        and not actor.has_role(Role.AUDITOR)
        and may_read_comments(actor, interview)
    )


def may_edit_comment(actor: Actor, comment: Comment) -> bool:
    """Only who wrote it."""
    return _wrote(actor, comment) and may_comment(actor, comment.interview, comment.question_id)


def may_withdraw_comment(actor: Actor, comment: Comment) -> bool:
    """Who wrote it; and owners, because somebody may have written a name where none should stand.

    Guests take theirs back as long as their link shows what it is about.
    """
    if actor.kind == "guest":
        return _wrote(actor, comment) and _reaches(actor, comment.interview, comment.question_id)
    wrote_or_owns = _wrote(actor, comment) or actor.has_role(Role.OWNER)
    return wrote_or_owns and may_comment(actor, comment.interview)


def may_hide_words(actor: Actor, interview: Interview) -> bool:
    """Who recruits reads the words unmasked and says which are hidden; not before their own scorecard is in where they
    rate."""
    return may_decide(actor, interview) and may_see_scorecards(actor, interview)


def may_share(actor: Actor, interview: Interview) -> bool:
    """Who decides may show an interview to somebody without an account. What of it, `make_share` says."""
    return may_decide(actor, interview) and interview.state == InterviewState.SUBMITTED


def may_change_share(actor: Actor, share: Share) -> bool:
    """Owners and recruiters of the organization change, send again and close every share of it."""
    return actor.may_recruit and actor.organization_id == share.organization_id


def may_watch_shared(share_id: uuid.UUID, rendition: Rendition) -> bool:
    """Whether whoever opened this share may play this file now: of a chosen answer to a shown question of an interview
    that it shows, and with its picture as `is_picture_shared` says.

    Asked at each request for bytes, so that a share that is revoked or narrowed stops playing at once. Two queries.
    """
    share = opened_share(share_id)
    if share is None or not share.shows_answers:
        return False
    shown = open_rows().filter(share=share, interview=OuterRef("interview"))
    answers = Answer.objects.select_related("interview__stage", "chosen_take", "question")
    answer = answers.filter(
        Exists(shown), chosen_take__recording=rendition.recording_id, organization=share.organization_id
    ).first()
    if answer is None or not share.shows_question(answer.question.place):
        return False
    shows_all = not rendition.has_picture and not answer.interview.stage.hides_voice
    return shows_all or is_picture_shared(share, answer)


def may_reveal(actor: Actor, interview: Interview) -> bool:
    """Names are for who may see the scorecards, and never for an auditor."""
    return not actor.has_role(Role.AUDITOR) and may_see_scorecards(actor, interview)


def _reaches(actor: Actor, interview: Interview, question_id: uuid.UUID | None, *, writes: bool = False) -> bool:
    """Whether a guest's link is open and shows the answer to this question of this interview, and lets them write
    about it. Three queries."""
    found = opened_share(actor.id) if actor.id else None
    if found is None or not found.shows_answers or (writes and not found.lets_comment):
        return False
    asked = Question.objects.filter(id=question_id, kit_version=interview.kit_version_id).first()
    is_shown = open_rows().filter(share=found, interview=interview, organization=found.organization_id).exists()
    return is_shown and asked is not None and found.shows_question(asked.place)


def _wrote(actor: Actor, comment: Comment) -> bool:
    if actor.kind == "guest":
        return actor.id == comment.share_id
    return actor.is_member and actor.id == comment.member_id


def may_assign(actor: Actor, stage: Stage) -> bool:
    """Owners and recruiters say who rates whom."""
    return actor.may_recruit and actor.organization_id == stage.organization_id


def may_flag_conflict(actor: Actor, interview: Interview, member: Member) -> bool:
    """Whoever watches an interview says of themselves that they know the person; owners and recruiters, of anybody."""
    if not _is_own(actor, interview) or member.organization_id != interview.organization_id:
        return False
    return actor.may_recruit or (actor.id == member.id and may_watch_interview(actor, interview))


def may_lift_conflict(actor: Actor, member: Member) -> bool:
    """Owners and recruiters, but nobody their own."""
    return actor.may_recruit and actor.organization_id == member.organization_id and actor.id != member.id


def _rates(actor: Actor, interview: Interview) -> bool:
    return actor.is_member and rated_by(actor).filter(id=interview.id).exists()


def _is_checked(interview: Interview) -> bool:
    """Whether nothing has to be hidden in it, or a person has checked what is. No query where nothing has to."""
    if interview.stage is None or not interview.stage.hides_voice:
        return True
    return checked_masks(interview) is not None


def _is_in(actor: Actor, stage: Stage) -> bool:
    return actor.is_member and actor.organization_id == stage.organization_id


def _is_own(actor: Actor, interview: Interview) -> bool:
    return actor.is_member and actor.organization_id == interview.organization_id and not interview.is_preview
