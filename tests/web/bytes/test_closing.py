"""A segment is closed from another device while its sender still sends: what was acknowledged is what counts."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from bothways.config.asgi import make_application
from bothways.media.actions import uploads
from bothways.media.models import MediaKind, Recording, RecordingState, Upload
from bothways.media.store import get_store
from tests.factories import make_organization
from tests.web.bytes.serving import PART, Said, ask, running, served_here

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


@pytest.fixture
def port() -> Iterator[int]:
    with running(make_application()) as port:
        yield port


def issue(segments: int = 1) -> list[tuple[Upload, str]]:
    recording = Recording.objects.create(organization=make_organization(), kind=MediaKind.VIDEO, segments=None)
    expires_at = timezone.now() + dt.timedelta(hours=1)
    return [
        uploads.issue_upload(recording=recording, max_bytes=10**7, expires_at=expires_at, segment=number)
        for number in range(1, segments + 1)
    ]


def send(port: int, upload: Upload, token: str, method: str, body: bytes | None = None, **more: str) -> Said:
    usual = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {token}", "Content-Type": PART}
    headers = usual | {name.replace("_", "-"): value for name, value in more.items()}
    return ask(port, method, f"/u/{upload.id}", headers, body)


def test_segments_arrive_side_by_side_each_in_its_place(port: int) -> None:
    issued = issue(3)
    for offset in range(0, 9, 3):
        for number, (upload, token) in enumerate(issued):
            body = bytes([97 + number]) * 3
            assert send(port, upload, token, "PATCH", body, Upload_Offset=str(offset)).status == 204
    for number, (upload, _) in enumerate(issued):
        assert b"".join(get_store().open_range(upload.store_key, 0, 100)) == bytes([97 + number]) * 9
    for upload, _ in issued:
        uploads.declare_length(upload_id=upload.id, length=9)
    assert Recording.objects.get().state == RecordingState.RECEIVING
    uploads.end_recording(recording_id=issued[0][0].recording_id)
    assert (Recording.objects.get().state, Recording.objects.get().size) == (RecordingState.RECEIVED, 27)


def test_a_closed_segment_opens_nothing_any_more(port: int) -> None:
    [(upload, token)] = issue()
    assert send(port, upload, token, "PATCH", b"abc", Upload_Offset="0").status == 204
    uploads.close_upload(upload_id=upload.id)
    kept = send(port, upload, token, "PATCH", b"def", Upload_Offset="3")
    assert (kept.status, kept.code) == (410, "closed"), "its grant is still remembered"
    assert "another device" in kept.words
    assert send(port, upload, token, "PATCH", b"def", Upload_Offset="3").status == 404
    assert send(port, upload, token, "HEAD").status == 404
    assert Upload.objects.get(id=upload.id).length == 3


def test_at_every_moment_of_closing_no_acknowledged_byte_is_left_out(port: int) -> None:
    """A sender that goes on without a pause, and a closing that falls anywhere between and into its parts."""
    for number in range(ROUNDS):
        [(upload, token)] = issue()
        acknowledged, begun = [0], threading.Event()

        def go_on(upload: Upload = upload, token: str = token, seen=acknowledged, go=begun, enough=number + 1) -> None:
            while True:
                said = send(port, upload, token, "PATCH", b"x" * 4000, Upload_Offset=str(seen[0]))
                if said.status != 204:
                    assert said.status in (404, 410)
                    return
                seen[0] = int(said["Upload-Offset"])
                if seen[0] >= 4000 * enough:
                    go.set()

        sender = threading.Thread(target=go_on)
        sender.start()
        assert begun.wait(30)
        closed = uploads.close_upload(upload_id=upload.id)
        sender.join()
        assert closed.length is not None
        assert acknowledged[0] <= closed.length
        uploads.end_recording(recording_id=upload.recording_id)
        recording = Recording.objects.get(id=upload.recording_id)
        assert (recording.state, recording.size) == (RecordingState.RECEIVED, closed.length)
    connection.close()


def test_two_segments_that_end_in_the_same_moment_are_both_seen(port: int) -> None:
    for _ in range(ROUNDS):
        issued = issue(2)
        for upload, token in issued:
            assert send(port, upload, token, "PATCH", b"abc", Upload_Offset="0").status == 204
        uploads.end_recording(recording_id=issued[0][0].recording_id)
        start = threading.Barrier(2)

        def end(upload: Upload, start: threading.Barrier = start) -> None:
            try:
                start.wait(10)
                uploads.declare_length(upload_id=upload.id, length=3)
            finally:
                connection.close()

        enders = [threading.Thread(target=end, args=(upload,)) for upload, _ in issued]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join()
        assert Recording.objects.get(id=issued[0][0].recording_id).state == RecordingState.RECEIVED


def test_a_mark_alone_ends_a_part_that_is_under_way(tmp_path: Path) -> None:
    """Below the database: the mark in the store is enough, whatever the gate has said before."""
    with served_here(tmp_path) as served:
        talk = served.issue()
        assert talk.patch(0, b"abc").status == 204
        with talk.half_a_part(3, b"def", 6) as line:
            with served.store.write_at(talk.grant.closed_key, 0) as mark:
                mark.sync()
            line.sendall(b"ghi")
            assert line.recv(1000).startswith(b"HTTP/1.1 410")
