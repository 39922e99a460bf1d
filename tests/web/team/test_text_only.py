"""The level in which raters read and neither hear nor see: masks, who checks them, and what stays closed until then."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bothways.interviews.models import HiddenWords, Interview, SpokenText
from bothways.interviews.queries.consent_words import consent_words
from bothways.interviews.queries.hidden_words import hidden_words_of, masks_now, texts_of, wording
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.actions.transcripts import keep_transcript
from bothways.media.models import Recording, Rendition, RenditionKind
from bothways.media.utterances import Utterance
from bothways.positions.models import BlindLevel, ReviewOrder, StageReviewer
from bothways.review.actions.comments import Place, write_comment
from bothways.review.actions.decisions import reveal_name
from bothways.review.actions.hidden_words import check_hidden_words, hide_words
from bothways.review.actions.meetings import open_meeting
from bothways.review.actions.pinned_notes import Pin, Quote, pin_note
from bothways.review.actions.share_views import view_share
from bothways.review.models import Coverage
from bothways.review.queries.coverage import required_answers
from bothways.review.queries.inbox import open_count, unchecked_count
from bothways.review.queries.shared_answers import shared
from bothways.web.bytes.viewers import may_view
from bothways.web.public.share_access import ticket_for
from tests.factories import Cast, make_file, make_submitted_interview, make_written_answer
from tests.factories.asking import make_inquiry
from tests.factories.review import make_shared, rate
from tests.factories.speaking import say

SAID = ("My name is Xanthippe Rarebird.", "I studied at Wexbridge College and like Quibblesome tea.")
HIDDEN = ("Xanthippe", "Rarebird", "Wexbridge", "Quibblesome")


@pytest.fixture
def interview(cast: Cast) -> Interview:
    """Spoken, sent as a file, spoken without a text, written."""
    cast.stage.blind_level, cast.stage.review_order = BlindLevel.TEXT, ReviewOrder.CANDIDATES
    cast.stage.save()
    cast.kit_version.questions.filter(place=2).update(answer_kind="files")
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    interview.answers.filter(question__place__in=(2, 4)).delete()
    Recording.objects.exclude(id__in=interview.answers.values("chosen_take__recording")).delete()
    questions = {question.place: question for question in cast.kit_version.questions.all()}
    make_file(make_written_answer(interview, questions[2], options=[]), name="Rarebird-CV.pdf")
    make_written_answer(interview, questions[4], "I, Xanthippe, wrote the plan down.")
    Recording.objects.update(video_codec="vp8", audio_codec="opus")
    for recording in Recording.objects.all():
        for kind in (RenditionKind.PLAYABLE, RenditionKind.VOICE, RenditionKind.PEAKS):
            mime = "audio/mp4" if kind == RenditionKind.VOICE else "video/webm"
            Rendition.objects.create(
                organization=cast.organization,
                recording=recording,
                kind=kind,
                mime=mime,
                size=9,
                store_key=f"{recording.organization_id}/{recording.id}/{kind}",
            )
    say(interview, 1, *SAID)
    return Interview.objects.select_related("stage", "position", "application__candidate").get(id=interview.id)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def room(cast: Cast, interview: Interview, rest: str) -> str:
    return f"/team/{cast.organization.slug}/review/{interview.id}/{rest}"


def words_page(cast: Cast, interview: Interview) -> str:
    return f"/team/{cast.organization.slug}/positions/{interview.position_id}/people/{interview.id}/hidden-words/"


def seen_in(page: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def check(cast: Cast, interview: Interview) -> None:
    """As Rafael does on the page, after hiding one word that no rule knows."""
    rafael, address = signed_in(cast.rafael), words_page(cast, interview)
    rafael.post(address, {"do": "hide", "words": "quibblesome", "kind": "other"})
    seen = seen_in(rafael.get(address).content.decode())
    assert rafael.post(address, {"do": "check", "seen": seen}).status_code == 302


def test_nobody_rates_before_somebody_has_checked(cast: Cast, interview: Interview) -> None:
    bo = signed_in(cast.bo)
    assert bo.get(room(cast, interview, "1/")).status_code == 403
    assert open_count(cast.bo) == 0 and unchecked_count(cast.bo) == 1
    assert (
        "One more person has sent answers to you" in bo.get(f"/team/{cast.organization.slug}/review/").content.decode()
    )
    with pytest.raises(NotAllowed):
        rate(cast.bo, interview, (4, 4, 3, 3))
    assert not SpokenText.objects.filter(interview=interview).exists()
    people = f"/team/{cast.organization.slug}/positions/{interview.position_id}/"
    assert words_page(cast, interview) in signed_in(cast.rafael).get(people).content.decode()
    check(cast, interview)
    assert bo.get(room(cast, interview, "1/")).status_code == 200
    assert open_count(cast.bo) == 1 and unchecked_count(cast.bo) == 0
    assert words_page(cast, interview) not in signed_in(cast.rafael).get(people).content.decode()


def test_raters_read_and_neither_hear_nor_see(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    bo = signed_in(cast.bo)
    spoken = bo.get(room(cast, interview, "1/")).content.decode()
    assert "My name is ⟦name⟧." in spoken and "⟦school⟧ College and like ⟦hidden⟧ tea" in spoken
    written = bo.get(room(cast, interview, "4/")).content.decode()
    assert "I, ⟦name⟧, wrote the plan down." in written
    silent = bo.get(room(cast, interview, "3/")).content.decode()
    assert "There is no text of this answer" in silent
    for page in (spoken, written, silent, bo.get(room(cast, interview, "2/")).content.decode()):
        assert "/d/" not in page and "<video" not in page and "<audio" not in page
        assert [word for word in HIDDEN if word in page] == []
    for answer in interview.answers.all():
        address = f"/team/{cast.organization.slug}/review/answers/{answer.id}"
        assert bo.get(f"{address}/captions.vtt").status_code == 404
        assert bo.get(f"{address}/media/").json() == {"sources": []}
    assert not any(may_view("member", cast.bo.id, one) for one in Rendition.objects.all())


def test_files_are_kept_back_until_they_are_released(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    bo, answer = signed_in(cast.bo), interview.answers.get(question__place=2)
    file = f"/team/{cast.organization.slug}/review/answers/{answer.id}/files/{answer.chosen_written.files.get().id}/"
    page = bo.get(room(cast, interview, "2/")).content.decode()
    assert "nobody can hide names in a file" in page and file not in page
    assert bo.get(file).status_code == 404
    assert 2 not in [one.question.place for one in required_answers(interview)], "nobody must read what nobody gets"
    signed_in(cast.rafael).post(words_page(cast, interview), {"do": "release"})
    assert file in bo.get(room(cast, interview, "2/")).content.decode()
    assert bo.get(file).status_code == 200
    assert 2 in [one.question.place for one in required_answers(interview)]


def test_what_is_hidden_is_not_found(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    bo, base = signed_in(cast.bo), f"/team/{cast.organization.slug}/search/?q="
    assert interview.code_name in bo.get(f"{base}studied").content.decode()
    for word in (*HIDDEN, "Xan*", "school", "hidden"):
        assert interview.code_name not in bo.get(f"{base}{word}").content.decode(), word


def test_a_quote_cannot_be_used_to_ask_for_hidden_words(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    question = cast.kit_version.questions.get(place=1)
    pin = {
        "question": str(question.id), "key": "01a22928-d5a2-7788-ac58-bfa65261eac8", "start_ms": 0, "end_ms": None,
        "text": "x", "revision": 0, "quote": {"text": SAID[0], "start_ms": 0, "end_ms": 900},
    }  # fmt: skip
    answer = signed_in(cast.bo).post(room(cast, interview, "pin/"), pin, content_type="application/json")
    assert answer.status_code in (400, 409) and "do not stand in the text" not in answer.content.decode()


def test_reading_counts_as_watching(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    bo, answer = signed_in(cast.bo), interview.answers.get(question__place=1)
    address = f"/team/{cast.organization.slug}/review/answers/{answer.id}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert bo.post(f"{address}/opened/").status_code == 200
        clock.shift(dt.timedelta(minutes=1))
        read = bo.post(f"{address}/read/", {"spans": [[0, 30_000]]}, content_type="application/json")
    assert read.status_code == 200 and read.json()["is_enough"]
    assert Coverage.objects.get(answer=answer).covered_ms == 30_000


def test_other_words_want_another_look(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    recording = interview.answers.get(question__place=1).chosen_take.recording
    keep_transcript(recording=recording, engine="by hand", utterances=[Utterance(0, 900, "Zanzibella told me.")])
    bo = signed_in(cast.bo)
    assert bo.get(room(cast, interview, "1/")).status_code == 403
    assert not SpokenText.objects.filter(interview=interview).exists()
    check(cast, interview)
    assert "Zanzibella told me." in bo.get(room(cast, interview, "1/")).content.decode()


def test_only_what_was_read_is_checked(cast: Cast, interview: Interview) -> None:
    rafael = cast.actor(cast.rafael)
    texts = texts_of(interview)
    seen = wording(texts, masks_now(interview, hidden_words_of(interview), texts))
    hide_words(actor=rafael, interview=interview, words="tea", kind="other")
    with pytest.raises(Refused, match="changed"):
        check_hidden_words(actor=rafael, interview=interview, seen=seen)
    for words, kind in (("", "name"), ("...", "name"), ("x" * 121, "name"), ("tea", "nonsense")):
        with pytest.raises(Refused):
            hide_words(actor=rafael, interview=interview, words=words, kind=kind)


def test_words_can_be_shown_and_hidden_again(cast: Cast, interview: Interview) -> None:
    rafael, address = signed_in(cast.rafael), words_page(cast, interview)
    assert "⟦school⟧ College" in rafael.get(address).content.decode()
    rafael.post(address, {"do": "show", "words": "Wexbridge"})
    page = rafael.get(address).content.decode()
    assert "Wexbridge College" in page and "Not checked yet" in page
    rafael.post(address, {"do": "hide", "words": "wexbridge", "kind": "place"})
    assert "⟦place⟧ College" in rafael.get(address).content.decode()


def test_who_opens_the_page(cast: Cast, interview: Interview) -> None:
    """The words stand there unmasked, so nobody opens it who still has to rate them."""
    address = words_page(cast, interview)
    found = {who: signed_in(getattr(cast, who)).get(address).status_code for who in ("ada", "rafael", "bo", "audrey")}
    assert found == {"ada": 200, "rafael": 200, "bo": 403, "audrey": 403}
    assert signed_in(cast.cleo).get(address).status_code == 404
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    assert signed_in(cast.rafael).get(address).status_code == 403
    cast.stage.blind_level = BlindLevel.VOICE
    cast.stage.save()
    assert signed_in(cast.ada).get(address).status_code == 302, "to the person: nothing is hidden in such a step"
    assert not HiddenWords.objects.exists()


def test_who_has_handed_in_may_choose_to_hear_and_see(cast: Cast, interview: Interview) -> None:
    check(cast, interview)
    rate(cast.bo, interview, (4, 0, 0, 3))
    reveal_name(actor=cast.actor(cast.bo), interview=interview)
    page = signed_in(cast.bo).get(room(cast, interview, "1/")).content.decode()
    assert "<video" in page and "Wexbridge" in page and "⟦" not in page
    assert all(may_view("member", cast.bo.id, one) for one in Rendition.objects.all())


def test_guests_read_the_same(cast: Cast, interview: Interview) -> None:
    share, token = make_shared(cast.rafael, interview, "answers", "transcript")
    assert view_share(share=share)
    assert all(one.words is None and one.given is None for one in shared(share, interview.id).answers), (
        "not checked yet"
    )
    check(cast, interview)
    first, files, _silent, written = shared(share, interview.id).answers
    assert first.playback is None and first.words.utterances[0].text == "My name is ⟦name⟧."
    assert written.given.text == "I, ⟦name⟧, wrote the plan down." and not files.given.files
    assert not any(may_view("share", share.id, one) for one in Rendition.objects.all())
    where = [token, ticket_for(share), share.shared.get().id]
    page = Client().get(reverse("public:share-interview", args=where)).content.decode()
    assert "⟦name⟧, wrote the plan down." in page and "/d/" not in page
    assert [word for word in HIDDEN if word in page] == []
    assert Client().get(reverse("public:share-captions", args=[*where, 1])).status_code == 404


def test_candidates_agree_to_just_that(cast: Cast, interview: Interview) -> None:
    assert "neither hears nor sees you" in consent_words(interview)


def test_the_words_of_what_is_signed_are_masked_as_well(cast: Cast, interview: Interview) -> None:
    """Who signs is seen, or nobody could rate it; the text beside it is read like the rest."""
    answer = interview.answers.get(question__place=1)
    answer.chosen_take.is_signed = True
    answer.chosen_take.save()
    check(cast, interview)
    bo, captions = signed_in(cast.bo), f"/team/{cast.organization.slug}/review/answers/{answer.id}/captions.vtt"
    page, spoken = bo.get(room(cast, interview, "1/")).content.decode(), bo.get(captions).content.decode()
    assert "<video" in page and "⟦name⟧" in page and "⟦name⟧" in spoken
    assert [word for word in HIDDEN if word in page + spoken] == []


def test_who_must_answer_and_rate_reads_what_is_asked_with_the_same_words_hidden(
    cast: Cast, interview: Interview
) -> None:
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    asked = make_inquiry(interview, owner=cast.ada, words="Xanthippe here: is the team like Wexbridge?")
    check(cast, interview)
    ada, base = signed_in(cast.ada), f"/team/{cast.organization.slug}/inquiries/"
    page, listed = ada.get(f"{base}{asked.id}/").content.decode(), ada.get(base).content.decode()
    assert "⟦name⟧ here: is the team like ⟦school⟧?" in page and "Asked in writing" in listed
    assert [word for word in HIDDEN if word in page + listed] == []


def test_what_stands_around_the_answers_has_no_hidden_word(cast: Cast, interview: Interview) -> None:
    """With the own ratings in, but the name not asked for: comparing, talking, the meeting and the board."""
    check(cast, interview)
    question = cast.kit_version.questions.get(place=1)
    pin = Pin(500, 900, "wrote this", Quote(SAID[1], 900, 1800))
    with pytest.raises(Refused, match="recording"):
        pin_note(actor=cast.actor(cast.bo), interview=interview, question_id=question.id, client_key=new_id(), pin=pin)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    for member in (cast.bo, cast.rafael):
        rate(member, interview, (4, 0, 0, 3))
    write_comment(
        actor=cast.actor(cast.bo), interview=interview, words="See the plan.", client_key=new_id(),
        place=Place(question.id),
    )  # fmt: skip
    rafael = cast.actor(cast.rafael)
    meeting = open_meeting(actor=rafael, stage=cast.stage, members=[cast.rafael], interviews=[interview])
    base, stage = f"/team/{cast.organization.slug}", cast.stage.id
    around = (
        f"{base}/compare/{stage}/",
        f"{base}/compare/{stage}/side/?with={interview.id}&question=1",
        f"{base}/compare/{stage}/side/?with={interview.id}&question=2",
        f"{base}/talk/{interview.id}/1/",
        room(cast, interview, "1/"),
        room(cast, interview, "2/"),
    )
    alone = (f"{base}/meeting/{stage}/{meeting.id}/1/", f"{base}/board/{interview.position_id}/")
    for client, addresses in ((signed_in(cast.bo), around), (signed_in(cast.rafael), (*around, *alone))):
        for address in addresses:
            answer = client.get(address)
            page = answer.content.decode()
            assert answer.status_code == 200, address
            assert [word for word in HIDDEN if word in page] == [] and "/d/" not in page, address


def test_the_list_asks_as_much_for_one_as_for_many(cast: Cast, interview: Interview, django_assert_num_queries) -> None:
    bo, page = signed_in(cast.bo), f"/team/{cast.organization.slug}/review/"
    for waiting in ("One more person has", "2 more people have", "3 more people have"):
        with django_assert_num_queries(12):
            assert waiting in bo.get(page).content.decode()
        make_submitted_interview(cast.stage, cast.kit_version, "Person")
