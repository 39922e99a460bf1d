"""The one pass over a stage against plain loops over the same people: order, pages, filters and counts."""

import random
from dataclasses import dataclass

import pytest
from django.utils import timezone

from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState, Origin
from bothways.positions.models import Application, BlindLevel, Candidate
from bothways.review.models import (
    ConflictOfInterest,
    Decision,
    Outcome,
    Reveal,
    Scorecard,
    Shortlisted,
    Summary,
    SummaryCell,
)
from bothways.review.queries import heat
from bothways.review.queries.heat_asked import Asked, Decided, Raters, Recommended
from bothways.review.queries.heat_rows import columns_of
from tests.factories import Cast

BIRDS = ("Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Fulmar", "Gannet", "Heron", "Ibis", "Jackdaw", "Knot")
NAMES = ("Amara", "Bela", "Chidi", "Dalia", "Emre", "Farah", "Goran", "Hana", "Ivo", "Jana", "Kofi")


@dataclass
class Person:
    """What is true of one, as the loops below read it."""

    interview: Interview
    name: str
    rated_by: set[str]
    summary: Summary | None
    means: dict[int, int | None]
    is_changed: bool
    outcomes: set[str]
    is_shortlisted: bool
    known_to: set[str]
    shown_to: set[str]

    @property
    def is_final(self) -> bool:
        return bool(self.outcomes - {"hold"})


def person(cast: Cast, chance: random.Random, code_name: str, name: str) -> Person:
    """Somebody with whatever may be there: scorecards, drafts, a summary, decisions, marks, friends."""
    of = {"organization": cast.organization}
    candidate = Candidate.objects.create(**of, name=name, email=f"{name}@mail.test")
    application = Application.objects.create(**of, position=cast.position, candidate=candidate, stage=cast.stage)
    interview = Interview.objects.create(
        **of, application=application, position=cast.position, stage=cast.stage, kit_version=cast.kit_version,
        origin=Origin.CSV, code_name=code_name, state=InterviewState.SUBMITTED, deadline=timezone.now(),
        submitted_at=timezone.now(),
    )  # fmt: skip
    one = Person(interview, name, set(), None, {}, False, set(), chance.random() < 0.3, set(), set())
    for who in ("bo", "ines"):
        if (kind := chance.choice(["none", "draft", "in", "in"])) != "none":
            done = timezone.now() if kind == "in" else None
            Scorecard.objects.create(**of, interview=interview, member=getattr(cast, who), submitted_at=done)
        if kind == "in":
            one.rated_by.add(who)
    if one.rated_by:
        one.summary = Summary.objects.create(
            **of, interview=interview, mean=chance.choice([None, 2960, 3000, 3049, 4000]), competencies=2,
            raters=len(one.rated_by), first_spread=chance.randint(0, 3), needs_third=chance.random() < 0.4,
            **{kind: chance.randint(0, 1) for kind in ("advances", "holds", "declines")},
        )  # fmt: skip
        for place in (1, 4):
            if chance.random() < 0.8:
                one.means[place] = chance.choice([None, 2000, 2049, 5000])
                is_changed = chance.random() < 0.3
                SummaryCell.objects.create(
                    **of, summary=one.summary, place=place, mean=one.means[place], raters=1, spread=0,
                    is_changed=is_changed,
                )  # fmt: skip
                one.is_changed |= is_changed
    for outcome in chance.choice([(), (), ("hold",), ("hold", "advance"), ("decline",)]):
        Decision.objects.create(**of, interview=interview, outcome=outcome, reason="x", decided_by=cast.ada)
        one.outcomes.add(outcome)
    if chance.random() < 0.2:
        Decision.objects.create(
            **of, interview=interview, outcome="decline", reason="x", decided_by=cast.ada, reversed_at=timezone.now()
        )
    if one.is_shortlisted:
        Shortlisted.objects.create(**of, interview=interview, member=cast.ada)
    for who in ("bo", "rafael"):
        member = getattr(cast, who)
        if chance.random() < 0.15:
            ConflictOfInterest.objects.create(**of, candidate=candidate, member=member, flagged_by=member)
            one.known_to.add(who)
        if chance.random() < 0.2:
            Reveal.objects.create(**of, interview=interview, member=member)
            one.shown_to.add(who)
    return one


def is_visible(one: Person, who: str) -> bool:
    return who not in one.known_to and (who == "rafael" or who in one.rated_by)


