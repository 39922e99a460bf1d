"""Media at signed addresses: ranges, safe headers, and the permission asked at each request."""

import datetime as dt
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import Member
from bothways.config.asgi import make_application
from bothways.interviews.models import Interview, InterviewState
from bothways.media.addresses import VALID_S, media_address
from bothways.media.models import MediaKind, Recording, RecordingState, Rendition, RenditionKind
from bothways.media.store import get_store
from bothways.review.actions.share_views import view_share
from bothways.review.actions.shares import Shown, change_share, revoke_share
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.review import make_shared
from tests.web.bytes.serving import Said, ask, running

pytestmark = pytest.mark.django_db(transaction=True)
BODY = os.urandom(600_123)


@dataclass
class Shelf:
    """An answer of Dee that was sent, a recording of it that can be watched, and the door to it."""

    port: int
    cast: Cast
    interview: Interview
    rendition: Rendition

    def get(self, kind: str, viewer: uuid.UUID, method: str = "GET", **headers: str) -> Said:
        return self.fetch(media_address(self.rendition.id, kind, viewer), method, **headers)

    def fetch(self, address: str, method: str = "GET", **headers: str) -> Said:
        return ask(self.port, method, address, {name.replace("_", "-"): value for name, value in headers.items()})

    def for_member(self, member: Member) -> int:
        return self.get("member", member.id).status

    def for_bo(self, method: str = "GET", **headers: str) -> Said:
        return self.get("member", self.cast.bo.id, method, **headers)


@pytest.fixture
def shelf(cast: Cast, tmp_path: Path) -> Iterator[Shelf]:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    recording = interview.answers.get(question__place=1).chosen_take.recording
    with running(make_application()) as port:
        yield Shelf(port, cast, interview, make_rendition(recording, tmp_path))


def make_rendition(recording: Recording, folder: Path, mime: str = "video/webm") -> Rendition:
    source = folder / "source"
    source.write_bytes(BODY)
    key = f"{recording.organization_id}/{recording.id}/playable.webm"
    get_store().put_file(key, source)
    return Rendition.objects.create(
        organization=recording.organization,
        recording=recording,
        kind=RenditionKind.PLAYABLE,
        mime=mime,
        size=len(BODY),
        store_key=key,
    )


def make_prompt(cast: Cast) -> Recording:
    fields = {"kind": MediaKind.VIDEO, "state": RecordingState.READY, "duration_ms": 1000}
    return Recording.objects.create(organization=cast.organization, **fields)


def test_the_whole(shelf: Shelf) -> None:
    said = shelf.for_bo()
    assert (said.status, said.body) == (200, BODY)
    assert said["Content-Type"] == "video/webm"
    assert said["Content-Length"] == str(len(BODY))
    assert said["Accept-Ranges"] == "bytes"
    assert said["Cache-Control"] == "private, no-store"
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Content-Disposition"] == 'inline; filename="recording.webm"'


def test_head_tells_the_same_without_the_bytes(shelf: Shelf) -> None:
    whole, head = shelf.for_bo(), shelf.for_bo("HEAD")
    assert (head.status, head.body, head["Content-Length"]) == (200, b"", str(len(BODY)))
    assert head["ETag"] == whole["ETag"]


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=1000-299999", 1000, 300_000),
        ("bytes=600000-", 600_000, 600_123),
        ("bytes=-23", 600_100, 600_123),
    ],
)
def test_a_range(shelf: Shelf, wanted: str, start: int, end: int) -> None:
    said = shelf.for_bo(Range=wanted)
    assert (said.status, said.body) == (206, BODY[start:end])
    assert said["Content-Range"] == f"bytes {start}-{end - 1}/{len(BODY)}"
    assert said["Content-Length"] == str(end - start)


def test_a_range_behind_the_end(shelf: Shelf) -> None:
    said = shelf.for_bo(Range="bytes=600123-")
    assert (said.status, said["Content-Range"]) == (416, f"bytes */{len(BODY)}")


def test_a_range_of_another_version_gives_the_whole(shelf: Shelf) -> None:
    etag = shelf.for_bo("HEAD")["ETag"]
    assert shelf.for_bo(Range="bytes=0-9", If_Range=etag).status == 206
    assert shelf.for_bo(Range="bytes=0-9", If_Range='"another"').body == BODY
    assert shelf.for_bo(Range="bytes=0-9", If_Range="Wed, 21 Oct 2026 07:28:00 GMT").status == 200


def test_a_type_we_do_not_make_goes_out_as_plain_bytes(shelf: Shelf) -> None:
    Rendition.objects.filter(id=shelf.rendition.id).update(mime="text/html")
    said = shelf.for_bo()
    assert (said["Content-Type"], said["Content-Disposition"]) == ("application/octet-stream", "attachment")


def test_nothing_in_the_store(shelf: Shelf) -> None:
    get_store().delete(shelf.rendition.store_key)
    assert shelf.for_bo().status == 404


def test_other_methods(shelf: Shelf) -> None:
    assert shelf.for_bo("POST").status == 405


