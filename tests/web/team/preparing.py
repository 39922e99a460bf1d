"""What the tests of the preparing pages share: signed-in people and addresses."""

from django.test import Client
from django.urls import reverse

from bothways.accounts.models import Member
from tests.factories import Cast


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def url(cast: Cast, name: str, *arguments: object) -> str:
    return reverse(f"team:{name}", args=[cast.organization.slug, *arguments])
