"""What a screen reader is told: names, roles and states of everything, and the messages in their order."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.recorder.driving import heard_words, press, shown, wait_until_saved
from tests.recorder.standin import QUESTION, Standin

pytestmark = pytest.mark.needs_chromium

HEADING = f'- heading "{QUESTION}" [level=1]'
FOLD = "- group: How I answer"
ALWAYS = """
- contentinfo:
  - link "Is this invitation real?"
"""

ASKING = f"""
- link "Skip to the content"
- banner:
  - text: Question 2 of 4
  - link "Come back later"
- main:
  - paragraph: Kwame Osei-Bonsu Head of repairs
  {HEADING}
  - paragraph: Up to 3 minutes. Think for as long as you like.
  - paragraph: 3 takes are left. You choose the one we see. We never see how many takes you made.
  {FOLD}
- region "What you can do now":
  - button "Voice only"
  - button "Record"
  - link "Practise"
{ALWAYS}"""

THINKING = f"""
- main:
  - status: Camera and microphone are open. Nothing is recorded yet.
  {HEADING}
  - paragraph: Take your time. There is no clock here.
  - textbox "Notes, for your eyes only"
  {FOLD}
- region "What you can do now":
  - button "Back"
  - button "I am ready"
  - button "Picture off"
{ALWAYS}"""

RECORDING = f"""
- banner: Question 2 of 4 Recording
- main:
  - status: Recording.
  {HEADING}
  - text: Plenty of time
  - button "Show digits"
  - paragraph: /Safe on the server 0:\\d\\d of 0:\\d\\d/
  {FOLD}
- region "What you can do now":
  - button "Picture on"
  - button "Stop"
  - button "Pause"
{ALWAYS}"""

OFFLINE = f"""
- main:
  - status: The line is down. Please keep talking. It is all kept on this device.
  - paragraph:
    - strong: The line is down. Please keep talking.
    - text: It is all kept on this device and goes up by itself when the line is back.
  {HEADING}
  - paragraph: /Safe here, on the server 0:\\d\\d of 0:\\d\\d/
- region "What you can do now":
  - button "Stop"
"""

SAVED = f"""
- banner: Question 2 of 4 Saved
- main:
  - status: Saved. All of it is on the server.
  - button "Play"
  - paragraph: /All of it is safe on the server/
  - heading "Your answer is on our server" [level=1]
  {FOLD}
- region "What you can do now":
  - button "Record again"
  - button "Keep it"
{ALWAYS}"""

SAID = [
    "Opening camera and microphone. The browser may ask you now.",
    "Camera and microphone are open. Nothing is recorded yet.",
    "Recording.",
    "The line is down. Please keep talking. It is all kept on this device.",
    "The line is back.",
    "Stopped. Saving your answer.",
    "Saved. All of it is on the server.",
]


def test_the_whole_run_as_a_screen_reader_has_it(page: Page, standin: Standin) -> None:
    said = heard_words(page)
    body = page.locator("body")
    expect(body).to_match_aria_snapshot(ASKING)

    press(page, "Record")
    expect(body).to_match_aria_snapshot(THINKING)
    press(page, "I am ready")
    expect(page.locator("[data-text=safe]").first).to_have_text(re.compile(r"^0:0[1-9] of"))
    expect(body).to_match_aria_snapshot(RECORDING)

    page.context.set_offline(True)
    expect(body).to_match_aria_snapshot(OFFLINE)
    page.context.set_offline(False)
    expect(shown(page, "Safe on the server", exact=True)).to_be_visible()

    press(page, "Stop")
    wait_until_saved(page)
    expect(body).to_match_aria_snapshot(SAVED)
    assert said() == SAID