def is_found(one: Person, who: str, asked: Asked, *, wanted: int, is_blind: bool) -> bool:
    summary, sees = one.summary, is_visible(one, who)
    said = {word: bool(summary and getattr(summary, f"{word}s")) for word in Outcome.values}
    raters = summary.raters if summary else 0
    checks = {
        Decided.OPEN: not one.outcomes,
        Decided.HOLD: one.outcomes == {"hold"},
        Decided.ADVANCE: "advance" in one.outcomes,
        Decided.DECLINE: "decline" in one.outcomes,
    }
    ratings = {Raters.COMPLETE: raters >= wanted, Raters.MISSING: raters < wanted,
               Raters.THIRD: bool(summary and summary.needs_third)}  # fmt: skip
    recommended = {**said, Recommended.DIFFER: sum(said.values()) > 1}
    name_shown = not is_blind or who in one.shown_to or (sees and one.is_final)
    text = asked.text.lower()
    return (
        (not asked.decided or (sees and checks[asked.decided]))
        and (not asked.recommended or (sees and recommended[asked.recommended]))
        and (not asked.raters or (sees and ratings[asked.raters]))
        and (not asked.shortlisted or (sees and one.is_shortlisted))
        and (text in one.interview.code_name.lower() or (name_shown and text in one.name.lower()))
    )


def place_in_order(one: Person, who: str, asked: Asked, *, is_blind: bool) -> tuple:
    """A section with values, one with scorecards without, one with nothing that this viewer sees."""
    code_name, summary = one.interview.code_name, one.summary
    if summary is None or not is_visible(one, who):
        return 2, 0, code_name
    if asked.by_name:
        return 0, code_name if is_blind else one.name, code_name
    if asked.sort == "recommended":
        value = summary.advances - summary.declines
    else:
        mean = one.means.get(asked.place) if asked.place else summary.mean
        value = None if mean is None else (mean + 50) // 100
    return (1, 0, code_name) if value is None else (0, value, code_name)


def in_order(people: list[Person], who: str, asked: Asked, *, is_blind: bool) -> list[str]:
    """Ties stand by code name, whichever way the values go."""
    placed = sorted((place_in_order(one, who, asked, is_blind=is_blind) for one in people), key=lambda row: row[2])
    first = sorted((row for row in placed if row[0] == 0), key=lambda row: row[1], reverse=asked.descending)
    return [row[2] for row in (*first, *sorted((row for row in placed if row[0]), key=lambda row: row[0]))]


def counted(people: list[Person], who: str) -> heat.Counts:
    seen = [one for one in people if is_visible(one, who)]
    rated = [one for one in seen if one.summary]
    return heat.Counts(
        all=len(people),
        closed=len(people) - len(seen),
        waiting=len(seen) - len(rated),
        doubly_rated=sum(one.summary.raters >= 2 for one in rated),
        far_apart=sum(one.summary.first_spread >= 2 for one in rated),
        changed=sum(one.is_changed for one in rated),
    )


def anything_asked(chance: random.Random) -> dict[str, str]:
    """An order, and any few of the filters."""
    filters = {"decided": Decided.values, "recommended": Recommended.values, "raters": Raters.values,
               "shortlisted": ["1"], "q": ["a", "an", "he", "no such"]}  # fmt: skip
    some = chance.sample(list(filters), chance.choice([0, 1, 1, 2]))
    sort = chance.choice(["mean", "q1", "q4", "recommended", "name"])
    return {"sort": sort, "way": chance.choice(["up", "down"]), **{name: chance.choice(filters[name]) for name in some}}


def all_pages(cast: Cast, member: Member, given: dict[str, str], size: int) -> list[heat.Heat]:
    actor, (_questions, columns) = cast.actor(member), columns_of(cast.kit_version)
    pages, after = [], ""
    while not pages or after:
        interviews = heat.sent(actor, cast.stage, cast.kit_version)
        pages.append(heat.page(actor, cast.stage, interviews, columns, Asked.read({**given, "after": after}), size))
        after = str(pages[-1].next or "")
    return pages


@pytest.mark.parametrize("seed", range(6))
def test_one_pass_is_what_plain_loops_find(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    is_blind = seed % 3 != 0
    cast.stage.blind_level = BlindLevel.IDENTITY if is_blind else BlindLevel.NOTHING
    cast.stage.save()
    names = chance.sample(NAMES, len(NAMES))
    people = [person(cast, chance, *both) for both in zip(BIRDS, names, strict=True)]
    codes = {one.interview.id: one.interview.code_name for one in people}
    for _turn in range(12):
        who, given = chance.choice(["bo", "rafael"]), anything_asked(chance)
        asked = Asked.read(given)
        found = [
            one for one in people
            if is_found(one, who, asked, wanted=cast.stage.raters_wanted, is_blind=is_blind)
        ]  # fmt: skip
        pages = all_pages(cast, getattr(cast, who), given, size=3)
        said = f"{who} asked for {given}"
        assert [codes[row.id] for page in pages for row in page.rows] == in_order(
            found, who, asked, is_blind=is_blind
        ), said
        assert {page.counts for page in pages} == {counted(people, who)}, said
        assert {page.found for page in pages} == {len(found) if asked.filters else None}, said
        for row in (row for page in pages for row in page.rows):
            one = next(one for one in people if one.interview.id == row.id)
            assert (row.is_closed, row.summary) == ((False, one.summary) if is_visible(one, who) else (True, None)), (
                said
            )
