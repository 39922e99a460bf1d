"""The audit log as a page."""

import re

import pytest
from django.db import connection
from django.test import Client

from bothways.accounts.actions.audit import record
from bothways.accounts.models import AuditEntry
from tests.factories import Cast


@pytest.fixture
def audrey(cast: Cast, client: Client) -> Client:
    client.force_login(cast.audrey.user)
    return client


def fill(cast: Cast, entries: int) -> None:
    for number in range(entries):
        record(
            organization=cast.organization,
            actor=cast.actor(cast.ada),
            verb="kit.published",
            thing=cast.organization,
            detail={"number": number},
        )


def test_pages_reach_every_entry_once(cast: Cast, audrey: Client) -> None:
    fill(cast, 120)
    seen: list[str] = []
    following = ""
    while True:
        page = audrey.get(f"/team/{cast.organization.slug}/audit/{following}").content.decode()
        seen += re.findall(r"number: (\d+)", page)
        older = re.search(r'href="(\?before=\d+)"', page)
        if not older:
            break
        following = older[1]
    assert seen == [str(number) for number in reversed(range(120))]


def test_entries_of_others_are_not_there(cast: Cast, audrey: Client) -> None:
    record(
        organization=cast.other_organization,
        actor=cast.actor(cast.cleo),
        verb="secret.done",
        thing=cast.other_organization,
    )
    assert "secret.done" not in audrey.get(f"/team/{cast.organization.slug}/audit/").content.decode()


def test_the_chain_is_proved_on_request(cast: Cast, audrey: Client) -> None:
    fill(cast, 3)
    address = f"/team/{cast.organization.slug}/audit/?verify=1"
    assert "The chain holds." in audrey.get(address).content.decode()
    changed = AuditEntry.objects.filter(organization=cast.organization).order_by("sequence")[1]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {AuditEntry._meta.db_table} SET actor_name = 'Nobody' WHERE sequence = %s", [changed.sequence]
        )
    page = audrey.get(address).content.decode()
    assert "The chain does not hold in one place." in page


def test_a_made_up_place_does_not_exist(cast: Cast, audrey: Client) -> None:
    assert audrey.get(f"/team/{cast.organization.slug}/audit/?before=soon").status_code == 404
