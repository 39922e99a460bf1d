"""Fills a data folder with a candidate who has agreed to be recorded, and a team. Run as a program; prints JSON.

BOTHWAYS_DATA_DIR=… python -m tests.conversations.asking_room
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402  Models can be imported once Django is set up.
from django.test import Client  # noqa: E402

from bothways.conversations.actions.replies import answer_in_words  # noqa: E402
from tests.factories import Cast, make_interview, make_token  # noqa: E402
from tests.factories.asking import make_inquiry, make_published  # noqa: E402
from tests.interviews.taking_part import consented  # noqa: E402

LONG_NAME = "José Luis Fernández de la Vega Ruiz"


def fill() -> dict[str, object]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = Cast()
    dee = consented(make_interview(cast.stage, cast.kit_version))
    other = consented(make_interview(cast.stage, cast.kit_version, LONG_NAME, language="ar"))
    make_inquiry(other, words="ما هو أول شيء سأعمله؟ " * 12)
    answered = make_inquiry(other, words="Who would I work with, and where do they sit?")
    answer_in_words(actor=cast.actor(cast.rafael), inquiry=answered, message="With Bo and Inês.\n\nCome and see us.")
    make_published(
        answered, question="Where is the office, and can I come by train?", answer="In Lisbon. Yes, you can."
    )
    client = Client()
    client.force_login(cast.ada.user)
    return {
        "slug": cast.organization.slug,
        "token": make_token(dee),
        "other_token": make_token(other),
        "position": str(cast.position.id),
        "session": client.cookies["sessionid"].value,
    }


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
