"""The consent page."""

from bothways.interviews.models import Consent, ConsentText
from bothways.positions.models import StageReviewer
from tests.web.candidate.conftest import Visitor


def shown(dee: Visitor) -> dict[str, str]:
    dee.get("consent/")
    return {"text": str(ConsentText.objects.latest("version").id), "agrees": "on"}


def test_what_is_shown_is_what_is_kept(dee: Visitor):
    page = dee.get("consent/").content.decode()
    text = ConsentText.objects.get()
    for line in text.body.split("\n"):
        assert line in page
    response = dee.post("consent/", {"text": str(text.id), "agrees": "on", "time_zone": "Asia/Tokyo"})
    assert response.headers["Location"] == dee.url("check/")
    assert Consent.objects.get().text_id == text.id
    dee.interview.application.candidate.refresh_from_db()
    assert dee.interview.application.candidate.time_zone == "Asia/Tokyo"


def test_without_the_tick_nothing_is_agreed(dee: Visitor):
    fields = shown(dee)
    response = dee.post("consent/", {"text": fields["text"]})
    assert response.status_code == 422
    assert "Tick the box if you agree" in response.content.decode()
    assert not Consent.objects.exists()


def test_a_text_that_changed_meanwhile_is_shown_again(dee: Visitor, cast):
    fields = shown(dee)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    response = dee.post("consent/", fields)
    assert response.status_code == 422
    content = response.content.decode()
    assert "The text has changed" in content
    newest = ConsentText.objects.latest("version")
    assert f'value="{newest.id}"' in content
    assert dee.post("consent/", {"text": str(newest.id), "agrees": "on"}).status_code == 302


def test_who_has_agreed_reads_what_was_agreed_to(agreed: Visitor):
    content = agreed.get("consent/").content.decode()
    assert "You agreed to exactly this text" in content
    assert "<form" not in content


def test_an_unknown_zone_is_not_kept(dee: Visitor):
    dee.post("consent/", {**shown(dee), "time_zone": "../../etc/passwd"})
    dee.interview.application.candidate.refresh_from_db()
    assert dee.interview.application.candidate.time_zone == ""
    assert dee.get().status_code == 200


def test_nothing_can_be_answered_before_the_consent(dee: Visitor):
    assert dee.get("questions/1/").headers["Location"] == dee.url("consent/")
