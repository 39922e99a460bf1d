"""The page of the organization."""

from django.test import Client

from bothways.accounts.models import Organization
from tests.factories import Cast

FILLED = {
    "name": "Kestrel Homes",
    "accent": "#7a2f5a",
    "contact_email": "people@example.org",
    "contact_phone": "+351 21 555 01 42",
    "country": "PT",
    "language": "de",
    "time_zone": "Europe/Lisbon",
    "retention_profile": "fr",
    "watchers_shown": "role",
}


def test_what_is_saved_is_seen_at_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.ada.user)
    answer = client.post(f"/team/{cast.organization.slug}/settings/", FILLED, follow=True)
    page = answer.content.decode()
    assert "/accent/7a2f5a.css" in page
    assert "Kestrel Homes" in page
    stored = Organization.objects.filter(id=cast.organization.id).values(*FILLED).get()
    assert stored == FILLED


def test_an_unreadable_color_is_answered_with_one_that_works(cast: Cast, client: Client) -> None:
    client.force_login(cast.ada.user)
    answer = client.post(f"/team/{cast.organization.slug}/settings/", {**FILLED, "accent": "#ffee00"})
    assert answer.status_code == 422
    assert "#ffee00 is too light to read" in answer.content.decode()
    assert Organization.objects.get(id=cast.organization.id).name == "Kestrel Housing"
