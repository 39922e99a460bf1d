"""The pages around the time of a talk, for both sides, in a real browser: axe, narrow screens, both themes and
directions, long names, nothing there yet, errors.
"""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from bothways.accounts.models import Member, User
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.sealing import seal
from bothways.live.actions.held import talk_was_held
from bothways.live.actions.rooms import make_room
from bothways.live.models import BusyCalendar, LiveRules, Place, Slot, SlotState
from bothways.live.queries.missed import IN_TIME, PATIENCE
from tests.factories import Cast, make_member, make_token
from tests.factories.live import make_slot
from tests.factories.scheduling import give_hours, make_live, make_live_stage
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "dark", "ar"), (1440, "light", "de")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
LONG = "José Luis Fernández de la Vega Ruiz"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
WORDS = "I am sorry, my train stands still in the middle of nowhere. https://www.example.org/a/very/long/address/of/it"


class Filled:
    """Candidates and talks in every state, and a host who has been here for a while and one who is new."""

    def __init__(self) -> None:
        self.cast = cast = Cast()
        cast.organization.contact_email = "people@kestrel.example"
        cast.organization.save()
        self.host = make_member(cast.organization, "Bartholomäus von Hohenstein-Lichtenberg", "reviewer", "Deputy head")
        give_hours(cast.bo)
        give_hours(self.host)
        self.stage = make_live_stage(cast, name="Ein Gespräch mit dem ganzen Team")
        self.stage.reviewers.create(organization=cast.organization, member=self.host)
        LiveRules.objects.create(organization=cast.organization, stage=self.stage, directions="Ring twice at dock 4.")
        self.empty = make_live_stage(cast, name="Nobody has hours")
        self.empty.reviewers.filter(member=cast.bo).delete()
        BusyCalendar.objects.create(
            organization=cast.organization, member=cast.bo, name="Work", sealed_address=seal("https://x.example/"),
            trouble="unreachable", tried_at=timezone.now(), read_at=timezone.now() - DAY,
        )  # fmt: skip
        self.pages: dict[str, str] = {}
        self._candidates()

    def _candidates(self) -> None:
        bo = (self.cast.bo, self.host)
        self.of("pick", self.person())
        self.of("no-times", make_live(self.empty, LONG))
        late = self.of("over", self.person())
        Interview.objects.filter(id=late.id).update(deadline=late.created_at)
        held = self.of("confirm", self.person(), "time/confirm/")
        soon = {"state": SlotState.HELD, "held_until": timezone.now() + DAY, "booked_at": None}
        make_slot(held, *bo, starts_in=2 * DAY, place=Place.PHONE, **soon)
        self.pages["held"] = self.pages["confirm"].removesuffix("time/confirm/")
        booked = self.of("booked", self.person(LONG, started=True))
        self.slot = make_slot(booked, *bo, starts_in=3 * DAY, reason=WORDS, sequence=1)
        make_room(interview=booked)
        for word, path in (("move", "time/"), ("cancel", "time/cancel/")):
            self.pages[word] = self.pages["booked"] + path
        phone = self.of("booked-phone", self.person(started=True))
        make_slot(phone, *bo, starts_in=HOUR, place=Place.PHONE, phone="+49 30 123456789")
        cancelled = self.of("cancelled", self.person(LONG, started=True))
        make_slot(cancelled, *bo, state=SlotState.CANCELLED, reason=WORDS, cancelled_at=timezone.now())
        missed = self.of("let-down", self.person(started=True))
        make_slot(missed, *bo, state=SlotState.LET_DOWN, starts_in=-DAY, cancelled_at=timezone.now())
        past = self.of("again", self.person(LONG, started=True))
        self.past = make_slot(past, *bo, starts_in=-HOUR)
        phoned = self.of("again-phone", self.person(started=True))
        make_slot(phoned, *bo, starts_in=-HOUR, place=Place.PHONE, phone="+49 30 123456789")
        talked = self.of("talked", self.person(LONG, started=True))
        talk_was_held(
            actor=self.cast.actor(self.cast.bo),
            slot=make_slot(talked, *bo, starts_in=-DAY, place=Place.SITE, directions="Dock 4, ring twice"),
        )
        make_slot(talked, *bo, state=SlotState.CANCELLED, starts_in=-2 * DAY, reason=WORDS)
        self.talked = talked

    def person(self, name: str = "ليلى حداد", *, started: bool = False) -> Interview:
        interview = make_live(self.stage, name)
        if started:
            interview.state, interview.started_at = InterviewState.STARTED, timezone.now()
            interview.save()
        return interview

    def of(self, word: str, interview: Interview, path: str = "") -> Interview:
        self.pages[word] = f"/i/{make_token(interview)}/{path}"
        return interview

    def team_pages(self) -> list[tuple[str, Member, str]]:
        """What it is called, who reads it, and where it is."""
        cast, slot, past = self.cast, {"slot_id": self.slot.id}, {"slot_id": self.past.id}
        person = {"position_id": cast.position.id, "interview_id": self.talked.id}
        missed = self.address("live-missed", **past)
        figures = self.address("progress-position", position_id=cast.position.id)
        return [
            ("list", cast.bo, self.address("live-list")),
            ("list-empty", cast.ines, self.address("live-list")),
            ("team-move", cast.bo, self.address("live-move", **slot)),
            ("team-cancel", cast.bo, self.address("live-cancel", **slot)),
            ("team-missed", cast.bo, f"{missed}?how=missed"),
            ("team-let-down", cast.bo, f"{missed}?how=let_down"),
            ("hours", cast.bo, self.address("hours-edit")),
            ("hours-new", cast.ines, self.address("hours-edit")),
            ("calendars", cast.bo, self.address("calendars-list")),
            ("calendars-new", cast.ines, self.address("calendars-list")),
            ("talks", cast.rafael, self.address("stages-talks", stage_id=self.stage.id)),
            ("talks-without-hours", cast.rafael, self.address("stages-talks", stage_id=self.empty.id)),
            ("person", cast.rafael, self.address("people-detail", **person)),
            ("progress", cast.rafael, f"{figures}?stage={self.stage.id}"),
        ]

    def address(self, name: str, **more: object) -> str:
        return reverse(f"team:{name}", kwargs={"organization": self.cast.organization.slug, **more})

    def speak(self, language: str) -> None:
        User.objects.update(language=language)
        Interview.objects.update(language=language)


