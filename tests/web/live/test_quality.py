"""When the picture gives way: a line that carries little, not a browser that says it begins slowly."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.product import ROOT

pytestmark = pytest.mark.needs_node

MODULE = ROOT / "src/bothways/static/bothways/live/quality.js"
HEAR = """
const { Quality } = await import(%(module)s);
const quality = new Quality();
const sample = { id: "b", frames: 0, sound: 0, lost: 0, came: 0, rtt_ms: 20, limited: "none", room_bps: 3e6, pair: "" };
const caps = { bitrate: 1_500_000, width: 1280, height: 720, fps: 30 };
const steps = %(told)s.map((told, number) => {
  quality.hear([{ ...sample, came: 100 * number, ...told }], caps);
  return quality.step;
});
console.log(JSON.stringify(steps));
"""


def steps(tmp_path: Path, *told: dict[str, Any]) -> list[str]:
    """The step after each look, two seconds apart."""
    module = tmp_path / "quality.mjs"
    module.write_text(MODULE.read_text())
    program = HEAR % {"module": json.dumps(module.as_uri()), "told": json.dumps(told)}
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program], capture_output=True, text=True, timeout=60, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_a_wide_line_keeps_the_picture_while_the_browser_begins(tmp_path: Path) -> None:
    assert set(steps(tmp_path, *[{"limited": "bandwidth"}] * 20)) == {"full"}


def test_a_narrow_line_or_a_slow_device_gets_a_small_picture_after_ten_seconds(tmp_path: Path) -> None:
    for why in (
        {"limited": "bandwidth", "room_bps": 400_000},
        {"limited": "bandwidth", "room_bps": None},
        {"limited": "cpu"},
    ):
        assert steps(tmp_path, *[why] * 5) == ["full"] * 4 + ["low"], why


def test_the_picture_goes_where_only_the_voice_fits_and_grows_again_in_time(tmp_path: Path) -> None:
    narrow, starved = {"limited": "bandwidth", "room_bps": 300_000}, {"limited": "bandwidth", "room_bps": 90_000}
    assert steps(tmp_path, *[narrow] * 5, *[starved] * 5)[-1] == "voice"
    assert steps(tmp_path, *[narrow] * 5, *[{}] * 15)[-2:] == ["low", "full"]