def test_a_guest_watches_what_was_shared_until_it_is_closed(shelf: Shelf) -> None:
    share, _token = make_shared(shelf.cast.rafael, shelf.interview)
    assert shelf.get("share", share.id).status == 404, "nobody has opened it"
    assert view_share(share=share)
    said = shelf.get("share", share.id, Range="bytes=0-9")
    assert (said.status, said.body, said["Cache-Control"]) == (206, BODY[:10], "private, no-store")
    assert shelf.get("share", shelf.interview.id).status == 404
    for places, status in (([2], 404), ([1, 2], 206)):
        change_share(
            actor=shelf.cast.actor(shelf.cast.rafael),
            share=share,
            interviews=[shelf.interview.id],
            shown=Shown(answers=True),
            most_views=5,
            places=places,
        )
        assert shelf.get("share", share.id, Range="bytes=10-19").status == status, "from the next request on"
    revoke_share(actor=shelf.cast.actor(shelf.cast.rafael), share=share)
    assert shelf.get("share", share.id).status == 404


class TestAddresses:
    def test_changed_ones_open_nothing(self, shelf: Shelf) -> None:
        address = media_address(shelf.rendition.id, "member", shelf.cast.bo.id)
        for changed in (address[:-1], address + "x", "/d/", "/d/x", "/d/a:b:c", "/d/%00", "/d/" + "a" * 5000):
            assert shelf.fetch(changed).status == 404

    def test_old_ones_say_so(self, shelf: Shelf) -> None:
        long_ago = timezone.now() - dt.timedelta(seconds=VALID_S + 5)
        with time_machine.travel(long_ago):
            address = media_address(shelf.rendition.id, "member", shelf.cast.bo.id)
        said = shelf.fetch(address)
        assert (said.status, said.code) == (410, "address_over")
        assert "Reload" in said.words

    def test_a_kind_of_viewer_that_nobody_knows(self, shelf: Shelf) -> None:
        assert shelf.get("anybody", shelf.cast.bo.id).status == 404


class TestMembers:
    def test_who_may_watch_a_sent_answer(self, shelf: Shelf) -> None:
        cast = shelf.cast
        assert {member.user.name: shelf.for_member(member) for member in (cast.ada, cast.rafael, cast.bo)} == {
            "Ada Lindqvist": 200,
            "Rafael Moreno": 200,
            "Bo Osei": 200,
        }
        assert shelf.for_member(cast.audrey) == 404
        assert shelf.for_member(cast.cleo) == 404

    def test_what_is_not_sent_yet_is_nobodys(self, shelf: Shelf) -> None:
        Interview.objects.filter(id=shelf.interview.id).update(state=InterviewState.STARTED, submitted_at=None)
        assert shelf.for_member(shelf.cast.ada) == 404

    def test_who_leaves_stops_seeing_at_once(self, shelf: Shelf) -> None:
        address = media_address(shelf.rendition.id, "member", shelf.cast.bo.id)
        assert shelf.fetch(address).status == 200
        Member.objects.filter(id=shelf.cast.bo.id).update(is_active=False)
        assert shelf.fetch(address).status == 404

    def test_prompts_are_for_the_whole_organization_and_for_no_other(self, shelf: Shelf, tmp_path: Path) -> None:
        shelf.rendition = make_rendition(make_prompt(shelf.cast), tmp_path)
        assert shelf.for_member(shelf.cast.audrey) == 200
        assert shelf.for_member(shelf.cast.cleo) == 404


class TestCandidates:
    def test_their_own(self, shelf: Shelf) -> None:
        assert shelf.get("candidate", shelf.interview.id).status == 200

    def test_nobody_elses(self, shelf: Shelf) -> None:
        other = make_interview(shelf.cast.stage, shelf.cast.kit_version, "Eli Novak")
        assert shelf.get("candidate", other.id).status == 404
        assert shelf.get("candidate", shelf.cast.bo.id).status == 404

    def test_no_more_when_withdrawn(self, shelf: Shelf) -> None:
        Interview.objects.filter(id=shelf.interview.id).update(state=InterviewState.WITHDRAWN)
        assert shelf.get("candidate", shelf.interview.id).status == 404

    def test_the_prompts_of_their_kit(self, shelf: Shelf, tmp_path: Path) -> None:
        prompt = make_prompt(shelf.cast)
        shelf.rendition = make_rendition(prompt, tmp_path)
        assert shelf.get("candidate", shelf.interview.id).status == 404
        question = shelf.cast.kit_version.questions.get(place=2)
        question.prompt = prompt
        question.save()
        assert shelf.get("candidate", shelf.interview.id).status == 200

    def test_the_welcome_of_their_kit(self, shelf: Shelf, tmp_path: Path) -> None:
        prompt = make_prompt(shelf.cast)
        shelf.rendition = make_rendition(prompt, tmp_path)
        shelf.cast.kit_version.welcome_prompt = prompt
        shelf.cast.kit_version.save()
        assert shelf.get("candidate", shelf.interview.id).status == 200
