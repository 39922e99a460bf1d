"""What operators' probes are told."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bothways.work.models import Job
from tests.factories import Cast


def test_a_healthy_server(client: Client, cast: Cast) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    report = answer.json()
    assert report["state"] == "ok"
    assert report["database"]["state"] == "ok"
    assert report["store"]["free_bytes"] > 0
    assert report["jobs"] == {"waiting": 0, "oldest_s": 0}
    assert "no-store" in answer.headers["Cache-Control"]


def test_jobs_that_nobody_does_are_counted(client: Client, cast: Cast) -> None:
    now = timezone.now()
    for key, due in (("a", now - dt.timedelta(seconds=90)), ("b", now), ("later", now + dt.timedelta(hours=1))):
        Job.objects.create(organization=cast.organization, name="media.settle", key=key, lane="short", due_at=due)
    jobs = client.get("/health").json()["jobs"]
    assert jobs["waiting"] == 2
    assert jobs["oldest_s"] >= 90


def test_a_store_that_does_not_answer_is_a_failure(
    client: Client, cast: Cast, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(settings, "STORE_DIR", blocked / "store")
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["store"] == {"state": "failing"}
