"""The two questions on the candidate's page, and what the team reads of them."""

from bothways.conversations.models import SurveyReply
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.web.candidate.conftest import visitor
from tests.web.team.preparing import signed_in, url


def test_from_the_status_page_and_back(cast: Cast) -> None:
    dee = visitor(make_submitted_interview(cast.stage, cast.kit_version))
    assert "Answer two questions" in dee.get().content.decode()
    assert "shown only together" in dee.get("survey/").content.decode()
    wrong = dee.post("survey/", {"moment": "sent", "fair": "4"})
    assert wrong.status_code == 422 and "Choose one of the five" in wrong.content.decode()
    assert dee.post("survey/", {"moment": "sent", "fair": "9", "respected": "x"}).status_code == 422
    answer = dee.post("survey/", {"moment": "sent", "fair": "4", "respected": "5"})
    assert (answer.status_code, answer["Location"]) == (302, dee.url())
    page = dee.get().content.decode()
    assert "It is kept without your name" in page and "Answer two questions" not in page
    assert dee.get("survey/").status_code == 302
    assert dee.post("survey/", {"moment": "sent", "fair": "1", "respected": "1"}).status_code == 302
    assert SurveyReply.objects.get().fair == 4


def test_nobody_is_asked_before_sending(cast: Cast) -> None:
    dee = visitor(make_interview(cast.stage, cast.kit_version))
    assert "survey" not in dee.get().content.decode()
    assert dee.post("survey/", {"moment": "sent", "fair": "1", "respected": "1"}).status_code == 302
    assert not SurveyReply.objects.exists()


def test_the_team_reads_what_many_said(cast: Cast) -> None:
    address = url(cast, "survey-position", cast.position.id)
    assert "Nobody has said anything yet" in signed_in(cast.rafael).get(address).content.decode()
    SurveyReply.objects.bulk_create(
        SurveyReply(organization=cast.organization, stage=cast.stage, moment="sent", mode="video", fair=3, respected=5)
        for _ in range(10)
    )
    page = signed_in(cast.audrey).get(address).content.decode()
    assert "10 replies" in page and "<small>100 %</small>" in page
    SurveyReply.objects.first().delete()
    page = signed_in(cast.rafael).get(address).content.decode()
    assert "9 replies so far" in page and "%" not in page.partition("<h2")[2].partition("</section>")[0]


def test_who_may_not(cast: Cast) -> None:
    address = url(cast, "survey-position", cast.position.id)
    assert signed_in(cast.bo).get(address).status_code == 403
    assert signed_in(cast.cleo).get(address).status_code in (403, 404)
