"""The whole product on one machine: prepare, then one web process and the two work clusters."""

import argparse
import os
import time

from django.conf import settings

from bothways.accounts.models import Organization
from bothways.config.addresses import recording_words
from bothways.config.commands import web, work
from bothways.config.commands.preparing import prepare, tell
from bothways.config.commands.supervising import Part, supervise

NO_MAIL = (
    "Mail is not sent: it is kept on the outbox page, where owners can read it. Set BOTHWAYS_EMAIL_URL to send it."
)

PAGES_FIRST_S = 1.5
"""The workers start a little later, so that the first page has the processors to itself."""

add_arguments = web.add_arguments


def run(options: argparse.Namespace) -> int:
    web.refuse_what_cannot_serve(options)
    prepare()
    return supervise(parts(options), when_started=welcome)


def parts(options: argparse.Namespace) -> list[Part]:
    arguments = ["web", "--data", os.environ["BOTHWAYS_DATA_DIR"], "--host", options.host, "--port", str(options.port)]
    if options.cert:
        arguments += ["--cert", options.cert, "--key", options.key]
    lanes = work.lane_parts()
    for lane in lanes:
        lane.start_after = time.monotonic() + PAGES_FIRST_S
    return [Part("web", arguments), *lanes]


def welcome() -> None:
    first = "" if Organization.objects.exists() else " It takes two minutes to set up your organization there."
    tell(f"Bothways is at {settings.BASE_URL} .{first}")
    for words in (recording_words(settings.BASE_URL), "" if settings.SENDS_MAIL else NO_MAIL):
        if words:
            tell(words)
    tell("Press Ctrl-C to stop. All data stays where it is.")
