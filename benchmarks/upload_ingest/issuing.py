"""Prepares a database and prints the tokens of so many new uploads: `python issuing.py COUNT`."""

import datetime as dt
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  Models can be imported once Django is set up.
from django.utils import timezone  # noqa: E402

from bothways.accounts.models import Organization  # noqa: E402
from bothways.media.actions.recordings import create_recording  # noqa: E402
from bothways.media.actions.uploads import issue_upload  # noqa: E402


def issue() -> str:
    organization, _ = Organization.objects.get_or_create(
        slug="benchmark", defaults={"name": "Benchmark", "retention_profile": "eu"}
    )
    recording = create_recording(organization=organization, kind="video", declared_mime="video/webm")
    expires_at = timezone.now() + dt.timedelta(hours=1)
    return issue_upload(recording=recording, max_bytes=10**9, expires_at=expires_at)[1]


call_command("migrate", verbosity=0)
json.dump([issue() for _ in range(int(sys.argv[1]))], sys.stdout)
