"""Fills a data folder with two positions on the first day of a story that is told by the clock.

BOTHWAYS_DATA_DIR=… MOVED_CLOCK=… python -m tests.journeys.both_ways_room

Run as a program under a clock that it moves itself; prints JSON. In Lisbon, where there is no holiday between the two
days that matter: answers of the 3rd of November are promised a reply by the 17th.
"""

import datetime as dt
import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402  Models can be imported once Django is set up.

from bothways.accounts.actions.members import change_lead  # noqa: E402
from bothways.accounts.models import Member  # noqa: E402
from bothways.interviews.actions.open_links import create_open_link  # noqa: E402
from bothways.interviews.queries.open_links import address_of  # noqa: E402
from bothways.positions.models import Stage  # noqa: E402
from bothways.review.actions.decisions import decide  # noqa: E402
from tests.factories import Cast, make_position, make_stage, make_submitted_interview, make_token  # noqa: E402
from tests.factories.review import rate, watch  # noqa: E402
from tests.journeys.clock import Clock, the_clock  # noqa: E402
from tests.migrated import migrate  # noqa: E402

BEFORE = dt.datetime(2025, 10, 20, 9, tzinfo=dt.UTC)
FIRST_DAY = dt.datetime(2025, 11, 3, 9, tzinfo=dt.UTC)
LONG_TITLE = "Night porter and first voice on the emergency line, Alfama and Mouraria"
LONG_NAME = "José Luis Fernández de la Vega Ruiz"
QUESTIONS = ("Tell us about a day on which you had bad news to give.", "Whom do you ask when you do not know?")
LETTER = {"reply_subject": "Our answer", "reply_body": "Hello [name],\n\nthank you for your answers."}


def fill(clock: Clock) -> dict[str, object]:
    migrate()
    clock.move_to(BEFORE)
    cast = Cast()
    settle_down(cast)
    for name in ("Eve Adeyemi", "Kim Park", "Max Low", "Nia Brandt"):
        interview = make_submitted_interview(cast.stage, cast.kit_version, name)
        for member in (cast.bo, cast.ines, cast.ada):
            watch(member, interview)
        rate(cast.bo, interview, (4, 3))
        decide(actor=cast.actor(cast.ada), interview=interview, outcome="advance", reason="Clear.", **LETTER)
    clock.move_to(FIRST_DAY)
    nights = make_position(cast.rafael, LONG_TITLE, place="Lisbon", salary="€1,480 a month")
    night_stage = make_stage(nights, cast.kit_version, (cast.bo,), raters_wanted=1)
    jose = make_submitted_interview(night_stage, cast.kit_version, LONG_NAME)
    watch(cast.bo, jose)
    rate(cast.bo, jose, (4, 4))
    return {
        "slug": cast.organization.slug,
        "position": str(cast.position.id),
        "title": cast.position.title,
        "open_link": opened_to_all(cast, cast.stage),
        "nights": str(nights.id),
        "nights_open_link": opened_to_all(cast, night_stage),
        "jose": str(jose.id),
        "jose_at": jose.application.candidate.email,
        "jose_token": make_token(jose),
        "sessions": {name: session_of(getattr(cast, name)) for name in ("ada", "rafael", "bo")},
    }


def settle_down(cast: Cast) -> None:
    """In Lisbon; two questions; one who rates; who leads whom."""
    cast.organization.country, cast.organization.time_zone = "PT", "Europe/Lisbon"
    cast.organization.save()
    cast.kit_version.questions.filter(place__gt=len(QUESTIONS)).delete()
    for question, text in zip(cast.kit_version.questions.order_by("place"), QUESTIONS, strict=True):
        question.text = text
        question.anchor_1, question.anchor_3 = "Talks around it.", "Says it plainly."
        question.anchor_5 = "Says it plainly, and stays until it has landed."
        question.save()
    cast.stage.reviewers.exclude(member=cast.bo).delete()
    cast.stage.raters_wanted = 1
    cast.stage.save()
    change_lead(actor=cast.actor(cast.ada), member=cast.rafael, lead=cast.ines)


def opened_to_all(cast: Cast, stage: Stage) -> str:
    return address_of(create_open_link(actor=cast.actor(cast.ada), stage=stage))


def session_of(member: Member) -> str:
    """Longer than a session lasts by itself: nobody signs in again within the story."""
    client = Client()
    client.force_login(member.user)
    session = client.session
    session.set_expiry(dt.timedelta(days=60))
    session.save()
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    json.dump(fill(the_clock()), sys.stdout)
