"""What candidates asked the team: what is open, whose it is, and how it stands for one person."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.conversations.models import Inquiry, InquiryState
from bothways.conversations.queries.blinded import blinded_members, marked
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.requests import (
    MOST_COUNTED,
    answer_due,
    local_day,
    open_requests_of,
    possible_owners,
)

MOST_OPEN = 5
"""So many may wait for an answer at once."""

MOST_A_DAY = 10
LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which inquiries a list shows: of one position, of one member, what is done."""

    position: uuid.UUID | None = None
    owner: uuid.UUID | None = None
    answered: bool = False


def inquiry_due(interview: Interview) -> dt.date:
    """By when what is asked now is answered: as soon as a request, and never later than the promised reply."""
    soon, promised = answer_due(interview.organization), interview.reply_by
    return min(soon, promised) if promised and promised >= local_day(interview.organization) else soon


def is_overdue(inquiry: Inquiry) -> bool:
    return inquiry.is_open and local_day(inquiry.organization) > inquiry.due


def all_open() -> QuerySet[Inquiry]:
    """Waiting for an answer, of people who still take part."""
    return Inquiry.objects.filter(state=InquiryState.OPEN).exclude(interview__state=InterviewState.WITHDRAWN)


def known_to(actor: Actor) -> QuerySet[Inquiry]:
    """The inquiries that a member may know of, marked with `is_blinded`.

    Who rates in the step and has not handed in their own scorecard learns of those only that they have to answer.
    """
    rows = marked(Inquiry.objects.filter(organization=actor.organization_id), actor.id)
    return rows.filter(Q(is_blinded=False) | Q(owner=actor.id))


def open_to(actor: Actor) -> QuerySet[Inquiry]:
    """Those of people who still take part that this member may know of and nobody has answered."""
    return known_to(actor).filter(state=InquiryState.OPEN).exclude(interview__state=InterviewState.WITHDRAWN)


def waiting_count(actor: Actor) -> int:
    """How much candidates wait for: a person, a change, or an answer. At most `MOST_COUNTED`. Two queries.

    Who may know of which question is slow to ask, so it is not asked where no question is open.
    """
    waits = open_requests_of(actor).values_list("id")
    if all_open().filter(organization=actor.organization_id).exists():
        waits = waits.union(open_to(actor).values_list("id"), all=True)
    return len(waits[:MOST_COUNTED])


def listed_inquiries(actor: Actor, wanted: Wanted) -> list[Inquiry]:
    """One page of the team's list: open ones with the oldest first, answered ones the newest first. One query."""
    if wanted.answered:
        rows = known_to(actor).exclude(state=InquiryState.OPEN).order_by(F("answered_at").desc(), "-id")
    else:
        rows = open_to(actor).order_by("created_at", "id")
    if wanted.position:
        rows = rows.filter(interview__position=wanted.position)
    if wanted.owner:
        rows = rows.filter(owner=wanted.owner)
    return list(_with_people(rows)[:LONGEST_PAGE])


def inquiry_of(actor: Actor, inquiry_id: uuid.UUID) -> Inquiry | None:
    """One inquiry of the member's organization, marked with `is_blinded`, with all that its page shows."""
    rows = marked(Inquiry.objects.filter(organization=actor.organization_id, id=inquiry_id), actor.id)
    found = _with_people(rows).prefetch_related("recording__renditions", "reply__renditions")
    return found.first()


def inquiries_of(interview: Interview) -> list[Inquiry]:
    """Everything that one candidate asked in this interview, the newest first. At most three queries."""
    rows = Inquiry.objects.filter(organization=interview.organization_id, interview=interview)
    found = list(
        rows.select_related("owner__user", "answered_by__user", "recording", "reply")
        .prefetch_related("recording__renditions", "reply__renditions")
        .order_by("-created_at", "-id")
    )
    for inquiry in found:
        inquiry.interview, inquiry.organization = interview, interview.organization
    return found


def asked_count(interview: Interview) -> int:
    """How many questions were asked in this interview. One query."""
    return Inquiry.objects.filter(organization=interview.organization_id, interview=interview).count()


def waiting_of(interview: Interview) -> Inquiry | None:
    """The oldest inquiry of this interview that waits for an answer. One query."""
    return all_open().filter(interview=interview).order_by("created_at", "id").first()


def who_waits(interviews: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of some interviews whose candidate waits for an answer. One query."""
    return set(all_open().filter(interview__in=list(interviews)).values_list("interview_id", flat=True))


def unanswered_words() -> str:
    """The rule in a sentence, for whoever wants to decline."""
    return _("This person has asked a question that nobody has answered. Answer it first, then decline.")


def able_owners(interview: Interview) -> list[Member]:
    """Who can owe an answer and will not rate this person: active owners and recruiters, by name. Three queries."""
    rating = blinded_members(interview)
    return [member for member in possible_owners(interview.organization) if member.id not in rating]


def owner_for(interview: Interview) -> Member:
    """Who answers what is asked in this interview: who answers for the reply, else who invited, else an owner.

    Whoever rates this person comes last: they get it only where nobody else can.
    """
    rating = blinded_members(interview)
    replies_by = interview.position.replies_by_id if interview.position else None
    line = [member_id for member_id in (replies_by, interview.invited_by_id) if member_id]

    def rank(member: Member) -> tuple[bool, int, bool, dt.datetime]:
        place = line.index(member.id) if member.id in line else len(line)
        return member.id in rating, place, member.role != Role.OWNER, member.created_at

    return min(possible_owners(interview.organization), key=rank)


def positions_asked_about(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """The positions of which a list shows something, by title. One query."""
    rows = known_to(actor).values_list("interview__position_id", "interview__position__title")
    return sorted(set(rows), key=lambda row: (row[1].casefold(), row[0]))


def _with_people(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    return rows.select_related(
        "organization", "owner__user", "answered_by__user", "recording", "reply",
        "interview__application__candidate", "interview__stage", "interview__position", "interview__organization",
        "interview__kit_version",
    )  # fmt: skip
