"""Two browsers call one another: pictures and sound arrive, and come back after everything that breaks a call."""

import base64
import hashlib
import hmac
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.product import free_port
from tests.web.live.calling import counts, join, until, until_frames_grow
from tests.web.live.meeting_point import MeetingPoint

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.timeout(300)]


@pytest.fixture
def point() -> Iterator[MeetingPoint]:
    started = MeetingPoint()
    started.start()
    yield started
    started.stop()


def seat(browser: Browser, point: MeetingPoint, name: str, **how: bool) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(30_000)
    join(page, point.url, name, **how)
    return page


def test_a_call_lives_through_what_breaks_it(browser: Browser, point: MeetingPoint) -> None:
    ada = seat(browser, point, "ada")
    dee = seat(browser, point, "dee")
    until_frames_grow(ada, dee)
    until(dee, lambda: bool(dee.evaluate("window.first_ms")))
    heard = counts(dee)["sound"]
    until(dee, lambda: counts(dee)["sound"] > heard)
    until(ada, lambda: counts(ada)["sound"] > 0)
    figures = {"join to first picture": dee.evaluate("first_ms")}

    signals = point.signals
    point.kick()
    figures["sockets cut, next 10 pictures"] = until_frames_grow(ada, dee)
    for page in (ada, dee):
        until(page, lambda page=page: page.evaluate("lines.at(-1) === 'in' && lines.includes('down')"))
    assert point.signals == signals, "media outlives its socket: nothing is negotiated anew"

    point.stop()
    figures["server down, next 10 pictures"] = until_frames_grow(ada, dee)
    point.start()
    for page in (ada, dee):
        until(page, lambda page=page: page.evaluate("room.state") == "in")
    assert point.signals == signals, "nor does it need its server"

    for page in (ada, dee):
        page.evaluate("setTimeout(() => transport.restart(), 0)")
    figures["new ways looked for by both at once"] = until_frames_grow(ada, dee)
    until(ada, lambda: point.signals > signals)

    point.stop()
    point.forget()
    point.start()
    for page in (ada, dee):
        until(page, lambda page=page: page.evaluate("room.state") == "in")
    figures["forgotten by the server, next 10 pictures"] = until_frames_grow(ada, dee)

    join(dee, point.url, "dee")
    until(dee, lambda: bool(dee.evaluate("window.first_ms")))
    figures["reload to first picture"] = dee.evaluate("first_ms")
    figures["the other sees again after"] = until_frames_grow(ada)

    dee.context.close()
    dee = seat(browser, point, "dee")
    until(dee, lambda: bool(dee.evaluate("window.first_ms")))
    figures["killed and back to first picture"] = dee.evaluate("first_ms")
    until_frames_grow(ada, dee)
    for what, ms in figures.items():
        print(f"{what}: {ms:.0f} ms")  # noqa: T201 - figures for whoever runs with -s


def test_a_second_device_takes_over_the_seat(browser: Browser, point: MeetingPoint) -> None:
    ada = seat(browser, point, "ada")
    laptop = seat(browser, point, "dee")
    until_frames_grow(ada, laptop)
    phone = seat(browser, point, "dee")
    until(laptop, lambda: laptop.evaluate("room.state") == "replaced")
    until_frames_grow(ada, phone)
    laptop.evaluate("room.send('chat', { text: 'too late' })")
    assert laptop.evaluate("room.state") == "replaced"


def test_two_who_both_offer_at_first_find_one_another(browser: Browser, point: MeetingPoint) -> None:
    """As when the newcomer's offer was lost and the other comes back: both take themselves for the newcomer."""
    ada = seat(browser, point, "ada")
    dee = seat(browser, point, "dee")
    until_frames_grow(ada, dee)
    for page in (ada, dee):
        page.evaluate("transport.leave()")
    for page in (ada, dee):
        page.evaluate("void setTimeout(() => transport.join(stream), 0)")
    until_frames_grow(ada, dee)


SECRET = "known to the relay and to the server"


@pytest.fixture
def relay_port(tmp_path: Path) -> Iterator[int]:
    port = free_port()
    # On the loopback only, which a relay for people must never allow.
    options = ["--listening-ip=127.0.0.1", f"--listening-port={port}", "--allow-loopback-peers", "--no-cli"]
    options += ["--no-tls", "--no-dtls", "--realm=test", "--use-auth-secret", f"--static-auth-secret={SECRET}"]
    options += [f"--pidfile={tmp_path / 'pid'}", "--log-file=stdout", "-n"]
    with (tmp_path / "log").open("w") as log:
        program = shutil.which("turnserver") or ""
        running = subprocess.Popen([program, *options], stdout=log, stderr=log)
    yield port
    running.terminate()
    running.wait(10)


def relay(port: int, *, until_s: float = 3600) -> list[dict[str, Any]]:
    """Credentials as the relay checks them: a name that says until when, and its digest."""
    username = f"{int(time.time() + until_s)}:somebody"
    digest = hmac.new(SECRET.encode(), username.encode(), hashlib.sha1).digest()
    credential = base64.b64encode(digest).decode()
    return [{"urls": [f"turn:127.0.0.1:{port}?transport=udp"], "username": username, "credential": credential}]


@pytest.mark.needs_coturn
def test_the_relay_carries_a_call_when_no_other_way_does(
    browser: Browser, point: MeetingPoint, relay_port: int
) -> None:
    point.ice = relay(relay_port)
    ada = seat(browser, point, "ada", relay=True)
    dee = seat(browser, point, "dee", relay=True)
    until_frames_grow(ada, dee)
    assert {counts(page)["pair"].partition("/")[0] for page in (ada, dee)} == {"relay"}


@pytest.mark.needs_coturn
def test_credentials_that_have_run_out_are_told_and_not_waited_for(
    browser: Browser, point: MeetingPoint, relay_port: int
) -> None:
    point.ice = relay(relay_port, until_s=-60)
    seat(browser, point, "ada", relay=True)
    dee = seat(browser, point, "dee", relay=True)
    until(dee, lambda: dee.evaluate("states.some(({ way, why }) => way === 'failed' && why === 'relay_refused')"))
