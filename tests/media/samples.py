"""Recordings of real browsers; where they come from stands in tests/samples/LICENCES.txt."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "samples"

CHROMIUM_WEBM = FOLDER / "chromium-10s-vp8-opus.webm"
CHROMIUM_MP4 = FOLDER / "chromium-10s-h264-opus-fragmented.mp4"
FIREFOX_WEBM = FOLDER / "firefox-8s-vp8-opus-speech.webm"
WEBKIT_SOUND = FOLDER / "webkitgtk-4s-audio-aac.mp4"
CUT_WEBM = FOLDER / "chromium-truncated-4-of-10-chunks.webm"
CUT_MP4 = FOLDER / "chromium-truncated-4-of-10-chunks.mp4"
DAMAGED_WEBM = FOLDER / "chromium-corrupted-bytes.webm"
DAMAGED_METADATA = FOLDER / "corrupted-metadata.mp4"
LICENCES = FOLDER / "LICENCES.txt"
