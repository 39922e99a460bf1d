"""Seeing a kit as a candidate, from the kit's page."""

from bothways.interviews.models import Interview
from tests.factories import Cast
from tests.factories.preparing import make_draft
from tests.web.team.preparing import signed_in, url


def test_a_preview_opens_the_candidates_page(cast: Cast) -> None:
    client = signed_in(cast.rafael)
    answer = client.post(url(cast, "previews-start", cast.kit_version.id))
    preview = Interview.objects.get()
    assert answer["Location"].startswith("/i/") and preview.stage == cast.stage
    page = client.get(answer["Location"])
    assert page.status_code == 200 and cast.position.title in page.content.decode()


def test_a_draft_that_no_step_uses_can_be_seen(cast: Cast) -> None:
    version = make_draft(cast.ada)
    client = signed_in(cast.ada)
    answer = client.post(url(cast, "previews-start", version.id))
    assert client.get(answer["Location"]).status_code == 200


def test_an_empty_draft_says_what_is_missing(cast: Cast) -> None:
    version = make_draft(cast.ada, starter="empty")
    page = signed_in(cast.ada).post(url(cast, "previews-start", version.id), follow=True).content.decode()
    assert "There is no question yet" in page and not Interview.objects.exists()


def test_others_get_404_and_raters_403(cast: Cast) -> None:
    assert signed_in(cast.cleo).post(url(cast, "previews-start", cast.kit_version.id)).status_code == 404
    assert signed_in(cast.bo).post(url(cast, "previews-start", cast.kit_version.id)).status_code == 403
    assert signed_in(cast.ada).get(url(cast, "previews-start", cast.kit_version.id)).status_code == 405
