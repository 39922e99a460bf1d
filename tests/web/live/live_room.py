"""Fills a data folder with live interviews that are held now, one in Arabic; or says what came of each side. Run as a
program; prints JSON.

BOTHWAYS_DATA_DIR=… python -m tests.web.live.live_room fill|many|sides
"""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402  Models can be imported once Django is set up.

from bothways.accounts.models import Member  # noqa: E402
from bothways.interviews.models import Interview  # noqa: E402
from bothways.live.actions.rooms import make_room  # noqa: E402
from bothways.live.models import Leg  # noqa: E402
from bothways.media.queries.uploads import offset_of, uploads_of  # noqa: E402
from tests.factories import Cast, make_token  # noqa: E402
from tests.factories.live import make_live_interview, make_slot  # noqa: E402
from tests.migrated import migrate  # noqa: E402

MANY = 24
LONG_NAME = "José Luis Fernández de la Vega Ruiz"


def fill() -> dict[str, object]:
    migrate()
    cast = Cast()
    return {
        "talks": [
            _talk(cast, "Dee Okafor"),
            _talk(cast, "Dee Okafor"),
            _talk(cast, LONG_NAME, language="ar"),
            _talk(cast, "Dee Okafor"),
        ],
        "bo": _session(cast.bo),
        "ines": _session(cast.ines),
        "cleo": _session(cast.cleo),
        "rafael": _session(cast.rafael),
        "ada": _session(cast.ada),
    }


def many() -> dict[str, object]:
    """Rooms for a benchmark, and hosts."""
    migrate()
    cast = Cast()
    return {
        "talks": [_talk(cast, f"Dee {number}") for number in range(MANY)],
        "hosts": [_session(member) for member in (cast.bo, cast.ines, cast.rafael)],
    }


def sides() -> list[dict[str, object]]:
    """Of each leg: whose it is, whether its page said that it is whole, and how many bytes are here."""
    return [
        {
            "kind": leg.participant.kind,
            "is_finished": leg.finished_at is not None,
            "bytes": sum(offset_of(upload) for upload in uploads_of(leg.recording)),
        }
        for leg in Leg.objects.select_related("participant", "recording")
    ]


def _talk(cast: Cast, name: str, **fields: object) -> dict[str, str]:
    interview: Interview = make_live_interview(cast, name, **fields)
    make_slot(interview, cast.bo)
    return {"room": str(make_room(interview=interview).id), "token": make_token(interview)}


def _session(member: Member) -> str:
    client = Client()
    client.force_login(member.user)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    json.dump({"fill": fill, "many": many, "sides": sides}[sys.argv[1]](), sys.stdout)
