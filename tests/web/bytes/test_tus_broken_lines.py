"""What is kept when a line breaks, hangs, or is taken over, in one process and across two."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bothways.web.bytes.tus import Limits
from tests.web.bytes.serving import Process, Served, Talk, served_here
from tests.web.bytes.test_tus_core import digest


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_here(tmp_path_factory.mktemp("tus")) as served:
        yield served


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Served]]:
    """Two processes over one disk."""
    folder = tmp_path_factory.mktemp("two")
    with Process(folder) as one, Process(folder) as other:
        yield one.served, other.served


def through(other: Served, talk: Talk) -> Talk:
    """The same sender, who now talks to another process."""
    return Talk(other, talk.grant, talk.token)


@pytest.mark.parametrize("checksum", [None, "sha256"])
def test_a_cut_line_keeps_what_arrived(served: Served, checksum: str | None) -> None:
    talk, body = served.issue(), bytes(range(256)) * 8000
    more = {"Upload_Checksum": digest(checksum, body)} if checksum else {}
    with talk.half_a_part(0, body[:1_500_000], len(body), **more) as line:
        talk.wait_until_stored(1_000_000)
        line.shutdown(socket.SHUT_WR)
    time.sleep(0.2)
    offset = talk.head()
    assert offset >= 1_000_000
    assert talk.stored() == body[:offset]
    assert talk.patch(offset, body[offset:]).status == 204
    assert talk.stored() == body


def test_few_bytes_before_the_cut_are_kept_too(served: Served) -> None:
    talk = served.issue()
    with talk.half_a_part(0, b"0123456789", 1000):
        time.sleep(0.1)
    assert talk.head() == 10
    assert talk.stored() == b"0123456789"


def test_whoever_asks_how_far_it_is_ends_a_hanging_part(served: Served) -> None:
    talk = served.issue()
    with talk.half_a_part(0, b"0123456789", 1000) as line:
        time.sleep(0.1)
        assert talk.head() == 10
        assert line.recv(1000).startswith(b"HTTP/1.1 409")
    assert talk.patch(10, b"abc").status == 204


def test_a_second_part_takes_over_from_a_hanging_one(served: Served) -> None:
    talk = served.issue()
    with talk.half_a_part(0, b"0123456789", 1000) as line:
        time.sleep(0.1)
        said = talk.patch(0, b"0123456789abc")
        assert (said.status, said["Upload-Offset"]) == (409, "10"), "what the hanging one brought is kept"
        assert talk.patch(10, b"abc").status == 204
        assert b"taken_over" in line.recv(1000)
    assert talk.stored() == b"0123456789abc"


def test_across_processes(neighbours: tuple[Served, Served]) -> None:
    here, there = neighbours
    talk = here.issue()
    with talk.half_a_part(0, b"0123456789", 1000) as line:
        time.sleep(0.1)
        assert through(there, talk).head() == 10
        assert through(there, talk).patch(10, b"abc").status == 204
        assert line.recv(1000).startswith(b"HTTP/1.1 409")
    assert talk.patch(13, b"def").status == 204
    assert talk.stored() == b"0123456789abcdef"


def test_many_who_want_the_same_place_give_one_result(neighbours: tuple[Served, Served]) -> None:
    """Eight threads send the same parts to two processes at once, each going on from what it is told."""
    talk, body = neighbours[0].issue(), bytes(range(251)) * 4000

    def send(number: int) -> None:
        mine = through(neighbours[number % 2], talk)
        offset = 0
        while offset < len(body):
            said = mine.patch(offset, body[offset : offset + 50_000])
            assert said.status in (204, 409, 423), said.body
            if "Upload-Offset" in said.headers:
                offset = int(said["Upload-Offset"])

    senders = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert talk.stored() == body


def test_a_hanging_upload_holds_up_no_other(served: Served) -> None:
    hanging = [served.issue() for _ in range(40)]
    lines = [talk.half_a_part(0, b"x" * 10, 1000) for talk in hanging]
    for line in lines:
        line.__enter__()
    other = served.issue(length=3)
    assert other.patch(0, b"abc").status == 204
    assert other.is_finished()
    for line in lines:
        line.__exit__(None, None, None)


def test_a_sender_who_falls_silent_is_let_go(tmp_path: Path) -> None:
    with served_here(tmp_path, Limits(idle_s=0.2)) as served:
        talk = served.issue()
        with talk.half_a_part(0, b"0123456789", 1000) as line:
            answer = line.recv(1000)
            assert answer.startswith(b"HTTP/1.1 408")
            assert b"upload-offset: 10" in answer.lower()
            assert talk.stored() == b"0123456789"


def test_too_much_at_once(tmp_path: Path) -> None:
    limits = Limits(burst_bytes=300, request_cost=100, bytes_per_second=1)
    with served_here(tmp_path, limits) as served:
        talk, other = served.issue(), served.issue()
        offset = 0
        while (said := talk.patch(offset, b"x")).status == 204:
            offset += 1
        assert (said.status, offset) == (429, 3)
        assert int(said["Retry-After"]) >= 1
        assert talk.head() == 3, "how far it is may be asked"
        assert other.patch(0, b"x").status == 204, "nobody else is held up"


def test_too_many_wrong_keys(tmp_path: Path) -> None:
    limits = Limits(wrong_keys_burst=3, wrong_keys_per_second=0.001)
    with served_here(tmp_path, limits) as served:
        talk = served.issue()
        answers = [talk.ask("HEAD", Authorization="Bearer " + "0" * 43).status for _ in range(5)]
        assert answers == [404, 404, 404, 429, 429]


def test_a_full_disk_is_said_in_words_and_keeps_what_is_here(tmp_path: Path) -> None:
    with served_here(tmp_path) as served:
        talk = served.issue()
        talk.patch(0, b"before")
    free = served.store.free_bytes()
    with served_here(tmp_path, reserve_bytes=free * 2) as served:
        talk = Talk(served, talk.grant, talk.token)
        said = talk.patch(6, b"more")
        assert (said.status, said.code) == (507, "store_full")
        assert "safe" in said.words
        assert talk.head() == 6
        assert talk.stored() == b"before"
