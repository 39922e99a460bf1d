"""Makes uploads in the product's own database: `python -m benchmarks.watchable.issuing COUNT [LANGUAGE]` prints them
as JSON."""

import datetime as dt
import json
import os
import sys

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bothways.config.settings"
    django.setup()
    json.dump(_issue(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""), sys.stdout)


def _issue(count: int, language: str) -> list[dict[str, str]]:
    from django.utils import timezone  # noqa: PLC0415 - models can be imported once Django is set up

    from bothways.accounts.models import Organization  # noqa: PLC0415
    from bothways.media.actions.recordings import create_recording  # noqa: PLC0415
    from bothways.media.actions.uploads import issue_upload  # noqa: PLC0415

    organization, _ = Organization.objects.get_or_create(
        slug="benchmark", defaults={"name": "Benchmark", "retention_profile": "eu"}
    )
    issued = []
    for _ in range(count):
        recording = create_recording(
            organization=organization, kind="video", declared_mime="video/webm", language=language
        )
        upload, token = issue_upload(
            recording=recording, max_bytes=10**9, expires_at=timezone.now() + dt.timedelta(hours=1)
        )
        issued.append({"recording": recording.id.hex, "upload": str(upload.id), "token": token})
    return issued


if __name__ == "__main__":
    main()
