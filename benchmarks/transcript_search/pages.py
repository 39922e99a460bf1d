"""The pages that are measured, and a scan of the same rows for the same words in the same run."""

from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from benchmarks.one_database import TURNS, median, times
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in
from benchmarks.transcript_search.filling import IN_EVERY, IN_SOME, QUESTIONS, RARE, WORDS, Filled, fill
from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member
from bothways.interviews.models import SpokenText
from bothways.interviews.queries.people import Cursor
from bothways.interviews.queries.spoken_matches import matching
from bothways.lib.search_words import asked_terms
from bothways.positions.models import Position
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.search import PAGE_SIZE, search, watchable


def figures() -> dict[str, Any]:
    prepare()
    filled = fill()
    let_the_planner_know()
    transcripts = SpokenText.objects.count()
    return {
        "transcripts": transcripts,
        "words": transcripts * WORDS,
        "turns": TURNS,
        "pages": {name: _measured(*case) for name, case in _cases(filled).items()},
    }


def _cases(filled: Filled) -> dict[str, tuple[Member, Position, str, str]]:
    owner, rater, large, small = filled.owner, filled.rater, filled.large, filled.small
    return {
        "a word of one answer": (owner, large, RARE, ""),
        "a word of every fiftieth answer": (owner, large, IN_SOME, ""),
        "a word of every answer": (owner, large, IN_EVERY, ""),
        "a word of every answer, deep": (owner, large, IN_EVERY, _deep(owner, large)),
        "the beginning of words": (owner, large, "idem*", ""),
        "two letters that begin many words": (owner, large, "gr*", ""),
        "two words": (owner, large, f"{IN_SOME} {IN_EVERY}", ""),
        "quoted words": (owner, large, f'"{_said_together(large)}"', ""),
        "nobody": (owner, large, "xyzzy", ""),
        "a reviewer, a word of every answer": (rater, small, IN_EVERY, ""),
        "a reviewer, a word of the other position": (rater, small, RARE, ""),
    }


def _measured(member: Member, position: Position, words: str, after: str) -> dict[str, float | int]:
    address = reverse("team:search-answers", args=[position.organization.slug])
    query = {"position": position.id, "q": words, "after": after}
    page = measured(signed_in(member), address, query)
    actor = member_actor(member)
    ours = median(times(lambda: search(actor, position.id, asked_terms(words), after=Cursor.read(after)))[0])
    usual = median(times(lambda: _usual(actor, position, words))[0])
    return {
        "answers": matching(position.organization_id, position.id, asked_terms(words)).count(),
        **page,
        "ours_ms": ours,
        "usual_ms": usual,
        "ratio": round(usual / ours, 1),
    }


def _usual(actor: Actor, position: Position, words: str) -> list[Any]:
    """What `search` reads, by a scan of the texts; nothing is marked."""
    has_all = Q()
    for word in words.strip('"*').split():
        has_all &= Q(text__icontains=word)
    texts = SpokenText.objects.filter(has_all, position=position, take=F("take__answer__chosen_take"))
    people = watchable(actor).filter(id__in=texts.values("interview"))
    found = list(with_shown_name(people, actor.id).order_by("-submitted_at", "-id")[: PAGE_SIZE + 1])
    return [found, list(texts.filter(interview__in=[one.id for one in found]))]


def _deep(owner: Member, position: Position) -> str:
    """Behind nine tenths of the people."""
    people = watchable(member_actor(owner)).filter(position=position).order_by("-submitted_at", "-id")
    last = people[people.count() * 9 // 10]
    return f"{last.submitted_at.isoformat()}_{last.id}"


def _said_together(position: Position) -> str:
    text = SpokenText.objects.filter(position=position).order_by("id")[QUESTIONS]
    return " ".join(text.text.split()[40:43])
