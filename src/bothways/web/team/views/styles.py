"""The living page of components, for those who build pages. Only while debugging."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bothways.web import icons

PARTS = (
    "color", "type", "space-shape-motion", "buttons", "fields", "states", "notices", "speech-shapes",
    "promise-and-facts", "questions-and-ways", "recorder-parts", "watch-receipts", "funnel-and-list", "kit-parts",
    "rating", "player-transcript-notes", "compare", "live-room", "empty",
)  # fmt: skip
SWATCHES = (
    "paper", "surface", "sunken", "line", "line-strong", "ink", "ink-2", "ink-3", "accent", "accent-tint",
    "accent-wash", "good", "warn", "bad", "rec", "rate-1", "rate-2", "rate-3", "rate-4", "rate-5",
)  # fmt: skip


@require_safe
def styles(request: HttpRequest) -> HttpResponse:
    """Every component in both themes and both directions."""
    return render(
        request,
        "team/styles/styles.html",
        {
            "parts": [f"team/styles/parts/{part}.html" for part in PARTS],
            "swatches": SWATCHES,
            "icons": icons.names(),
            "level_on": range(0, 220, 10),
            "level_off": range(220, 400, 10),
        },
    )