def test_every_page(look: Look, transactional_db: None) -> None:
    filled = Filled()
    for width, scheme, language in SIGHTS:
        filled.speak(language)
        name = f"{width}-{scheme}-{language}"
        page = look.start(width=width, scheme=scheme)
        for word, address in filled.pages.items():
            page.goto(address)
            seen(look, page, f"{word}-{name}")
        # A press without a number is refused in words, on the same page.
        page.goto(filled.pages["confirm"])
        page.locator("form button.primary").click()
        assert page.locator("[aria-invalid=true]").count() == 1
        seen(look, page, f"confirm-refused-{name}")
        pages = {
            member: look.start(member.user, width=width, scheme=scheme)
            for member in (filled.cast.bo, filled.cast.ines, filled.cast.rafael)
        }
        for word, member, address in filled.team_pages():
            pages[member].goto(address)
            seen(look, pages[member], f"{word}-{name}")
    assert Slot.objects.filter(state=SlotState.HELD).count() == 1


def seen(look: Look, page: Page, name: str) -> None:
    for closed in page.locator("main details").all():
        closed.evaluate("details => details.open = true")
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    look.check_as_it_stands(page)
    look.check_other_looks(page)


ALONE = """async ([minutes, late_after_ms, gone_after_ms]) => {
  const { sightOf, BEFORE } = await import("/static/bothways/live/sight.js");
  const state = { hosts: [], people: [], knocking: [], ends_ms: 0, asked: null, recording: null };
  const own = { camera: false, microphone: false, hasMicrophone: false, screen: null, trouble: null };
  const times = { starts_ms: 0, late_after_ms, gone_after_ms, now_ms: minutes * 60_000 };
  const moment = { here: BEFORE, state, own, quality: {}, times, messages: 0, captions: { can: false, count: 0 } };
  return sightOf(moment, (key) => key).texts.waiting;
}"""


def test_who_waits_alone_is_told_what_to_do_as_time_goes_on(look: Look, transactional_db: None) -> None:
    page = look.start()
    page.goto("/")
    patience = [span // dt.timedelta(milliseconds=1) for span in (IN_TIME, PATIENCE)]
    told = {minutes: page.evaluate(ALONE, [minutes, *patience]) for minutes in (-10, 1, 2, 14, 15, 40)}
    assert told == {
        -10: "nobody_there",
        1: "nobody_there",
        2: "nobody_came",
        14: "nobody_came",
        15: "nobody_will_come",
        40: "nobody_will_come",
    }
