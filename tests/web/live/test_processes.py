"""Several web processes: with Redis people on different ones meet; without, the second does not start."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.live import make_booked_room
from tests.product import Product, free_port
from tests.web.bytes.serving import wait_until
from tests.web.live.talking import Talk


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = [shutil.which("redis-server") or "", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    wait_until(lambda: answers(port))
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def web(tmp_path: Path, redis_url: str = "") -> Product:
    """`./bothways web` on the database of this test."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgresql://%2Fvar%2Frun%2Fpostgresql/{name}"
    environment = {
        "BOTHWAYS_DATABASE_URL": url,
        "BOTHWAYS_DATABASE_POOL": "0",
        "BOTHWAYS_SECRET_KEY": settings.SECRET_KEY,
        "BOTHWAYS_DEBUG": "1",
    }
    return Product(tmp_path / "data", "web", environment=environment | {"BOTHWAYS_REDIS_URL": redis_url})


@pytest.mark.needs_redis
def test_two_processes_share_a_room_by_redis(transactional_db, cast, tmp_path, redis_url):
    first, second = web(tmp_path, redis_url), web(tmp_path, redis_url)
    try:
        for one in (first, second):
            one.start()
            one.wait_until_it_answers()
        room = make_booked_room(cast)
        here, there = Talk(first.port, room), Talk(second.port, room)
        bo, dee = here.host(cast.bo), there.candidate()
        bo_id = bo.hear("welcome")["you"]["id"]
        dee.hear("waiting")
        bo.say("admit", participant=bo.hear("knock")["participant"]["id"])
        assert [one["id"] for one in dee.hear("welcome")["people"]] == [bo_id]
        dee_id = bo.hear("join")["person"]["id"]
        dee.say("signal", to=bo_id, description={"type": "offer", "sdp": "\ud800"})
        assert bo.hear("signal")["from"] == dee_id
        bo.say("signal", to=dee_id, description={"type": "answer", "sdp": "x"})
        assert dee.hear("signal")["description"]["type"] == "answer"
        # The seat is one, on whichever process: a page that opens on the other takes over.
        again = here.candidate(epoch="second")
        again.hear("welcome")
        assert dee.close_code() == 4001
        # A process that dies takes its own lines with it, and none of the other one's.
        assert second.process
        second.process.kill()
        bo.say("chat", key="6f9619ff-8b86-4011-b42d-00c04fc964ff", text="Are you there?")
        assert again.hear("chat")["text"] == "Are you there?"
        here.close()
    finally:
        first.stop()
        second.stop()


def test_without_redis_a_second_process_is_refused(transactional_db, tmp_path):
    first, second = web(tmp_path), web(tmp_path)
    try:
        first.start()
        first.wait_until_it_answers()
        second.start()
        assert second.process and second.process.wait(60) == 1
        said = (tmp_path / "data-web.log").read_text()
        assert "BOTHWAYS_REDIS_URL" in said and "Nothing was started." in said
        first.stop()
        second.start()
        second.wait_until_it_answers()
    finally:
        first.stop()
        second.stop()
