"""Whether enough people have watched enough for a decline."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.models import Member
from bothways.interviews.models import Answer, Interview, InterviewKind
from bothways.positions.models import Assigning
from bothways.review.queries.attendance import heard_live
from bothways.review.queries.coverage import Watched, required_answers_of, watched_of
from bothways.review.queries.raters import known_to, raters_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person, which answers count as watched and which do not, by the place of their question. `was_there`: in the
    talk itself."""

    member: Member
    watched: tuple[int, ...]
    missing: tuple[int, ...]
    was_there: bool = False

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Readiness:
    """Who has watched, who has begun, which reviewers have not begun, and how many must have watched everything."""

    needed: int
    answers: int
    viewers: tuple[Viewer, ...]
    is_shared_out: bool = False
    is_unrecorded_talk: bool = False

    @property
    def complete(self) -> list[Viewer]:
        return [viewer for viewer in self.viewers if viewer.is_complete]

    @property
    def incomplete(self) -> list[Viewer]:
        return [viewer for viewer in self.viewers if not viewer.is_complete]

    @property
    def lacking(self) -> int:
        return max(0, self.needed - len(self.complete))

    @property
    def is_met(self) -> bool:
        return (self.answers > 0 or self.is_unrecorded_talk) and not self.lacking


def readiness(interview: Interview) -> Readiness:
    """The state of the rule for this interview. Never fewer than one person, whatever the stage says. Five queries, six
    for a live interview."""
    return readiness_of([interview])[interview.id]


def readiness_of(interviews: Collection[Interview]) -> dict[uuid.UUID, Readiness]:
    """The same for several interviews whose stage is loaded. Five queries, however many, six with live ones.

    What somebody watched who knows the candidate does not count. Whoever was there for most of a talk has heard all of
    it; of a talk that was not recorded, one such person is enough, because nobody else can catch up.
    """
    answers = required_answers_of([interview.id for interview in interviews])
    played = watched_of(answers)
    known = known_to([interview.id for interview in interviews])
    raters = raters_of(interviews, known)
    heard = heard_live(interviews)
    return {
        interview.id: _readiness(
            interview,
            answers[interview.id],
            [one for one in played[interview.id] if (interview.id, one.member.id) not in known],
            raters[interview.id],
            [member for member in heard.get(interview.id, []) if (interview.id, member.id) not in known],
        )
        for interview in interviews
    }


def _readiness(
    interview: Interview, answers: list[Answer], played: list[Watched], reviewers: list[Member], heard: list[Member]
) -> Readiness:
    places = tuple(answer.question.place for answer in answers)
    present = tuple(Viewer(member, watched=places, missing=(), was_there=True) for member in heard)
    if interview.kind == InterviewKind.LIVE and not answers:
        return Readiness(1, 0, present, is_unrecorded_talk=True)
    there = {member.id for member in heard}
    played = [one for one in played if one.member.id not in there]
    begun = there | {one.member.id for one in played}
    everybody = [*played, *(Watched(member) for member in reviewers if member.id not in begun)]
    viewers = tuple(
        Viewer(
            member=one.member,
            watched=tuple(answer.question.place for answer in answers if one.covers(answer)),
            missing=tuple(answer.question.place for answer in answers if not one.covers(answer)),
        )
        for one in (everybody if answers else [])
    )
    return Readiness(
        max(1, interview.stage.raters_wanted),
        len(answers),
        (*present, *viewers),
        is_shared_out=interview.stage.assignment != Assigning.EVERYBODY,
    )


def words(state: Readiness) -> str:
    """The rule and what is still missing, in sentences for whoever wants to decline."""
    if state.is_unrecorded_talk:
        return _(
            "Nobody is declined unheard: this talk was not recorded, and nobody of the team was there for most of it. "
            "Invite the candidate to another one."
        )
    if not state.answers:
        return _(
            "Nobody is declined unwatched, and there is nothing here that can be watched or read. "
            "Ask the candidate to answer again."
        )
    rule = ngettext(
        "Nobody is declined unwatched: %(many)s person must have watched at least 80 %% of every answer.",
        "Nobody is declined unwatched: %(many)s people must each have watched at least 80 %% of every answer.",
        state.needed,
    ) % {"many": state.needed}
    if state.complete:
        names = _(", ").join(viewer.member.user.name for viewer in state.complete)
        so_far = _("So far it is %(names)s.") % {"names": names}
    else:
        so_far = _("So far nobody has.")
    waiting = [still_to_watch(viewer) for viewer in state.incomplete]
    still = _("Still to watch: %(people)s.") % {"people": _("; ").join(waiting)} if waiting else ""
    unknown = state.lacking - len(waiting)
    if unknown > 0 and state.is_shared_out:
        assigned = ngettext(
            "%(many)s more person has to be assigned and watch.",
            "%(many)s more people have to be assigned and watch.",
            unknown,
        ) % {"many": unknown}
        return " ".join(filter(None, [rule, so_far, still, assigned]))
    more = (
        ngettext(
            "%(many)s more person has to be named as a reviewer of this stage and watch.",
            "%(many)s more people have to be named as reviewers of this stage and watch.",
            unknown,
        )
        % {"many": unknown}
        if unknown > 0
        else ""
    )
    return " ".join(filter(None, [rule, so_far, still, more]))


def still_to_watch(viewer: Viewer) -> str:
    """One person and the answers they still have to watch, as "Bo Osei, answers 2 and 4"."""
    if not viewer.watched:
        return _("%(name)s, every answer") % {"name": viewer.member.user.name}
    places = [str(place) for place in viewer.missing]
    return ngettext("%(name)s, answer %(places)s", "%(name)s, answers %(places)s", len(places)) % {
        "name": viewer.member.user.name,
        "places": listed(places),
    }


def listed(parts: Sequence[str]) -> str:
    """As "2, 3 and 4". At least one part."""
    return parts[0] if len(parts) == 1 else _(" and ").join([_(", ").join(parts[:-1]), parts[-1]])
