"""Searching in what candidates said. Who may watch which answers is part of the question that the database is asked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState, SpokenText
from bothways.interviews.queries.hidden_words import may_be_read
from bothways.interviews.queries.people import Cursor
from bothways.interviews.queries.spoken_marks import BEGIN, END
from bothways.interviews.queries.spoken_matches import marked, matching
from bothways.lib.search_words import Term
from bothways.positions.models import Position
from bothways.review.queries.calibration import not_held_back
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.raters import rated_by, unknown_to

PAGE_SIZE = 10
"""Candidates on a page."""

FEW = 500
"""Texts from which their people are quickly found."""

MOST_PLACES = 3
"""Places that are shown of one answer."""


@dataclass(frozen=True, slots=True)
class Place:
    """One utterance in which something was found. `line` has `BEGIN` and `END` around it. `speaker` is empty where it
    is not told apart who speaks."""

    start_ms: int
    line: str
    speaker: str

    @property
    def second(self) -> int:
        return self.start_ms // 1000


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """The first places of an answer, and how many more there are. `at` is the number of its question."""

    at: int
    question: str
    language: str
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """`who` is the code name, or the name where the stage is not blind."""

    interview_id: uuid.UUID
    who: str
    answers: tuple[FoundAnswer, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page, those who sent last first, never by how well they match. `next` is None on the last one."""

    people: tuple[FoundPerson, ...]
    next: Cursor | None


def watchable(actor: Actor, *, calibrates: bool = True) -> QuerySet[Interview]:
    """The interviews whose answers a member may watch, as `may_watch_interview` says of each.

    Who asks in a stage without calibration says so in `calibrates`, which leaves out what is slow to ask.
    """
    held_back = not_held_back(actor) if calibrates else Q()
    if not actor.may_recruit:
        return rated_by(actor).filter(may_be_read(), held_back, state=InterviewState.SUBMITTED)
    return Interview.objects.filter(
        unknown_to(actor),
        held_back,
        organization=actor.organization_id,
        state=InterviewState.SUBMITTED,
        is_preview=False,
    )


def searchable_positions(actor: Actor) -> list[Position]:
    """The positions in which this member may watch something, the newest first. One query."""
    positions = Position.objects.filter(
        organization=actor.organization_id, id__in=watchable(actor).order_by().values("position")
    )
    return list(positions.order_by("-created_at", "-id"))


def search(
    actor: Actor,
    position_id: uuid.UUID,
    terms: Sequence[Term],
    *,
    interview_id: uuid.UUID | None = None,
    after: Cursor | None = None,
) -> Found:
    """Who said it, in one position or in one interview of it. Five queries at most, two more with
    PostgreSQL and one for each further language."""
    people = watchable(actor).filter(position=position_id)
    if interview_id:
        people = people.filter(id=interview_id)
    texts = matching(actor.organization_id, position_id, terms)
    found = _saying(people, texts)
    if after:
        found = found.filter(submitted_at__lte=after.moment).exclude(submitted_at=after.moment, id__gte=after.id)
    # Names are looked up for those who are shown only.
    ordered = list(found.order_by("-submitted_at", "-id").values_list("id", "submitted_at")[: PAGE_SIZE + 1])
    shown = [id_ for id_, _moment in ordered[:PAGE_SIZE]]
    names = dict(with_shown_name(people.filter(id__in=shown), actor.id).values_list("id", "shown_name"))
    answers = _answers(texts, names, terms)
    return Found(
        tuple(FoundPerson(id_, names[id_], tuple(answers[id_])) for id_ in shown if id_ in answers),
        Cursor(ordered[PAGE_SIZE - 1][1], shown[-1]) if len(ordered) > PAGE_SIZE else None,
    )


def _saying(people: QuerySet[Interview], texts: QuerySet[SpokenText]) -> QuerySet[Interview]:
    """Those of the people who have a text among these, be it of a take that is not chosen. One query at once.

    A few texts lead to their people. Of many the page is full after the first people in its order, so that each is
    asked for a text until then. Measured in benchmarks/transcript_search.
    """
    if texts.order_by()[: FEW + 1].count() <= FEW:
        return people.filter(id__in=texts.order_by().values("interview"))
    return people.filter(Exists(texts.filter(interview=OuterRef("pk"))))


def _answers(
    texts: QuerySet[SpokenText], names: dict[uuid.UUID, str], terms: Sequence[Term]
) -> dict[uuid.UUID, list[FoundAnswer]]:
    """`names` are what this member reads of each interview's candidate."""
    if not names:
        return {}
    rows = list(
        texts.filter(interview__in=names, take=F("take__answer__chosen_take"))
        .order_by("take__answer__question__place")
        .values_list(
            "id",
            "interview",
            "language",
            "starts_ms",
            "speakers",
            "take__answer__question__place",
            "take__answer__question__text",
        )
    )
    lines = marked([row[0] for row in rows], terms)
    answers: dict[uuid.UUID, list[FoundAnswer]] = {}
    for id_, interview, language, starts_ms, speakers, at, question in rows:
        said = zip_longest(starts_ms, closed_lines(lines.get(id_, "")), speakers or ())
        places = [
            Place(start, line, "" if speaker is None else speaker or names[interview])
            for start, line, speaker in said
            if line and BEGIN in line
        ]
        more = max(0, len(places) - MOST_PLACES)
        found = FoundAnswer(at, question, language, tuple(places[:MOST_PLACES]), more)
        answers.setdefault(interview, []).append(found)
    return answers


def closed_lines(text: str) -> list[str]:
    """The lines of a text, each marked for itself where a phrase goes over several."""
    lines, is_open = [], False
    for line in text.split("\n"):
        whole = f"{BEGIN if is_open else ''}{line}"
        is_open = whole.count(BEGIN) > whole.count(END)
        lines.append(f"{whole}{END if is_open else ''}")
    return lines
