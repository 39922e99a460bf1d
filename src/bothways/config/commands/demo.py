"""A filled, running product in one command."""

import argparse
import datetime as dt
import json
import sys

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from bothways.accounts.actions.sign_in import sign_in_token
from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member, Organization
from bothways.config.commands import up, web
from bothways.config.commands.preparing import prepare, tell
from bothways.config.commands.supervising import supervise
from bothways.config.demo.fill import fill
from bothways.config.demo.people import FRESH, TEAM
from bothways.config.demo.words import bring_words
from bothways.interviews.actions.invitations import copy_link, invite
from bothways.interviews.models import UNFINISHED, Interview
from bothways.positions.models import Stage

LINK_LIFE = dt.timedelta(days=30)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    web.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output")


def run(options: argparse.Namespace) -> int:
    web.refuse_what_cannot_serve(options)
    prepare()
    organization = Organization.objects.filter(slug="kestrel").first() or fill(tell)

    def when_started() -> None:
        show(links(organization), as_json=options.json)
        bring_words(tell)

    return supervise(up.parts(options), when_started=when_started)


def links(organization: Organization) -> dict[str, str | list[str]]:
    """Addresses that sign in as each role, good for 30 days and more than once, and a candidate's who may begin."""
    members = {data.key: Member.objects.get(organization=organization, user__email=data.email) for data in TEAM}
    signed = {key: _sign_in_link(member) for key, member in members.items()}
    return {
        "base_url": settings.BASE_URL,
        "owner": signed["owner"],
        "recruiter": signed["recruiter"],
        "reviewers": [signed["kwame"], signed["rafael"]],
        "candidate": _candidate_link(organization, members["recruiter"]),
    }


def _sign_in_link(member: Member) -> str:
    token = sign_in_token(member.user, lifetime=LINK_LIFE, once=False)
    return settings.BASE_URL + reverse("public:sign-in-link", args=[token])


def _candidate_link(organization: Organization, recruiter: Member) -> str:
    """A link for somebody who has not begun: the same person as long as they have time, then one more."""
    actor = member_actor(recruiter)
    waiting = Interview.objects.filter(
        organization=organization,
        application__candidate__email__startswith=FRESH.email.partition("@")[0],
        state__in=UNFINISHED,
        deadline__gt=timezone.now() + dt.timedelta(hours=1),
    ).first()
    if waiting is None:
        stage = Stage.objects.filter(organization=organization, kit__isnull=False).order_by("created_at").first()
        count = Interview.objects.filter(application__candidate__name=FRESH.name, organization=organization).count()
        name, at, host = FRESH.email.partition("@")
        email = FRESH.email if not count else f"{name}{count + 1}{at}{host}"
        waiting = invite(actor=actor, stage=stage, name=FRESH.name, email=email)
    return copy_link(actor=actor, interview=waiting)


def show(found: dict[str, str | list[str]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found), flush=True)
        return
    table = Table.grid(padding=(0, 2))
    reviewers = found["reviewers"]
    for role, link in (
        ("Owner", found["owner"]),
        ("Recruiter", found["recruiter"]),
        ("Reviewer Kwame", reviewers[0]),
        ("Reviewer Rafael", reviewers[1]),
        ("A candidate", found["candidate"]),
    ):
        table.add_row(role, str(link))
    console = Console(file=sys.stdout, soft_wrap=True)
    console.print(f"\nKestrel Housing, an invented organization, is at {settings.BASE_URL}\n")
    console.print(table)
    console.print("\nOpen each link in a browser window of its own. Ctrl-C stops; the data stays.")
