"""The pages that are measured, and the usual ways of doing the same, on the same rows in the same run."""

import time
from typing import Any

from django.db.models import Q
from django.urls import reverse

from benchmarks.one_database import TURNS, median, times
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in
from benchmarks.people_list.filling import PEOPLE, RARE, fill
from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member
from bothways.interviews.actions.csv_import import check_list, invite_list
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries import people
from bothways.interviews.queries.people import Asked, Cursor
from bothways.positions.models import Position

DEEP = 90_000
RARE_WORD = RARE.split()[0].lower()
BROAD = "ma"
"""Two letters with which the name of about every sixth person begins a word."""


def figures() -> dict[str, Any]:
    prepare()
    made = fill()
    let_the_planner_know()
    position = Position.objects.select_related("organization").prefetch_related("stages").get(id=made.id)
    return {
        "people": PEOPLE,
        "turns": TURNS,
        "pages": _pages(position),
        "compared": _compared(position),
        "list_of_10000": _list_of_10000(position),
    }


def _pages(position: Position) -> dict[str, dict[str, float | int]]:
    owner = Member.objects.select_related("user").get(organization=position.organization)
    client = signed_in(owner)
    address = reverse("team:people-list", args=[position.organization.slug, position.id])
    sent = Interview.objects.filter(position=position, state=InterviewState.SUBMITTED).order_by("submitted_at", "id")
    deep_sent = sent[sent.count() * 9 // 10]
    queries = {
        "first page": "",
        "page behind 90,000 people": f"?after={_behind(position)}".replace("+", "%2B"),
        "one state": "?state=expired",
        "sent, waiting longest first": "?state=submitted",
        "sent, deep": f"?state=submitted&after={Cursor(deep_sent.submitted_at, deep_sent.id)}".replace("+", "%2B"),
        "search, one person": f"?q={RARE_WORD}",
        "search, two letters": f"?q={BROAD}",
        "search, one letter": f"?q={BROAD[0]}",
        "search, two words": "?q=bada+ka",
        "search, a domain that everybody has": "?q=mail.test",
        "search, two letters in a rare state": f"?q={BROAD}&state=withdrawn",
        "search, nobody": "?q=xyzzy",
    }
    return {name: measured(client, address + query) for name, query in queries.items()}


def _compared(position: Position) -> dict[str, dict[str, float]]:
    interviews = Interview.objects.filter(position=position, is_preview=False)
    listed = interviews.select_related("application__candidate").order_by("-created_at", "-id")
    deep = Cursor.read(_behind(position))

    def contains(text: str) -> Any:
        name, email = "application__candidate__name__icontains", "application__candidate__email__icontains"
        return listed.filter(Q(**{name: text}) | Q(**{email: text}))

    pairs = {
        f"page behind {DEEP:,}: keyset, OFFSET": (
            lambda: people.page(position, Asked(after=deep)),
            lambda: list(listed[DEEP : DEEP + 51]),
        ),
        "search, one person: words, icontains": (
            lambda: people.page(position, Asked.read(text=RARE_WORD)),
            lambda: list(contains(RARE_WORD)[:51]),
        ),
        "search, nobody: words, icontains": (
            lambda: people.page(position, Asked.read(text="xyzzy")),
            lambda: list(contains("xyzzy")[:51]),
        ),
    }
    compared = {}
    for name, (ours, usual) in pairs.items():
        ours_ms, usual_ms = median(times(ours)[0]), median(times(usual)[0])
        compared[name] = {"ours_ms": ours_ms, "usual_ms": usual_ms, "ratio": round(usual_ms / ours_ms, 1)}
    return compared


def _list_of_10000(position: Position) -> dict[str, float]:
    """Seconds to read and to invite the largest list that is taken, into the stage that is this full already."""
    actor = member_actor(Member.objects.select_related("user").get(organization=position.organization))
    stage = position.stages.all()[0]
    rows = "".join(f"Person Number{n},person.{n}@list.test\n" for n in range(10_000))
    start = time.perf_counter()
    checked = check_list(actor=actor, stage=stage, file_name="list.csv", data=f"name,email\n{rows}".encode())
    read = time.perf_counter()
    invite_list(actor=actor, csv_import=checked)
    return {"check_s": round(read - start, 2), "invite_s": round(time.perf_counter() - read, 2)}


def _behind(position: Position) -> str:
    listed = Interview.objects.filter(position=position, is_preview=False).order_by("-created_at", "-id")
    last = listed[DEEP - 1]
    return str(Cursor(last.created_at, last.id))
