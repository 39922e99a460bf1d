"""The recorder's states, without camera, clock or network."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.needs_chromium

LIMITS = {"limit_ms": 180_000, "notice_ms": 30_000, "grace_ms": 15_000}
READY = {"take": "b", "number": 2, "state": "ready", "chosen": False, "duration_ms": 9000, "playback": {"url": "/d/b"}}
FAILED = {**READY, "state": "failed", "failure": {"code": "empty", "words": "Nothing there."}}

TO_RECORDING = [
    {"type": "prepare"},
    {"type": "opened"},
    {"type": "start", "kept_in_memory": False},
]
TO_SAVING = [*TO_RECORDING, {"type": "stop", "by": None}, {"type": "captured", "elapsed_ms": 9000}]


@pytest.fixture
def after(open_page: Callable[..., Page]) -> Callable[..., dict[str, Any]]:
    page = open_page("leave")

    def run(*events: dict[str, Any], takes: tuple = (), takes_left: int | None = 3) -> dict[str, Any]:
        return page.evaluate(
            """async ([events, known]) => {
              const { initial, step } = await import("/static/bothways/recorder/state.js");
              return events.reduce(step, initial(known));
            }""",
            [list(events), {"takes": list(takes), "takes_left": takes_left}],
        )

    return run


def test_the_way_of_a_take(after: Callable[..., dict[str, Any]]) -> None:
    phases = [after(*TO_SAVING[:count])["phase"] for count in range(len(TO_SAVING) + 1)]
    assert phases == ["asking", "opening", "thinking", "recording", "stopping", "saving"]

    state = after(*TO_SAVING, {"type": "settled", "take": READY})
    assert (state["phase"], state["selected"], len(state["takes"])) == ("reviewing", "b", 1)


def test_no_event_starts_a_recording_but_start(after: Callable[..., dict[str, Any]]) -> None:
    for event in ({"type": "thought", "thought_ms": 10**9}, {"type": "line", "up": True}, {"type": "resume"}):
        assert after(*TO_RECORDING[:2], event)["phase"] == "thinking"
    assert after({"type": "start", "kept_in_memory": False})["phase"] == "asking"


def test_late_and_double_events_change_nothing(after: Callable[..., dict[str, Any]]) -> None:
    stop = {"type": "stop", "by": None}
    assert after(*TO_RECORDING, stop, stop) == after(*TO_RECORDING, stop)
    assert after(*TO_RECORDING, stop, {"type": "stop", "by": "limit"})["ended_by"] is None
    assert after(*TO_RECORDING, {"type": "settled", "take": READY})["phase"] == "recording"
    assert after(*TO_SAVING, {"type": "start", "kept_in_memory": False})["phase"] == "saving"


def test_being_offline_stops_nothing(after: Callable[..., dict[str, Any]]) -> None:
    state = after(*TO_RECORDING, {"type": "line", "up": False})
    assert (state["phase"], state["offline"]) == ("recording", True)
    assert after(*TO_SAVING, {"type": "line", "up": False})["phase"] == "saving"


@pytest.mark.parametrize(
    ("elapsed_ms", "mark"),
    [(0, "plenty"), (90_000, "half"), (150_000, "notice"), (180_000, "grace"), (194_999, "grace"), (195_000, "over")],
)
def test_the_marks_of_time(after: Callable[..., dict[str, Any]], elapsed_ms: int, mark: str) -> None:
    tick = {"type": "tick", "elapsed_ms": elapsed_ms, "limits": LIMITS}
    assert after(*TO_RECORDING, tick)["mark"] == mark


def test_what_is_safe_never_goes_back(after: Callable[..., dict[str, Any]]) -> None:
    safe = [{"type": "safe", "safe_ms": 5000}, {"type": "safe", "safe_ms": 3000}]
    assert after(*TO_RECORDING, *safe)["safe_ms"] == 5000


def test_a_failed_take_can_be_recorded_again(after: Callable[..., dict[str, Any]]) -> None:
    state = after(*TO_SAVING, {"type": "settled", "take": FAILED})
    assert (state["phase"], state["failure"]["words"], state["takes"]) == ("failed", "Nothing there.", [])
    again = after(*TO_SAVING, {"type": "settled", "take": FAILED}, {"type": "prepare"})
    assert (again["phase"], again["failure"]) == ("opening", None)


def test_a_refused_choice_keeps_the_takes(after: Callable[..., dict[str, Any]]) -> None:
    refused = {"type": "refused", "failure": {"code": "closed", "words": "Too late."}}
    state = after({"type": "leave"}, refused, takes=(READY,))
    assert (state["phase"], state["failure"]["words"], len(state["takes"])) == ("reviewing", "Too late.", 1)


def test_coming_back_begins_with_the_chosen_take(after: Callable[..., dict[str, Any]]) -> None:
    first = {**READY, "take": "a", "number": 1, "chosen": True}
    receiving = {**READY, "take": "c", "number": 3, "state": "receiving"}
    state = after(takes=(first, READY, receiving))
    assert (state["phase"], state["selected"], len(state["takes"])) == ("reviewing", "a", 2)


def test_short_answers_get_their_notice_in_the_second_half(open_page: Callable[..., Page]) -> None:
    limits = open_page("leave").evaluate(
        """async () => {
          const { limitsOf } = await import("/static/bothways/recorder/timer.js");
          return [20, 180, null].map((limit) => limitsOf({ answer_limit_s: limit, notice_s: 30, grace_s: 15 }));
        }"""
    )
    assert [limit["notice_ms"] for limit in limits] == [10_000, 30_000, 30_000]
    assert limits[2]["limit_ms"] == 30 * 60 * 1000
