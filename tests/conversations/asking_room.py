"""Fills a data folder with a candidate who has agreed to be recorded, and a team. Run as a program; prints JSON.

BOTHWAYS_DATA_DIR=… python -m tests.conversations.asking_room
"""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402  Models can be imported once Django is set up.

from bothways.conversations.actions.replies import answer_in_words  # noqa: E402
from tests.factories import Cast, make_interview, make_submitted_interview, make_token  # noqa: E402
from tests.factories.asking import make_inquiry, make_published  # noqa: E402
from tests.factories.following import make_follow_up  # noqa: E402
from tests.factories.review import rate  # noqa: E402
from tests.interviews.taking_part import consented  # noqa: E402
from tests.migrated import migrate  # noqa: E402

LONG_NAME = "José Luis Fernández de la Vega Ruiz"


def fill() -> dict[str, object]:
    migrate()
    cast = Cast()
    dee = consented(make_interview(cast.stage, cast.kit_version))
    other = consented(make_interview(cast.stage, cast.kit_version, LONG_NAME, language="ar"))
    make_inquiry(other, words="ما هو أول شيء سأعمله؟ " * 12)
    answered = make_inquiry(other, words="Who would I work with, and where do they sit?")
    answer_in_words(actor=cast.actor(cast.rafael), inquiry=answered, message="With Bo and Inês.\n\nCome and see us.")
    make_published(
        answered, question="Where is the office, and can I come by train?", answer="In Lisbon. Yes, you can."
    )
    sent = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.bo, sent, (4, 4, 4, 4))
    asked = make_submitted_interview(cast.stage, cast.kit_version, LONG_NAME)
    asked.language = "ar"
    asked.save()
    make_follow_up(asked, cast.bo, words="ماذا حدث بعد ذلك؟ " * 8, start_ms=4000, end_ms=9000)
    rate(cast.bo, asked, (4, 4, 4, 4))
    client, bo = Client(), Client()
    client.force_login(cast.ada.user)
    bo.force_login(cast.bo.user)
    return {
        "bo_session": bo.cookies["sessionid"].value,
        "sent": str(sent.id),
        "sent_token": make_token(sent),
        "asked": str(asked.id),
        "asked_token": make_token(asked),
        "follow_up": str(asked.follow_ups.get().id),
        "slug": cast.organization.slug,
        "token": make_token(dee),
        "other_token": make_token(other),
        "position": str(cast.position.id),
        "session": client.cookies["sessionid"].value,
    }


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
