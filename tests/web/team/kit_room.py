"""Fills a data folder with a team that prepares a kit. Run as a program; prints JSON.

BOTHWAYS_DATA_DIR=… python -m tests.web.team.kit_room
"""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402  Models can be imported once Django is set up.

from bothways.accounts.models import Role  # noqa: E402
from tests.factories import Cast, make_member, make_position, make_stage  # noqa: E402
from tests.factories.preparing import make_draft  # noqa: E402
from tests.migrated import migrate  # noqa: E402

LONG_NAME = "José Luis Fernández de la Vega Ruiz"


def fill() -> dict[str, object]:
    migrate()
    cast = Cast()
    long = make_member(
        cast.organization, LONG_NAME, Role.RECRUITER, "head of everything that has a roof, and of some that has none"
    )
    leyla = make_member(cast.organization, "ليلى حدّاد", Role.REVIEWER, "مديرة الصيانة")
    version = make_draft(cast.ada)
    arabic = version.questions.get(place=4)
    arabic.text, arabic.asker = "اشرح لنا شيئًا تعرفه جيدًا لشخص لم يسمع به من قبل.", leyla
    arabic.save()
    position = make_position(
        long,
        "Surveyor for damp, mould and ventilation in older buildings, with care for the whole district",
        place="Braga",
        salary="€31,400–35,000 a year",
        description="You are the person tenants reach.\n\nYou listen.",
    )
    make_stage(position, version, (cast.bo, cast.ines, long, leyla))
    sessions = {}
    for member in (cast.ada, cast.cleo):
        client = Client()
        client.force_login(member.user)
        sessions[member.user.name.split()[0].lower()] = client.cookies["sessionid"].value
    return {
        "slug": cast.organization.slug,
        "empty_slug": cast.other_organization.slug,
        "kit": str(version.kit_id),
        "version": str(version.id),
        "used_kit": str(cast.kit_version.kit_id),
        "position": str(position.id),
        "stage": str(cast.stage.id),
        "questions": [str(question.id) for question in version.questions.all()],
        "sessions": sessions,
    }


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
