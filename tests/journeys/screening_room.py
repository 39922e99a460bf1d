"""Fills a data folder with twelve people to screen and three who rate, two of them each. Run as a program; prints JSON.

BOTHWAYS_DATA_DIR=… python -m tests.journeys.screening_room
"""

import json
import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.test import Client  # noqa: E402  Models can be imported once Django is set up.

from bothways.accounts.models import Role  # noqa: E402
from bothways.positions.models import Assigning, StageReviewer  # noqa: E402
from bothways.review.actions.assigning import assign_stage  # noqa: E402
from bothways.review.models import Assignment  # noqa: E402
from tests.factories import Cast, make_member, make_submitted_interview  # noqa: E402
from tests.media.making import make_recording  # noqa: E402
from tests.migrated import migrate  # noqa: E402
from tests.web.team.rating_room import make_watchable, share_recording  # noqa: E402

CODE_NAMES = (
    "Heron", "Plover", "Siskin", "Dunlin", "Whimbrel", "Curlew", "Avocet", "Knot", "Teal", "Wigeon", "Smew", "Ruff",
)  # fmt: skip


def fill() -> dict[str, object]:
    migrate()
    cast = Cast()
    kofi = make_member(cast.organization, "Kofi Mensah", Role.REVIEWER)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=kofi)
    people = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(12)]
    with tempfile.TemporaryDirectory() as folder:
        recording = make_watchable(people[0], make_recording(Path(folder) / "drawn.webm", 3, size=(160, 90), rate=10))
    for code_name, interview in zip(CODE_NAMES, people, strict=True):
        interview.code_name = code_name
        interview.save()
        for answer in interview.answers.all():
            share_recording(recording, answer.chosen_take.recording)
    cast.stage.assignment = Assigning.BY_RULE
    cast.stage.save()
    assign_stage(stage_id=cast.stage.id)
    sessions, raters = {}, {"bo": cast.bo, "ines": cast.ines, "kofi": kofi}
    on_first = set(Assignment.objects.filter(interview=people[0]).values_list("member", flat=True))
    for name, member in {"ada": cast.ada, **raters}.items():
        client = Client()
        client.force_login(member.user)
        sessions[name] = client.cookies["sessionid"].value
    return {
        "slug": cast.organization.slug,
        "stage": str(cast.stage.id),
        "raters": sorted(raters, key=lambda name: raters[name].id in on_first),
        "interviews": {interview.code_name: str(interview.id) for interview in people},
        "sessions": sessions,
    }


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
