"""Gold answers: made by who leads, closed once somebody has met them, gone when nobody wants them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState
from bothways.positions.models import StageReviewer
from bothways.review.actions.calibration import begin_run, keep_gold_rating, lock_gold_rating
from bothways.review.actions.gold import (
    KEPT_RETIRED,
    KEPT_UNUSED,
    clear_gold,
    finish_gold,
    keep_gold,
    open_gold,
    rate_gold,
    retire_gold,
)
from bothways.review.actions.scorecards import Draft
from bothways.review.models import GoldAnswer
from bothways.review.queries.gold import ready_gold, shown_gold
from tests.factories import Cast, make_kit_version
from tests.factories.calibrating import calibrate, make_calibrating, make_gold


def opened(cast: Cast, question: Question, key=None):
    return open_gold(
        actor=cast.actor(cast.rafael), question=question, client_key=key or new_id(), kind="video", mime="video/webm"
    )


def test_a_try_is_opened_finished_kept_and_rated(cast: Cast):
    question, rafael, key = cast.kit_version.questions.first(), cast.actor(cast.rafael), new_id()
    first, again = opened(cast, question, key), opened(cast, question, key)
    assert first.gold == again.gold
    assert first.token != again.token
    assert opened(cast, question).number == 2
    with pytest.raises(Refused, match="not_finished"):
        keep_gold(actor=rafael, gold=first.gold)
    gold = finish_gold(actor=rafael, gold=first.gold, size=1000)
    keep_gold(actor=rafael, gold=gold)
    with pytest.raises(Refused, match="gold_not_ready"):
        rate_gold(actor=rafael, gold=gold, value=4, words="Names what she did.")
    Recording.objects.filter(id=gold.recording_id).update(state=RecordingState.READY, duration_ms=60_000)
    for value, words, code in ((6, "Why", "value"), (0, "Why", "value"), (4, " ", "words"), (4, "x" * 2001, "words")):
        with pytest.raises(Refused, match=code):
            rate_gold(actor=rafael, gold=gold, value=value, words=words)
    rate_gold(actor=rafael, gold=gold, value=3, words="Names what she did.")
    rate_gold(actor=rafael, gold=gold, value=4, words=" Names what she did, and why. ")
    gold.refresh_from_db()
    assert (gold.value, gold.words) == (4, "Names what she did, and why.")
    assert list(ready_gold(cast.kit_version.kit_id)) == [gold]
    log = AuditEntry.objects.filter(organization=cast.organization, thing_id=str(gold.id)).order_by("sequence")
    assert [entry.verb for entry in log] == ["gold.opened", "gold.finished", "gold.kept", "gold.rated", "gold.rated"]
    assert "why" not in str([entry.detail for entry in log]), "the log says that, not what"


def test_what_is_too_long_for_a_training_of_fifteen_minutes_is_refused(cast: Cast):
    gold = make_gold(cast.ada, cast.kit_version, value=None)
    Recording.objects.filter(id=gold.recording_id).update(duration_ms=200_001)
    with pytest.raises(Refused, match="gold_too_long"):
        rate_gold(actor=cast.actor(cast.ada), gold=gold, value=3, words="Why.")


def test_only_who_leads_makes_one_and_only_where_it_can_be(cast: Cast):
    question, gold = cast.kit_version.questions.first(), make_gold(cast.ada, cast.kit_version)
    for member in (cast.bo, cast.audrey, cast.cleo):
        actor = cast.actor(member)
        for call in (
            lambda a=actor: open_gold(actor=a, question=question, client_key=new_id(), kind="video", mime="video/mp4"),
            lambda a=actor: finish_gold(actor=a, gold=gold, size=1),
            lambda a=actor: keep_gold(actor=a, gold=gold),
            lambda a=actor: rate_gold(actor=a, gold=gold, value=1, words="x"),
            lambda a=actor: retire_gold(actor=a, gold=gold),
        ):
            with pytest.raises(NotAllowed):
                call()
    with pytest.raises(Refused, match="no_gold_here"):
        opened(cast, make_kit_version(cast.ada, state="draft").questions.first())
    Question.objects.filter(id=question.id).update(answer_kind="choice")
    question.refresh_from_db()
    with pytest.raises(Refused, match="no_gold_here"):
        opened(cast, question)
    with pytest.raises(Refused, match="not_media"):
        open_gold(
            actor=cast.actor(cast.ada),
            question=cast.kit_version.questions.last(),
            client_key=new_id(),
            kind="video",
            mime="text/html",
        )


def test_what_somebody_has_met_stays_as_it_is(cast: Cast):
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    run = begin_run(actor=cast.actor(cast.bo), stage=cast.stage)
    gold = run.ratings.first().gold
    with pytest.raises(Refused, match="gold_in_use"):
        rate_gold(actor=cast.actor(cast.ada), gold=gold, value=1, words="On second thought.")
    with pytest.raises(Refused, match="gold_needed"):
        retire_gold(actor=cast.actor(cast.ada), gold=gold)
    make_gold(cast.ada, cast.kit_version, 4)
    retire_gold(actor=cast.actor(cast.ada), gold=gold)
    rating = run.ratings.first()
    keep_gold_rating(actor=cast.actor(cast.bo), run=run, rating_id=rating.id, draft=Draft(3, ""))
    assert lock_gold_rating(actor=cast.actor(cast.bo), run=run, rating_id=rating.id).locked_at, "who meets it finishes"
    assert gold not in ready_gold(cast.kit_version.kit_id)


def test_what_nobody_has_met_is_deleted_at_once(cast: Cast):
    gold = make_gold(cast.ada, cast.kit_version)
    retire_gold(actor=cast.actor(cast.ada), gold=gold)
    assert not GoldAnswer.objects.exists()
    assert not Recording.objects.filter(id=gold.recording_id).exists()


def test_tries_and_retired_recordings_are_cleared_away(cast: Cast):
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    calibrate(cast.bo, cast.stage)
    make_gold(cast.ada, cast.kit_version, 4)
    retired = GoldAnswer.objects.first()
    retire_gold(actor=cast.actor(cast.ada), gold=retired)
    tried = opened(cast, cast.kit_version.questions.first()).gold
    assert clear_gold() == 0
    with time_machine.travel(timezone.now() + KEPT_UNUSED + dt.timedelta(hours=1), tick=False):
        assert clear_gold() == 1
    assert not GoldAnswer.objects.filter(id=tried.id).exists()
    with time_machine.travel(timezone.now() + KEPT_RETIRED + dt.timedelta(hours=1), tick=False):
        assert clear_gold() == 1
        assert clear_gold() == 0
    recording = retired.recording_id
    retired.refresh_from_db()
    assert retired.recording is None
    assert retired.words, "what was said about it stays for who rated it"
    assert not Recording.objects.filter(id=recording).exists()


def test_a_lead_who_rates_too_reads_the_rating_of_others_only_after_their_own(cast: Cast):
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    rafael, kit = cast.actor(cast.rafael), cast.kit_version.kit
    assert {one.shows_rating for one in shown_gold(rafael, kit)} == {False}
    assert {one.shows_rating for one in shown_gold(cast.actor(cast.ada), kit)} == {True}
    with pytest.raises(Refused, match="gold_unseen"):
        rate_gold(actor=rafael, gold=GoldAnswer.objects.first(), value=1, words="x")
    calibrate(cast.rafael, cast.stage)
    assert {one.shows_rating for one in shown_gold(rafael, kit)} == {True}
