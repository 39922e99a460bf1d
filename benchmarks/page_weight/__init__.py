"""What a candidate's browser fetches until recording can start, compressed, against the budget."""

import gzip
import re
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

from rich.console import Console
from rich.table import Table

from tests.product import filled

BUDGETS = {"script": 60_000, "style": 20_000}
TAG = re.compile(r"<(script|link)\b[^>]*>")
ATTRIBUTE = re.compile(r'(src|href|rel)="([^"]*)"')
IMPORT = re.compile(rb'(?:import|export)\b[^;"\'`]*["\'](\.[^"\']+\.js)["\']')
PAGES = ("", "consent/", "check/", "questions/", "questions/1/")
INPUT = re.compile(r"<input\b[^>]*>")
NAMED = re.compile(r'(name|value|type)="([^"]*)"')


def run() -> dict[str, float]:
    """Bytes as sent, with brotli or gzip, over all pages from the link to the first question."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder)) as (_, links):
        scripts: set[str] = set()
        styles: set[str] = set()
        html = 0
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        _agree(browser, links["candidate"] + "consent/")
        for page in PAGES:
            url = urljoin(links["candidate"], page)
            with browser.open(url) as response:
                text = response.read().decode()
            html += len(gzip.compress(text.encode()))
            for kind, address in _linked(url, text):
                (scripts if kind == "script" else styles).add(address)
        scripts = _with_imports(scripts)
        sizes = {"script": sum(map(_size, scripts)), "style": sum(map(_size, styles))}
    table = Table("What", "Bytes, compressed", "Budget", "Ratio")
    for name, budget in BUDGETS.items():
        table.add_row(name, f"{sizes[name]:,}", f"{budget:,}", f"{sizes[name] / budget:.2f}")
    table.add_row(f"{len(PAGES)} pages themselves", f"{html:,}", "", "")
    Console().print(table)
    ratios = {f"{name}_ratio": round(sizes[name] / budget, 3) for name, budget in BUDGETS.items()}
    return sizes | ratios | {"html": html, "modules": len(scripts)}


def _agree(browser: urllib.request.OpenerDirector, url: str) -> None:
    """Sends the consent form as it stands, ticked: before it, no question opens."""
    with browser.open(url) as response:
        fields = [dict(NAMED.findall(tag)) for tag in INPUT.findall(response.read().decode())]
    told = urllib.parse.urlencode(
        {
            field["name"]: field.get("value", "on" if field.get("type") == "checkbox" else "")
            for field in fields
            if "name" in field
        }
    )
    browser.open(urllib.request.Request(url, told.encode(), {"Referer": url})).close()


def _linked(page: str, text: str) -> list[tuple[str, str]]:
    found = []
    for tag in TAG.finditer(text):
        attributes = dict(ATTRIBUTE.findall(tag[0]))
        if tag[1] == "script" and "src" in attributes:
            found.append(("script", urljoin(page, attributes["src"])))
        elif attributes.get("rel") == "modulepreload":
            found.append(("script", urljoin(page, attributes["href"])))
        elif attributes.get("rel") == "stylesheet":
            found.append(("style", urljoin(page, attributes["href"])))
    return found


def _with_imports(entries: set[str]) -> set[str]:
    """The entries and every module that static imports reach from them."""
    seen: set[str] = set()
    waiting = list(entries)
    while waiting:
        url = waiting.pop()
        if url not in seen:
            seen.add(url)
            with urllib.request.urlopen(url) as response:
                waiting += [urljoin(url, found.decode()) for found in IMPORT.findall(response.read())]
    return seen


def _size(url: str) -> int:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(request) as response:
        return len(response.read())
