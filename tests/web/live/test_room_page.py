"""What the page of a room holds before any script runs."""

import re
from pathlib import Path

from django.test import Client

from bothways.web.room_strings import room_strings
from tests.factories import Cast, make_token
from tests.factories.live import make_booked_room

LIVE = Path(__file__).parents[3] / "src/bothways/static/bothways/live"


def asked_for(script: str) -> set[str]:
    """Keys of `words("key")`; those put together at run time by their beginning."""
    found = re.findall(r"""words\(\s*(?:[^"`()]*\? )?["`]([a-z_]+)(?:" : "([a-z_]+))?""", script)
    return {key for pair in found for key in pair if key}


def test_every_key_that_scripts_ask_for_has_words() -> None:
    known = room_strings()
    scripts = {path.name: asked_for(path.read_text()) for path in LIVE.glob("*.js")}
    assert "say_recording_stopped" in scripts["saying.js"]
    for name, keys in scripts.items():
        for key in keys:
            assert any(one == key or (key.endswith("_") and one.startswith(key)) for one in known), (name, key)


def test_the_guide_is_for_hosts_alone(cast: Cast, client: Client) -> None:
    room = make_booked_room(cast)
    client.force_login(cast.bo.user)
    page = client.get(f"/live/{room.id}/").content.decode()
    assert "Question number 1?" in page and "Only you see your ratings" in page and "End the talk" in page
    page = Client().get(f"/i/{make_token(room.interview)}/room/").content.decode()
    assert "Before you go in" in page and "I agree to be recorded" in page
    for hidden in ("Question number 1?", "Only you see your ratings", "End the talk", "Judgement", "scorecard"):
        assert hidden not in page


def test_both_meet_the_words_of_the_consent(cast: Cast, client: Client) -> None:
    room = make_booked_room(cast)
    page = Client().get(f"/i/{make_token(room.interview)}/room/").content.decode()
    for sentence in ("once everybody in the room has said yes", "You can say no, now or at any time later"):
        assert sentence in page
