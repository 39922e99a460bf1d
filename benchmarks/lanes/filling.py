"""An organization with people, and uploads for answers: `python -m benchmarks.lanes.filling COUNT` prints JSON."""

import datetime as dt
import json
import os
import sys

import django

PEOPLE = 40


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bothways.config.settings"
    django.setup()
    json.dump(_fill(int(sys.argv[1])), sys.stdout)


def _fill(count: int) -> dict[str, object]:
    from django.test import Client  # noqa: PLC0415 - models can be imported once Django is set up
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from bothways.media.actions.recordings import create_recording  # noqa: PLC0415
    from bothways.media.actions.uploads import issue_upload  # noqa: PLC0415
    from tests.factories import Cast, make_interview, make_token  # noqa: PLC0415

    cast = Cast()
    interviews = [make_interview(cast.stage, cast.kit_version, f"Person {number}") for number in range(PEOPLE)]
    client = Client()
    client.force_login(cast.ada.user)
    uploads = []
    for _ in range(count):
        recording = create_recording(organization=cast.organization, kind="video", declared_mime="")
        later = timezone.now() + dt.timedelta(hours=1)
        upload, token = issue_upload(recording=recording, max_bytes=10**9, expires_at=later)
        uploads.append({"upload": str(upload.id), "token": token})
    slug = cast.organization.slug
    return {
        "uploads": uploads,
        "session": client.cookies["sessionid"].value,
        "pages": [
            reverse("candidate:landing", args=[make_token(interviews[0])]),
            reverse("team:people-list", args=[slug, cast.position.id]),
            reverse("team:kits-list", args=[slug]),
        ],
    }


if __name__ == "__main__":
    main()
