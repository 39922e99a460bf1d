"""An upload from its issue to its settlement job, over the product's own database, store and front door."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from bothways.accounts.models import AuditEntry, Organization
from bothways.config.asgi import make_application
from bothways.media.actions import uploads
from bothways.media.models import MediaKind, Recording, RecordingState, Upload
from bothways.media.store import get_store
from bothways.work.models import Job
from tests.factories import make_organization
from tests.web.bytes.serving import PART, Said, ask, running, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port() -> Iterator[int]:
    with running(make_application()) as port:
        yield port


@pytest.fixture
def organization() -> Organization:
    return make_organization()


@pytest.fixture
def recording(organization: Organization) -> Recording:
    return Recording.objects.create(organization=organization, kind=MediaKind.VIDEO)


def issue(recording: Recording, *, max_bytes: int = 1000, hours: float = 1) -> tuple[Upload, str]:
    expires_at = timezone.now() + dt.timedelta(hours=hours)
    return uploads.issue_upload(recording=recording, max_bytes=max_bytes, expires_at=expires_at)


def send(port: int, upload: Upload, token: str, method: str, body: bytes | None = None, **more: str) -> Said:
    usual = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {token}", "Content-Type": PART}
    headers = usual | {name.replace("_", "-"): value for name, value in more.items()}
    return ask(port, method, f"/u/{upload.id}", headers, body)


def is_received(recording: Recording) -> bool:
    return Recording.objects.filter(id=recording.id, state=RecordingState.RECEIVED).exists()


def stored(recording: Recording) -> bytes:
    return b"".join(get_store().open_range(recording.original_key, 0, 10**6))


def test_parts_then_the_length_complete_it(port: int, recording: Recording) -> None:
    upload, token = issue(recording)
    assert send(port, upload, token, "PATCH", b"abc", Upload_Offset="0").status == 204
    assert send(port, upload, token, "PATCH", b"def", Upload_Offset="3").status == 204
    recording.refresh_from_db()
    assert recording.state == RecordingState.RECEIVING
    uploads.declare_length(upload_id=upload.id, length=6)
    assert_received(recording, b"abcdef")
    assert send(port, upload, token, "HEAD")["Upload-Offset"] == "6"


def test_the_length_then_the_last_part_complete_it(port: int, recording: Recording) -> None:
    upload, token = issue(recording)
    assert send(port, upload, token, "PATCH", b"abc", Upload_Offset="0").status == 204
    uploads.declare_length(upload_id=upload.id, length=6)
    assert send(port, upload, token, "PATCH", b"def", Upload_Offset="3").status == 204
    wait_until(lambda: is_received(recording))
    assert_received(recording, b"abcdef")


def test_a_foreign_client_creates_declares_and_completes_it(port: int, recording: Recording) -> None:
    upload, token = issue(recording)
    headers = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {token}", "Upload-Length": "3", "Content-Type": PART}
    said = ask(port, "POST", "/u/", headers, b"abc")
    assert (said.status, said["Location"], said["Upload-Offset"]) == (201, f"/u/{upload.id}", "3")
    assert_received(recording, b"abc")


def assert_received(recording: Recording, body: bytes) -> None:
    """Received once, with its size, and one job asked for."""
    recording.refresh_from_db()
    assert (recording.state, recording.size) == (RecordingState.RECEIVED, len(body))
    assert stored(recording) == body
    jobs = Job.objects.filter(name="media.settle", key=f"recording:{recording.id}")
    assert [job.payload for job in jobs] == [{"recording_id": str(recording.id)}]
    entries = AuditEntry.objects.filter(organization=recording.organization, verb="recording.received")
    assert [entry.detail for entry in entries] == [{"bytes": len(body)}]


def test_saying_the_length_again_is_no_change_and_another_is_refused(port: int, recording: Recording) -> None:
    upload, token = issue(recording)
    send(port, upload, token, "PATCH", b"abc", Upload_Offset="0")
    for length in (2, 1001):
        with pytest.raises(uploads.Refused):
            uploads.declare_length(upload_id=upload.id, length=length)
    uploads.declare_length(upload_id=upload.id, length=6)
    uploads.declare_length(upload_id=upload.id, length=6)
    with pytest.raises(uploads.Refused):
        uploads.declare_length(upload_id=upload.id, length=7)


def test_a_new_token_replaces_the_old_one_and_keeps_what_arrived(port: int, recording: Recording) -> None:
    upload, old = issue(recording)
    send(port, upload, old, "PATCH", b"abc", Upload_Offset="0")
    again, new = issue(recording)
    assert again.id == upload.id
    assert send(port, upload, old, "HEAD").status == 404
    assert send(port, upload, new, "HEAD")["Upload-Offset"] == "3"


def test_the_token_of_one_recording_opens_no_other(port: int, organization: Organization, recording: Recording) -> None:
    other = Recording.objects.create(organization=make_organization("Elsewhere"), kind=MediaKind.VIDEO)
    (mine, token), (theirs, _) = issue(recording), issue(other)
    assert send(port, mine, token, "HEAD").status == 200
    assert send(port, theirs, token, "HEAD").status == 404
    assert send(port, theirs, token, "PATCH", b"abc", Upload_Offset="0").status == 404
    assert get_store().size(other.original_key) is None


def test_given_up(port: int, recording: Recording) -> None:
    upload, token = issue(recording)
    send(port, upload, token, "PATCH", b"abc", Upload_Offset="0")
    assert send(port, upload, token, "DELETE").status == 204
    assert send(port, upload, token, "HEAD").status == 404
    recording.refresh_from_db()
    assert (recording.state, recording.failure_code) == (RecordingState.FAILED, "given_up")
    assert get_store().size(recording.original_key) is None
    with pytest.raises(uploads.Refused):
        issue(recording)


def test_out_of_time(port: int, recording: Recording) -> None:
    upload, token = issue(recording, hours=-1)
    assert send(port, upload, token, "HEAD").status == 410
    assert send(port, upload, token, "PATCH", b"abc", Upload_Offset="0").status == 410


def test_the_sweep_settles_what_arrived_in_time_and_fails_what_did_not(
    port: int, organization: Organization, recording: Recording
) -> None:
    upload, token = issue(recording)
    send(port, upload, token, "PATCH", b"abc", Upload_Offset="0")
    empty = Recording.objects.create(organization=organization, kind=MediaKind.VIDEO)
    issue(empty)
    assert uploads.sweep() == 0
    later = timezone.now() + dt.timedelta(hours=2)
    assert uploads.sweep(now=later) == 2
    assert uploads.sweep(now=later) == 0
    assert_received(recording, b"abc")
    empty.refresh_from_db()
    assert empty.state == RecordingState.FAILED


def test_the_sweep_completes_what_a_killed_server_left_whole(recording: Recording) -> None:
    upload, _ = issue(recording)
    Upload.objects.filter(id=upload.id).update(length=3)
    with get_store().write_at(recording.original_key, 0) as writer:
        writer.write(b"abc")
    assert uploads.sweep() == 1
    assert_received(recording, b"abc")


def test_declared_while_the_last_part_becomes_durable(port: int, organization: Organization) -> None:
    """Whoever comes second sees what the first one did: at every interleaving the recording is received, once."""

    def declare(upload: Upload) -> None:
        try:
            uploads.declare_length(upload_id=upload.id, length=6)
        finally:
            connection.close()

    def both(upload: Upload, token: str) -> None:
        with ThreadPoolExecutor(2) as threads:
            sent = threads.submit(send, port, upload, token, "PATCH", b"def", Upload_Offset="3")
            threads.submit(declare, upload).result()
            sent.result()

    for _ in range(15):
        recording = Recording.objects.create(organization=organization, kind=MediaKind.VIDEO)
        upload, token = issue(recording)
        send(port, upload, token, "PATCH", b"abc", Upload_Offset="0")
        both(upload, token)
        wait_until(lambda recording=recording: is_received(recording))
    assert AuditEntry.objects.filter(organization=organization, verb="recording.received").count() == 15


def test_pages_are_behind_the_same_door(port: int) -> None:
    assert ask(port, "GET", "/d/nothing", {}).status == 404
    assert ask(port, "GET", "/no-such-page", {}).status == 404
    assert ask(port, "OPTIONS", "/u/", {})["Tus-Version"] == "1.0.0"
