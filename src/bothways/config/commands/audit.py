"""Prove the audit log: walk each organization's chain and name every place where it does not hold."""

import argparse

from bothways.accounts.models import AuditHead, Organization
from bothways.accounts.queries.audit import flaws
from bothways.config.commands import early


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify"])
    early.add_data(parser)


def run(_: argparse.Namespace) -> int:
    """Returns 1 when any chain does not hold."""
    broken = False
    for organization in Organization.objects.order_by("name"):
        found = list(flaws(organization))
        broken = broken or bool(found)
        head = AuditHead.objects.filter(organization=organization).first()
        if not found:
            end = f"{head.sequence} entries, the last one is {head.hash[:16]}" if head else "no entries yet"
            print(f"{organization.name}: the chain holds, {end}.")
        for flaw in found:
            print(f"{organization.name}: {flaw.kind}. {flaw.words}")
    return 1 if broken else 0
