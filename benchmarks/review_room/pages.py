"""The pages that are measured on the server. Each is a name and an address; others can be added beside them."""

import sys
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.one_database import TURNS, median, times
from benchmarks.review_room.filling import PEOPLE, QUESTIONS, Filled, fill
from bothways.accounts.models import Member


def figures() -> dict[str, Any]:
    call_command("check", stdout=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    filled = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    pages = {name: _measured(member, address) for name, (member, address) in _pages(filled).items()}
    return {"people": PEOPLE, "questions": QUESTIONS, "turns": TURNS, "pages": pages}


def _pages(filled: Filled) -> dict[str, tuple[Member, str]]:
    slug, stage = filled.stage.organization.slug, filled.stage.id
    entered = reverse("team:review-round", args=[slug, stage, filled.questions[2].id])
    turn = _client(filled.begun).get(entered).headers["Location"]
    return {
        "work list": (filled.begun, reverse("team:review-list", args=[slug])),
        "work list, nothing left": (filled.done, reverse("team:review-list", args=[slug])),
        "into a round": (filled.begun, entered),
        "the room, in a round": (filled.begun, turn),
        "the room, only watching": (filled.owner, turn.removesuffix("turn/")),
        "hand in": (filled.begun, reverse("team:review-hand-in", args=[slug, stage])),
    }


def _measured(member: Member, address: str) -> dict[str, float | int]:
    client = _client(member)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code in (200, 302)
    asked = len(captured)
    taken, busy = times(lambda: client.get(address))
    return {
        "median_ms": median(taken),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
        "cpu_ms": median(busy),
        "queries": asked,
    }


def _client(member: Member) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(member.user)
    return client
