"""A recording that plays in pages whose server has none."""

import re
from pathlib import Path

from playwright.sync_api import Page, Route


def play_film(page: Page, film: Path) -> None:
    """What `/d/` would answer, ranges included."""
    content = film.read_bytes()

    def answer(route: Route) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", "bytes=0-"))
        assert asked
        start, end = int(asked[1]), int(asked[2] or len(content) - 1)
        headers = {"Content-Range": f"bytes {start}-{end}/{len(content)}", "Accept-Ranges": "bytes"}
        route.fulfill(status=206, content_type="video/mp4", headers=headers, body=content[start : end + 1])

    page.route("**/d/**", answer)
