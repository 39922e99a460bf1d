"""Starting Chromium, wherever it is installed."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

USUAL = ("--no-sandbox", "--disable-gpu")
"""Tests run as root, too. Drawing by a graphics processor that is only played costs more than drawing without one."""


def start_chromium(playwright: Playwright, *arguments: str, program: str | Path = "chromium") -> Browser:
    """`program` is what starts Chromium, where it is not to be started as it is."""
    return playwright.chromium.launch(executable_path=shutil.which(program), args=[*USUAL, *arguments])
