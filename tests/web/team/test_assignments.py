"""The page "Who rates whom", the conflict of interest, and what somebody reads whose interview is taken from them."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from bothways.accounts.actions.members import deactivate_member
from bothways.interviews.models import Interview
from bothways.lib.ids import new_id
from bothways.positions.models import Assigning, StageReviewer
from bothways.review.actions.assigning import assign_stage
from bothways.review.actions.assignments import assign, take_away
from bothways.review.actions.pinned_notes import Pin, pin_note
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.models import Assignment, ConflictOfInterest
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def shared(cast: Cast) -> Cast:
    cast.stage.assignment = Assigning.BY_HAND
    cast.stage.save()
    return cast


def people(cast, many):
    return [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe{n} Rarebird") for n in range(many)]


def address(cast, name, *arguments):
    return reverse(f"team:{name}", args=[cast.organization.slug, *arguments])


def page_of(cast):
    return address(cast, "assignments-stage", cast.stage.id)


def press(client, cast, do, interviews, member, to=""):
    form = {"do": do, "with": [str(one.id) for one in interviews], "member": member.id, "to": getattr(to, "id", "")}
    return client.post(page_of(cast), form, follow=True)


def draft(cast, member, interview, note="what I heard"):
    question = cast.kit_version.questions.first()
    keep_rating(actor=cast.actor(member), interview=interview, question_id=question.id, draft=Draft(4, note))
    return question


def test_assigning_handing_over_and_taking_away_for_several_at_once(shared, client):
    interviews = people(shared, 3)
    client.force_login(shared.rafael.user)
    page = client.get(page_of(shared)).content.decode()
    assert page.count("2 people are missing.") == 3
    assert "Xanthippe" not in page
    page = press(client, shared, "assign", interviews, shared.bo).content.decode()
    assert "Changed for 3 candidates." in page
    assert page.count("1 person is missing.") == 3
    page = press(client, shared, "assign", interviews, shared.bo).content.decode()
    assert "rates Heron" in page
    assert "Changed" not in page
    press(client, shared, "hand_over", interviews[:1], shared.bo, shared.ines)
    press(client, shared, "take", interviews[1:2], shared.bo)
    standing = Assignment.objects.filter(ended_at=None).values_list("interview", "member")
    assert set(standing) == {(interviews[0].id, shared.ines.id), (interviews[2].id, shared.bo.id)}
    rate(shared.bo, interviews[2], (3, 3, 3, 3))
    page = press(client, shared, "take", interviews[2:], shared.bo).content.decode()
    assert "It counts, so it stays with them" in page
    assert "handed in" in page


def test_a_form_that_says_too_little_changes_nothing(shared, client):
    interviews = people(shared, 1)
    client.force_login(shared.rafael.user)
    assert "Tick the people first" in press(client, shared, "assign", [], shared.bo).content.decode()
    answer = press(client, shared, "hand_over", interviews, shared.bo)
    assert answer.status_code == 422
    assert "Pick who rates instead" in answer.content.decode()
    assert client.post(page_of(shared), {"do": "eat", "member": "x", "with": "y"}).status_code == 422
    assert client.get(page_of(shared), {"after": "nonsense"}).status_code == 200
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("bo", 403), ("audrey", 403), ("cleo", 404)])
def test_the_page_is_for_owners_and_recruiters(shared, client, who, status):
    interviews = people(shared, 1)
    client.force_login(getattr(shared, who).user)
    assert client.get(page_of(shared)).status_code == status
    assert press(client, shared, "assign", interviews, shared.bo).status_code == status
    assert not Assignment.objects.exists()


def test_a_foreign_stage_interview_or_member_is_not_there(shared, client):
    interviews = people(shared, 1)
    client.force_login(shared.cleo.user)
    foreign = reverse("team:assignments-stage", args=[shared.other_organization.slug, shared.stage.id])
    assert client.get(foreign).status_code == 404
    known = reverse("team:review-known", args=[shared.other_organization.slug, interviews[0].id])
    assert client.post(known).status_code == 404
    client.force_login(shared.rafael.user)
    assert press(client, shared, "assign", interviews, shared.cleo).status_code == 422


def test_who_is_missing_and_why(shared, client):
    shared.stage.assignment = Assigning.BY_RULE
    shared.stage.save()
    shared.bo.languages = ["de"]
    shared.bo.save()
    (interview,) = people(shared, 1)
    client.force_login(shared.rafael.user)
    press(client, shared, "knows", [interview], shared.ines)
    assign_stage(stage_id=shared.stage.id)
    page = client.get(page_of(shared) + "?missing=1").content.decode()
    assert "2 people are missing. 1 reviewer knows this person. 1 reviewer does not rate in this language." in page
    assert "Inês Carvalho knows this person" in page
    press(client, shared, "knows_not", [interview], shared.ines)
    assert not ConflictOfInterest.objects.exists()


def test_a_recruiter_who_rates_sees_nobody_else_before_handing_in(shared, client):
    shared.stage.assignment = Assigning.BY_RULE
    shared.stage.save()
    (interview,) = people(shared, 1)
    assign_stage(stage_id=shared.stage.id)
    StageReviewer.objects.create(organization=shared.organization, stage=shared.stage, member=shared.rafael)
    rate(shared.bo, interview, (1, 3, 3, 3))
    rate(shared.ines, interview, (4, 3, 3, 3))
    assert Assignment.objects.get(reason="third").member_id == shared.rafael.id
    client.force_login(shared.rafael.user)
    page = client.get(page_of(shared)).content.decode()
    assert "You rate this person yourself" in page
    assert "as a third" not in page
    assert "disagree" not in page
    client.force_login(shared.ada.user)
    assert "as a third" in client.get(page_of(shared)).content.decode()


def test_the_pages_of_the_list_cost_the_same_whatever_is_in_it(shared, client, django_assert_max_num_queries):
    client.force_login(shared.rafael.user)
    people(shared, 55)
    assign_all = [Assignment(
        organization=shared.organization, interview=one, member=member, reason="hand"
    ) for one in Interview.objects.all() for member in (shared.bo, shared.ines)]  # fmt: skip
    Assignment.objects.bulk_create(assign_all)
    with django_assert_max_num_queries(24):
        page = client.get(page_of(shared)).content.decode()
    assert page.count('name="with"') == 50
    after = page.split("after=")[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"{page_of(shared)}?after={after}").content.decode()
    assert second.count('name="with"') == 5


def test_i_know_this_person_is_said_without_a_name(shared, client):
    (interview,) = people(shared, 1)
    assign(actor=shared.actor(shared.rafael), interview=interview, member=shared.bo)
    draft(shared, shared.bo, interview)
    client.force_login(shared.bo.user)
    room = client.get(address(shared, "review-question", interview.id, 1)).content.decode()
    assert address(shared, "review-known", interview.id) in room
    asked = client.get(address(shared, "review-known", interview.id)).content.decode()
    assert "Xanthippe" not in asked
    answer = client.post(address(shared, "review-known", interview.id), follow=True)
    assert "is no longer on your list" in answer.content.decode()
    assert ConflictOfInterest.objects.get().flagged_by_id == shared.bo.id
    assert client.get(address(shared, "review-known", interview.id)).status_code == 403
    assert client.get(address(shared, "review-question", interview.id, 1)).status_code == 403


def test_what_is_taken_away_is_read_by_its_author_and_nobody_else(shared, client):
    (interview,) = people(shared, 1)
    assign(actor=shared.actor(shared.rafael), interview=interview, member=shared.bo)
    question = draft(shared, shared.bo, interview, "a rare remark of mine")
    pin_note(
        actor=shared.actor(shared.bo), interview=interview, question_id=question.id, client_key=new_id(), revision=0,
        pin=Pin(start_ms=1000, end_ms=None, text="at the first second", quote=None),
    )  # fmt: skip
    take_away(actor=shared.actor(shared.rafael), interview=interview, member=shared.bo)
    client.force_login(shared.bo.user)
    answer = client.get(address(shared, "review-interview", interview.id))
    assert answer.url == address(shared, "review-kept", interview.id)
    page = client.get(answer.url).content.decode()
    assert "is no longer yours to rate" in page
    assert "a rare remark of mine" in page
    assert "at the first second" in page
    assert "Xanthippe" not in page
    for who, status in (("ines", 403), ("rafael", 403), ("cleo", 404)):
        client.force_login(getattr(shared, who).user)
        answer = client.get(address(shared, "review-kept", interview.id))
        assert answer.status_code == status
        assert "a rare remark" not in answer.content.decode()


def test_whose_interview_it_is_no_more_reads_why_and_loses_no_word(shared, client):
    (interview,) = people(shared, 1)
    assign(actor=shared.actor(shared.rafael), interview=interview, member=shared.bo)
    question = draft(shared, shared.bo, interview)
    take_away(actor=shared.actor(shared.rafael), interview=interview, member=shared.bo)
    client.force_login(shared.bo.user)
    sent = json.dumps({"question": str(question.id), "value": 5, "note": "typed later", "revision": 1})
    answer = client.post(address(shared, "review-save", interview.id), sent, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "no_longer_yours"
    assert "stays on this device" in answer.json()["error"]["words"]
    for page in ("review-question", "review-overall"):
        arguments = [interview.id, 1] if page == "review-question" else [interview.id]
        answer = client.post(address(shared, page, *arguments), {"value": "5", "note": "typed <later>"})
        assert answer.status_code == 403
        assert "typed &lt;later&gt;" in answer.content.decode()
    form = {f"recommendation-{interview.id}": "advance", f"note-{interview.id}": "typed in the list"}
    answer = client.post(address(shared, "review-hand-in", shared.stage.id), form, follow=True)
    assert "typed in the list" in answer.content.decode()


def test_who_left_the_team_reads_why_on_the_page_that_is_still_open(shared, client):
    (interview,) = people(shared, 1)
    assign(actor=shared.actor(shared.rafael), interview=interview, member=shared.bo)
    question = draft(shared, shared.bo, interview)
    client.force_login(shared.bo.user)
    deactivate_member(actor=shared.actor(shared.ada), member=shared.bo)
    sent = json.dumps({"question": str(question.id), "value": 5, "note": "typed later", "revision": 1})
    answer = client.post(address(shared, "review-save", interview.id), sent, content_type="application/json")
    assert answer.status_code == 404
    assert "What was saved before is kept" in answer.json()["error"]["words"]
    client.force_login(shared.cleo.user)
    outsider = client.post(address(shared, "review-save", interview.id), sent, content_type="application/json")
    assert outsider.json() == answer.json()


def test_the_rules_of_a_step_say_who_rates_whom_also_while_people_are_in_it(cast, client):
    people(cast, 1)
    client.force_login(cast.rafael.user)
    form = {
        "name": "Talk", "kind": "recorded", "kit": cast.stage.kit_id, "window_days": 7, "reply_days": 10,
        "raters_wanted": 2, "blind_level": "identity", "review_order": "questions", "assignment": "by_rule",
        "rating_days": 5, "reviewers": [cast.bo.id],
    }  # fmt: skip
    assert client.post(address(cast, "stages-edit", cast.stage.id), form).status_code == 302
    cast.stage.refresh_from_db()
    assert (cast.stage.assignment, cast.stage.rating_days) == ("by_rule", 5)
    assert client.post(address(cast, "stages-edit", cast.stage.id), {**form, "rating_days": 99}).status_code == 422
    assert client.post(address(cast, "stages-edit", cast.stage.id), {**form, "assignment": "dice"}).status_code == 422


def test_languages_of_a_rater_stand_in_the_profile(cast, client):
    client.force_login(cast.bo.user)
    form = {"name": "Bo Osei", "title": "", "language": "en", "time_zone": "UTC", "languages": ["de", "en"]}
    assert client.post(address(cast, "profile-edit"), form).status_code == 302
    cast.bo.refresh_from_db()
    assert cast.bo.languages == ["de", "en"]
    assert client.post(address(cast, "profile-edit"), {**form, "languages": ["xx"]}).status_code == 422


def test_the_page_is_found_from_the_steps(shared, client: Client):
    client.force_login(shared.rafael.user)
    steps = client.get(address(shared, "stages-list", shared.position.id)).content.decode()
    assert page_of(shared) in steps
    empty = client.get(page_of(shared)).content.decode()
    assert "Nobody has sent answers yet" in empty
