"""Code names and names. In a blind stage the name does not leave the database until somebody asked to see it."""

import uuid

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Value, When

from bothways.interviews.models import Answer, Interview
from bothways.lib.has import Has
from bothways.positions.models import BlindLevel
from bothways.review.models import Decision, Outcome, Reveal


def with_shown_name(
    interviews: QuerySet[Interview], member_id: uuid.UUID | None, *, after_decision: bool | Q = False
) -> QuerySet[Interview]:
    """Add `shown_name`, what this member may read of who it is, and `name_hidden`.

    Hidden means: the stage is blind and this member has not revealed the name. With `after_decision` a candidate who
    has been declined or advanced is shown by name, too; a condition says of which interviews that is so.
    """
    hidden = name_is_hidden(member_id)
    if isinstance(after_decision, Q):
        hidden &= ~(after_decision & Q(finally_decided()))
    elif after_decision:
        hidden &= ~Q(finally_decided())
    return interviews.annotate(
        name_hidden=Case(When(hidden, then=Value(True)), default=Value(False)),
        shown_name=Case(
            When(name_hidden=True, then=F("code_name")),
            default=F("application__candidate__name"),
            output_field=CharField(),
        ),
    )


def shown_name(interview: Interview, member_id: uuid.UUID | None) -> str:
    """What this member may read of who it is. One query."""
    named = with_shown_name(Interview.objects.filter(id=interview.id), member_id)
    return named.values_list("shown_name", flat=True).get()


def name_is_hidden(member_id: uuid.UUID | None) -> Q:
    """Of an interview: the stage is blind, and this member has not revealed the name."""
    return ~Q(stage__blind_level=BlindLevel.NOTHING) & ~Q(Has(Reveal, interview=F("pk"), member=member_id))


def hides_picture(answer: Answer, member_id: uuid.UUID | None) -> bool:
    """Whether this member hears an answer without seeing who speaks: the stage says so, and they did not choose to see.

    Hands that speak cannot be heard, so what is signed is shown. One query where the stage hides the picture.
    """
    take = answer.chosen_take
    return hides_face(answer.interview, member_id, is_signed=take is not None and take.is_signed)


def hides_face(interview: Interview, member_id: uuid.UUID | None, *, is_signed: bool) -> bool:
    """The same of whatever somebody recorded in this interview."""
    if interview.stage is None or not interview.stage.hides_picture or is_signed:
        return False
    return not Reveal.objects.filter(interview=interview, member=member_id).exists()


def hides_voice(answer: Answer, member_id: uuid.UUID | None) -> bool:
    """Whether this member reads an answer and neither hears nor sees who gives it. At most one query."""
    return (
        answer.interview.stage is not None and answer.interview.stage.hides_voice and hides_picture(answer, member_id)
    )


def hides_words(interview: Interview, member_id: uuid.UUID | None) -> bool:
    """Whether words are masked for this member, be they said, written or signed. At most one query."""
    if interview.stage is None or not interview.stage.hides_voice:
        return False
    return not Reveal.objects.filter(interview=interview, member=member_id).exists()


def hides_picture_from_all(answer: Answer) -> bool:
    """The same for whoever has not chosen to see. No query when the stage and the take are there."""
    stage, take = answer.interview.stage, answer.chosen_take
    return stage is not None and stage.hides_picture and not (take is not None and take.is_signed)


def finally_decided(of: str = "pk") -> Has:
    """Of the interview that the column `of` names: a decision ended it, to advance or to decline, and was not taken
    back."""
    return Has(Decision, interview=F(of), reversed_at=None, outcome__not=Outcome.HOLD)


def final_decisions(of: str = "pk") -> QuerySet[Decision]:
    """That decision, of the interview of the outer query that its column `of` names."""
    return Decision.objects.filter(interview=OuterRef(of), reversed_at=None).exclude(outcome=Outcome.HOLD)
