"""A kit as a candidate meets it: apart from real people, gone after a day."""

import datetime as dt
from urllib.parse import urlsplit

import pytest

from bothways.interviews.actions.previews import end_preview, start_preview, sweep_previews
from bothways.interviews.models import AccessToken, Answer, Interview, Origin
from bothways.interviews.queries.previews import people_invited_with
from bothways.kits.actions.questions import remove_question
from bothways.kits.actions.versions import discard_draft, start_draft
from bothways.kits.models import KitVersion, Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.tokens import digest
from bothways.media.models import Recording
from bothways.positions.actions.stages import Rules, add_stage, remove_stage
from tests.factories import Cast, make_answer, make_interview
from tests.factories.preparing import make_draft


def preview_of(cast: Cast, version: KitVersion) -> Interview:
    link = start_preview(actor=cast.actor(cast.rafael), version=version)
    token = urlsplit(link).path.split("/")[2]
    return AccessToken.objects.get(token_digest=digest(token)).interview


def test_a_draft_can_be_seen_and_counts_for_nobody(cast: Cast) -> None:
    version = make_draft(cast.ada)
    preview = preview_of(cast, version)
    assert preview.is_preview and preview.application is None and preview.origin == Origin.PREVIEW
    assert preview.kit_version == version and people_invited_with(version) == 0
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_preview_in_a_step_tells_its_position(cast: Cast) -> None:
    start_preview(actor=cast.actor(cast.ada), version=cast.kit_version, stage=cast.stage)
    preview = Interview.objects.get(is_preview=True)
    assert preview.stage == cast.stage and preview.position == cast.position
    with pytest.raises(Refused, match="other_stage"):
        start_preview(actor=cast.actor(cast.ada), version=make_draft(cast.ada), stage=cast.stage)


def test_there_must_be_something_to_see(cast: Cast) -> None:
    with pytest.raises(Refused, match="no_questions"):
        start_preview(actor=cast.actor(cast.ada), version=make_draft(cast.ada, starter="empty"))


def test_raters_and_strangers_start_none(cast: Cast) -> None:
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            start_preview(actor=cast.actor(member), version=cast.kit_version)


def test_after_a_day_a_preview_is_gone_with_its_recordings(cast: Cast) -> None:
    old, fresh = preview_of(cast, cast.kit_version), preview_of(cast, cast.kit_version)
    real = make_interview(cast.stage, cast.kit_version)
    question = cast.kit_version.questions.get(place=1)
    kept = {make_answer(each, question).chosen_take.recording_id for each in (fresh, real)}
    make_answer(old, question)
    past = old.created_at - dt.timedelta(hours=25)
    Interview.objects.filter(id__in=[old.id, real.id]).update(created_at=past)
    assert (sweep_previews(), sweep_previews()) == (1, 0)
    assert set(Interview.objects.all()) == {fresh, real}
    assert set(Recording.objects.values_list("id", flat=True)) == kept


def test_a_candidates_interview_is_never_ended_as_a_preview(cast: Cast) -> None:
    real = make_interview(cast.stage, cast.kit_version)
    with pytest.raises(ValueError, match="not a preview"):
        end_preview(preview=real, actor=cast.actor(cast.ada))
    assert Interview.objects.filter(id=real.id).exists()


def test_old_previews_make_room_for_new_ones(cast: Cast) -> None:
    for _ in range(25):
        preview_of(cast, cast.kit_version)
    assert Interview.objects.filter(is_preview=True).count() == 20


def test_a_question_that_was_tried_in_a_preview_can_be_removed(cast: Cast) -> None:
    version = make_draft(cast.ada)
    preview = preview_of(cast, version)
    one, two = version.questions.filter(place__lte=2)
    make_answer(preview, one)
    kept = make_answer(preview, two)
    remove_question(actor=cast.actor(cast.ada), question=one)
    assert list(Answer.objects.all()) == [kept] and Recording.objects.count() == 1
    assert not Question.objects.filter(id=one.id).exists()


def test_a_draft_and_a_step_that_were_previewed_can_go(cast: Cast) -> None:
    actor = cast.actor(cast.ada)
    draft = start_draft(actor=actor, kit=cast.kit_version.kit)
    make_answer(preview_of(cast, draft), draft.questions.get(place=1))
    discard_draft(actor=actor, version=draft)
    stage = add_stage(actor=actor, position=cast.position, rules=Rules(name="More", kit=cast.kit_version.kit))
    start_preview(actor=actor, version=cast.kit_version, stage=stage)
    remove_stage(actor=actor, stage=stage)
    assert not Interview.objects.exists() and not Recording.objects.exists()
