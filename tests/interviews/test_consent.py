"""The consent is to exact words, kept as they were read."""

import pytest

from bothways.accounts.models import AuditEntry, Role
from bothways.interviews.actions.consent import agree, current_text
from bothways.interviews.models import Consent, ConsentText, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import StageReviewer
from tests.factories import make_interview, make_kit_version, make_member, make_position, make_stage
from tests.interviews.taking_part import actor_of


@pytest.fixture
def interview(cast):
    return make_interview(cast.stage, cast.kit_version)


def test_the_text_names_who_watches_and_how_long(interview, cast):
    body = current_text(interview).body
    assert "Bo Osei and Inês Carvalho" in body
    assert cast.organization.name in body
    assert "until 180 days after the decision" in body


def test_what_was_agreed_to_stays_word_for_word(interview, cast):
    text = current_text(interview)
    agree(interview=interview, text_id=text.id, actor=actor_of(interview))
    cast.organization.name = "Another Name"
    cast.organization.save()
    kept = Consent.objects.get(interview=interview)
    assert kept.text.body == text.body
    assert "Kestrel Housing" in kept.text.body


def test_the_same_words_are_one_version_and_other_words_another(interview, cast):
    first = current_text(interview)
    assert current_text(make_interview(cast.stage, cast.kit_version, "Eve Adeyemi")).id == first.id
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    second = current_text(interview)
    assert (first.version, second.version) == (1, 2)
    assert "Rafael Moreno" in second.body


def test_words_that_changed_since_they_were_shown_are_not_agreed_to(interview, cast):
    shown = current_text(interview)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    with pytest.raises(Refused, match="text_changed"):
        agree(interview=interview, text_id=shown.id, actor=actor_of(interview))
    assert not Consent.objects.exists()


def test_agreeing_twice_is_agreeing_once(interview):
    text = current_text(interview)
    first = agree(interview=interview, text_id=text.id, actor=actor_of(interview))
    again = agree(interview=interview, text_id=text.id, actor=actor_of(interview))
    assert first.id == again.id
    assert AuditEntry.objects.filter(verb="consent.given").count() == 1


def test_a_text_of_another_organization_is_none_of_ours(interview, cast):
    theirs = make_position(cast.cleo)
    make_member(cast.other_organization, "Olaf Other", Role.REVIEWER)
    version = make_kit_version(cast.cleo)
    other = make_interview(make_stage(theirs, version), version, "Zoe Else")
    with pytest.raises(Refused):
        agree(interview=interview, text_id=current_text(other).id, actor=actor_of(interview))
    with pytest.raises(NotAllowed):
        agree(interview=interview, text_id=current_text(interview).id, actor=actor_of(other))


def test_nobody_agrees_after_sending(cast):
    interview = make_interview(cast.stage, cast.kit_version)
    text = current_text(interview)
    interview.state, interview.submitted_at = InterviewState.SUBMITTED, interview.created_at
    interview.save()
    with pytest.raises(Refused, match="closed"):
        agree(interview=interview, text_id=text.id, actor=actor_of(interview))


def test_each_language_has_its_own_versions(interview, cast):
    current_text(interview)
    german = make_interview(cast.stage, cast.kit_version, "Eva Winter", language="de")
    current_text(german)
    assert set(ConsentText.objects.values_list("language", "version")) == {("en", 1), ("de", 1)}
