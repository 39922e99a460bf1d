"""The story of both ways: the clock it goes by, its people, and what they do that no other journey does."""

import contextlib
import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.clock import Clock, new_clock
from tests.journeys.rooms import beside, run
from tests.journeys.team import home_of
from tests.product import ROOT, Product, database_of_its_own, running
from tests.recorder.driving import press, record

SETTLE_MS = 60_000


@dataclass
class Story:
    """A running product that goes by a clock of its own, and a browser for whoever is asked for by name."""

    product: Product
    clock: Clock
    somebody: Callable[..., Page]
    filled: dict[str, Any]
    due: subprocess.Popen[str]

    def come(self, name: str) -> Page:
        """A member, signed in, at a desk."""
        page = self.somebody(locale="en-GB", viewport={"width": 1280, "height": 900})
        session = self.filled["sessions"][name]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.product.base_url}])
        page.goto(self.team("review/"))
        return page

    def phone(self) -> Page:
        """A candidate, somewhere."""
        options = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "has_touch": True}
        return self.somebody(locale="en-GB", timezone_id="Europe/Lisbon", **options)

    def team(self, rest: str) -> str:
        return f"{self.product.base_url}/team/{self.filled['slug']}/{rest}"

    def opened_to_all(self, which: str) -> str:
        """Where an open link leads, which was made before this product had its address."""
        return self.product.base_url + "/o/" + self.filled[which].partition("/o/")[2]

    def go_on_to(self, day: int, hour: int = 9, minute: int = 30) -> None:
        """To a day of November 2025 in Lisbon."""
        self.clock.move_to(dt.datetime(2025, 11, day, hour, minute, tzinfo=dt.UTC))

    def do_what_is_due(self) -> None:
        """What the product does by itself within half a minute."""
        assert self.due.stdin is not None and self.due.stdout is not None
        self.due.stdin.write("now\n")
        self.due.stdin.flush()
        assert self.due.stdout.readline() == "done\n", self.due.poll()


@contextlib.contextmanager
def begun(folder: Path, somebody: Callable[..., Page]) -> Iterator[Story]:
    clock = new_clock(folder / "clock")
    with database_of_its_own() as environment:
        product = Product(folder / "data", environment={**environment, **clock.environment})
        filled = run(product, "tests.journeys.both_ways_room", seconds=300)
        assert filled.returncode == 0, filled.stderr
        with running(product), doing_what_is_due(product) as due:
            yield Story(product, clock, somebody, json.loads(filled.stdout), due)


@contextlib.contextmanager
def doing_what_is_due(product: Product) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.journeys.due_room"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=beside(product), text=True, **pipes) as due:
        yield due


def record_as_member(page: Page, seconds: float, done: str) -> None:
    press(page, "Open the camera")
    press(page, "Record")
    page.wait_for_timeout(seconds * 1000)
    press(page, "Stop")
    page.get_by_role("button", name=done).click(timeout=SETTLE_MS)


def record_as_candidate(page: Page, seconds: float, done: str) -> None:
    record(page, seconds)
    page.get_by_role("button", name=done).click(timeout=SETTLE_MS)


def say_how_it_was(page: Page) -> None:
    """The survey of two questions."""
    page.get_by_role("link", name="Answer two questions").click()
    page.get_by_role("group", name="fair chance").get_by_label("mostly").check()
    page.get_by_role("group", name="treated as a person").get_by_label("fully").check()
    press(page, "Send")
    expect(page.get_by_text("It is kept without your name.")).to_be_visible()


def decide(page: Page, outcome: str, *, letter: str) -> None:
    """From the page of a decision; whether it went out is told there afterwards."""
    page.get_by_role("link", name=outcome, exact=True).click()
    page.get_by_label("The reason, for the team and the record").fill("As rated, close together.")
    page.get_by_label("Your letter to the candidate").fill(letter)
    page.get_by_role("button", name=re.compile("send the letter$")).click()


def told(owner: Page, subject: str) -> list[str]:
    """To whom mails with these words in their subject went, as the outbox page has it."""
    owner.goto(home_of(owner) + "outbox/")
    rows = owner.get_by_role("row").filter(has_text=subject)
    return [row.get_by_role("cell").first.locator("bdi").first.inner_text() for row in rows.all()]
