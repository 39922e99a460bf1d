"""What belongs to the person."""

from django.test import Client

from tests.factories import Cast


def test_a_member_changes_name_title_language_and_time_zone(cast: Cast, client: Client) -> None:
    client.force_login(cast.bo.user)
    new = {"name": "José Luis Fernández de la Vega Ruiz", "title": "rater", "language": "de", "time_zone": "Asia/Amman"}
    client.post(f"/team/{cast.organization.slug}/profile/", new)
    cast.bo.refresh_from_db()
    assert (cast.bo.user.name, cast.bo.title) == (new["name"], "rater")
    assert (cast.bo.user.language, cast.bo.user.time_zone) == ("de", "Asia/Amman")


def test_nobody_speaks_a_language_that_is_not_there(cast: Cast, client: Client) -> None:
    client.force_login(cast.bo.user)
    new = {"name": "Bo", "title": "", "language": "tlh", "time_zone": "Mars/Olympus"}
    answer = client.post(f"/team/{cast.organization.slug}/profile/", new)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"language", "time_zone"}
