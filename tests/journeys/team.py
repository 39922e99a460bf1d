"""What members do on their pages, in words."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.recorder.driving import press

PASSWORD = "a long walk by the river"


def set_up(page: Page, base_url: str, *, organization: str, owner: str, email: str) -> None:
    """The first visitor of an empty server."""
    page.goto(base_url)
    page.get_by_label("Name of the organization").fill(organization)
    page.get_by_label("Country").select_option(label="Portugal")
    page.get_by_role("radio", name="European Union").check()
    page.get_by_label("Your name").fill(owner)
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("A password").fill(PASSWORD)
    press(page, "Set it up")
    page.wait_for_url(re.compile(r"/team/"))


def home_of(page: Page) -> str:
    """The organization's address, from whatever page of the team is open."""
    found = re.match(r".*?/team/[^/]+/", page.url)
    assert found, page.url
    return found[0]


def letter_to(owner: Page, email: str, kind: str = "") -> str:
    """The text of the newest mail to one person, as an owner reads it on the outbox page."""
    owner.goto(home_of(owner) + "outbox/")
    row = owner.get_by_role("row").filter(has_text=email).filter(has_text=kind).first
    row.get_by_role("link").first.click()
    return owner.get_by_role("main").inner_text()


def has_letter(owner: Page, subject: str) -> bool:
    owner.goto(home_of(owner) + "outbox/")
    return owner.get_by_role("row").filter(has_text=subject).count() > 0


def link_in(text: str, part: str) -> str:
    """The first link whose path begins with `part`."""
    found = re.search(rf"https?://[^\s/]+{part}\S+", text)
    assert found, text
    return found[0].rstrip(".,)")


def invite_member(owner: Page, *, email: str, role: str) -> str:
    """Invites somebody to the team; the link they get."""
    owner.goto(home_of(owner) + "members/invite/")
    owner.get_by_label("E-mail address").fill(email)
    owner.get_by_role("radio", name=role).check()
    press(owner, "Send the invitation")
    return link_in(letter_to(owner, email), "/join/")


def join(page: Page, link: str, *, name: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password").fill(PASSWORD)
    press(page, "Join")
    page.wait_for_url(re.compile(r"/team/"))


def open_position(recruiter: Page, *, title: str, pay: str) -> None:
    recruiter.goto(home_of(recruiter) + "positions/new/")
    recruiter.get_by_label("Title").fill(title)
    recruiter.get_by_label("Pay").fill(pay)
    press(recruiter, "Open the position")
    recruiter.wait_for_url(re.compile(r"/stages/"))


def choose_reviewers(recruiter: Page, stage: str, names: Iterable[str]) -> None:
    recruiter.get_by_role("link", name=f"Edit {stage}").click()
    for name in names:
        recruiter.get_by_role("checkbox", name=name).check()
    press(recruiter, "Save")
    recruiter.wait_for_url(re.compile(r"/stages/"))


def write_kit(recruiter: Page, *, name: str, welcomes: str) -> None:
    """A kit of four questions, from the starter that fits any position."""
    recruiter.get_by_role("link", name="Write a kit").click()
    recruiter.get_by_label("Name").fill(name)
    recruiter.get_by_label("Who welcomes").select_option(label=welcomes)
    press(recruiter, "Make the kit")
    recruiter.wait_for_url(re.compile(r"/kits/[^/]+/$"))


def record_prompt(recruiter: Page, what: str, seconds: float) -> None:
    """Asks on video, in the page, with the recorder that candidates use."""
    recruiter.get_by_role("link", name=f"Record {what}").click()
    press(recruiter, "Open the camera")
    press(recruiter, "Record")
    expect(recruiter.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    recruiter.wait_for_timeout(seconds * 1000)
    press(recruiter, "Stop")
    recruiter.get_by_role("button", name="Keep it").click(timeout=60_000)
    read_captions(recruiter)
    press(recruiter, "Back to the kit")


def read_captions(recruiter: Page) -> None:
    """From the page of what was recorded to its captions and back: they are as they should be."""
    recruiter.get_by_role("link", name="Read them").click()
    press(recruiter, "I have read these captions, and they are right")
    expect(recruiter.get_by_text("The captions are read and called right, by you.")).to_be_visible()


def say_why_nobody_asks(recruiter: Page, place: int, reason: str) -> None:
    recruiter.get_by_role("link", name=f"Edit question {place}").click()
    recruiter.get_by_label("Nobody asks it on video? Say why").fill(reason)
    press(recruiter, "Back to the kit")
    recruiter.wait_for_url(re.compile(r"/kits/[^/]+/"))


def invite_candidate(recruiter: Page, position: str, *, name: str, email: str) -> None:
    recruiter.goto(home_of(recruiter) + "positions/")
    recruiter.get_by_role("link", name=position).first.click()
    recruiter.get_by_role("link", name="Invite").first.click()
    recruiter.get_by_label("Name").fill(name)
    recruiter.get_by_label("E-mail address").fill(email)
    press(recruiter, "Send the invitation")
    expect(recruiter.get_by_text(name).first).to_be_visible()
