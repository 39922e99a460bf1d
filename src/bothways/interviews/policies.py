"""Who may do what with an interview. Rules of time and state are not here: see `queries/window.py`."""

import uuid

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Organization, Role
from bothways.interviews.models import Interview, Request
from bothways.interviews.queries.requests import OWNING_ROLES
from bothways.positions.models import Position, Stage


def may_take_part(actor: Actor, interview: Interview) -> bool:
    """Only the candidate whose interview it is, and whoever plays the candidate in a preview."""
    return (
        actor.kind == "candidate"
        and actor.organization_id == interview.organization_id
        and actor.id == candidate_id_of(interview)
    )


def candidate_id_of(interview: Interview) -> uuid.UUID:
    """Who takes part: the candidate, or in a preview, which has none, the interview itself."""
    return interview.application.candidate_id if interview.application else interview.id


def may_see_people(actor: Actor, position: Position) -> bool:
    """Names of candidates are for those who recruit and those who audit; raters know code names only."""
    return actor.organization_id == position.organization_id and (actor.may_recruit or actor.has_role(Role.AUDITOR))


def may_invite(actor: Actor, stage: Stage) -> bool:
    """Owners and recruiters of the stage's organization, by name, by list and by open link."""
    return actor.may_recruit and actor.organization_id == stage.organization_id


def may_manage_invitation(actor: Actor, interview: Interview) -> bool:
    """Send it again, give more days, take it back, copy a link. A preview is nobody's invitation."""
    return actor.may_recruit and actor.organization_id == interview.organization_id and not interview.is_preview


def may_see_faults(actor: Actor, organization: Organization) -> bool:
    """Owners and recruiters. Whoever only rates must not learn that somebody had trouble."""
    return actor.may_recruit and actor.organization_id == organization.id


def may_see_requests(actor: Actor, organization: Organization) -> bool:
    """Owners and recruiters. Nobody who only rates learns that somebody asked for a person or a change."""
    return actor.has_role(*OWNING_ROLES) and actor.organization_id == organization.id


def may_answer_request(actor: Actor, request: Request) -> bool:
    """Whoever may see it: an answer must not wait because its owner is ill."""
    return actor.has_role(*OWNING_ROLES) and actor.organization_id == request.organization_id


def may_own_request(member: Member, request: Request) -> bool:
    """Somebody active in the same organization who may answer it."""
    return member.is_active and member.role in OWNING_ROLES and member.organization_id == request.organization_id
