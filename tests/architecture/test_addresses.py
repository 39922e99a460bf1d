"""Every address is walked as nobody, as a member of another organization and in each role.

An address that is not in the table fails: whoever adds one says here who may open it.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from bothways.accounts.models import Member, MemberInvitation
from bothways.conversations.models import Feedback
from bothways.interviews.actions.open_links import create_open_link
from bothways.interviews.models import CsvImport
from bothways.kits.models import KitVersion, LibraryQuestion, Prompt
from bothways.lib.ids import new_id
from bothways.lib.sealing import seal
from bothways.lib.tokens import digest, new_token
from bothways.live.models import BusyCalendar
from bothways.media.models import Recording
from bothways.notify.models import Message
from bothways.review.actions.comments import write_comment
from bothways.review.actions.meetings import open_meeting
from bothways.review.models import CalibrationRun, GoldRating
from tests.factories import (
    Cast,
    make_file,
    make_interview,
    make_kit_version,
    make_request,
    make_submitted_interview,
    make_token,
    make_written_answer,
)
from tests.factories.asking import make_clip, make_feedback_clip, make_inquiry, make_published
from tests.factories.booking import make_slot
from tests.factories.calibrating import make_gold
from tests.factories.following import make_answered, make_prompt_try, make_try
from tests.factories.preparing import make_captions, make_transcript
from tests.factories.review import make_shared

EVERYBODY = {"owner", "recruiter", "reviewer", "auditor"}
OWNER = {"owner"}
RECRUITING = {"owner", "recruiter"}
READING = {"owner", "recruiter", "auditor"}
AUDITING = {"owner", "auditor"}
WATCHING = {"owner", "recruiter", "reviewer"}
RATING = {"reviewer"}

WHO = {
    "team:home": EVERYBODY,
    "team:members-list": EVERYBODY,
    "team:members-invite": OWNER,
    "team:members-edit": OWNER,
    "team:members-deactivate": OWNER,
    "team:members-reactivate": OWNER,
    "team:members-revoke": OWNER,
    "team:settings-edit": OWNER,
    "team:profile-edit": EVERYBODY,
    "team:calendars-list": EVERYBODY,
    "team:calendars-feed": EVERYBODY,
    "team:calendars-feed-close": EVERYBODY,
    "team:calendars-read": RATING,
    "team:calendars-remove": RATING,
    "team:calendars-file": RATING,
    "team:outbox-list": OWNER,
    "team:outbox-read": OWNER,
    "team:faults-list": RECRUITING,
    "team:lanes-list": OWNER,
    "team:lanes-retry": OWNER,
    "team:audit-list": AUDITING,
    "team:organizations-list": EVERYBODY,
    "team:positions-list": READING,
    "team:positions-new": RECRUITING,
    "team:positions-edit": RECRUITING,
    "team:positions-close": RECRUITING,
    "team:positions-reopen": RECRUITING,
    "team:people-list": READING,
    "team:people-export": READING,
    "team:promises-position": READING,
    "team:survey-position": READING,
    "team:promises-release": OWNER,
    "team:people-detail": READING,
    "team:people-link": RECRUITING,
    "team:board-position": READING,
    "team:board-column": READING,
    "team:board-move": READING,
    "team:board-moves": READING,
    "team:progress-position": READING,
    "team:progress-export": READING,
    "team:hidden_words-edit": RECRUITING,
    "team:invitations-new": RECRUITING,
    "team:invitations-change": RECRUITING,
    "team:imports-new": RECRUITING,
    "team:imports-example": RECRUITING,
    "team:imports-detail": RECRUITING,
    "team:imports-report": RECRUITING,
    "team:imports-confirm": RECRUITING,
    "team:open_links-list": RECRUITING,
    "team:open_links-create": RECRUITING,
    "team:open_links-close": RECRUITING,
    "team:open_links-qr": RECRUITING,
    "team:stages-list": READING,
    "team:stages-new": RECRUITING,
    "team:stages-edit": RECRUITING,
    "team:stages-talks": RECRUITING,
    "team:stages-move": RECRUITING,
    "team:stages-remove": RECRUITING,
    "team:gold-list": RECRUITING,
    "team:gold-switch": RECRUITING,
    "team:gold-let-in": RECRUITING,
    "team:gold-edit": RECRUITING,
    "team:gold-retire": RECRUITING,
    "team:gold-record": RECRUITING,
    "team:gold-kept": RECRUITING,
    "team:gold-open": RECRUITING,
    "team:gold-take": {"owner"},
    "team:gold-finish": {"owner"},
    "team:gold-choose": {"owner"},
    "team:calibration-begin": RATING,
    "team:calibration-run": RATING,
    "team:calibration-save": RATING,
    "team:calibration-rate": RATING,
    "team:calibration-media": RATING,
    "team:calibration-captions": RATING,
    "team:kits-list": EVERYBODY,
    "team:kits-new": RECRUITING,
    "team:kits-edit": EVERYBODY,
    "team:kits-version": EVERYBODY,
    "team:kits-words": RECRUITING,
    "team:kits-rename": RECRUITING,
    "team:kits-weights": RECRUITING,
    "team:kits-reading": RECRUITING,
    "team:kits-publish": RECRUITING,
    "team:kits-draft": RECRUITING,
    "team:kits-discard": RECRUITING,
    "team:questions-add": RECRUITING,
    "team:questions-edit": RECRUITING,
    "team:questions-move": RECRUITING,
    "team:questions-duplicate": RECRUITING,
    "team:questions-remove": RECRUITING,
    "team:questions-keep": RECRUITING,
    "team:prompts-record": RECRUITING,
    "team:prompts-remove": RECRUITING,
    "team:prompts-open": RECRUITING,
    "team:prompts-take": RECRUITING,
    "team:prompts-finish": RECRUITING,
    "team:prompts-choose": RECRUITING,
    "team:captions-edit": RECRUITING,
    "team:captions-save": RECRUITING,
    "team:captions-import": RECRUITING,
    "team:captions-speech": RECRUITING,
    "team:captions-file": EVERYBODY,
    "team:captions-subrip": EVERYBODY,
    "team:library-list": EVERYBODY,
    "team:library-new": RECRUITING,
    "team:library-edit": RECRUITING,
    "team:library-remove": RECRUITING,
    "team:library-use": RECRUITING,
    "team:previews-start": RECRUITING,
    "team:review-list": WATCHING,
    "team:review-interview": WATCHING,
    "team:review-question": WATCHING,
    "team:review-overall": RATING,
    "team:review-turn": RATING,
    "team:review-round": RATING,
    "team:review-hand-in": RATING,
    "team:review-save": RATING,
    "team:review-pin": RATING,
    "team:review-pin-form": RATING,
    "team:review-change": RATING,
    "team:review-known": RATING,
    "team:review-kept": set(),  # Nobody without something written about an interview that is no longer theirs.
    "team:assignments-stage": RECRUITING,
    "team:review-opened": WATCHING,
    "team:review-played": WATCHING,
    "team:review-read": WATCHING,
    "team:review-media": WATCHING,
    "team:review-captions": WATCHING,
    "team:review-file": WATCHING,
    "team:talk-list": EVERYBODY,
    "team:talk-interview": READING,
    "team:talk-thread": READING,
    "team:talk-news": READING,
    "team:talk-read": READING,
    "team:talk-edit": OWNER,
    "team:talk-withdraw": OWNER,
    "team:profile-notices": EVERYBODY,
    "team:search-answers": WATCHING,
    "team:compare": EVERYBODY,
    "team:compare-reveal": RECRUITING,
    "team:exports-ratings-csv": EVERYBODY,
    "team:exports-ratings-xlsx": EVERYBODY,
    "team:exports-scorecards": READING,
    "team:shares-list": RECRUITING,
    "team:shares-new": RECRUITING,
    "team:shares-edit": RECRUITING,
    "team:shares-renew": RECRUITING,
    "team:shares-revoke": RECRUITING,
    "team:compare-chosen": EVERYBODY,
    "team:compare-shortlist": RECRUITING,
    "team:compare-side": EVERYBODY,
    "team:compare-bulk": RECRUITING,
    "team:compare-reconcile": RECRUITING,
    "team:requests-list": RECRUITING,
    "team:requests-detail": RECRUITING,
    "team:requests-hand-over": RECRUITING,
    "team:published-list": RECRUITING,
    "team:published-new": RECRUITING,
    "team:published-edit": RECRUITING,
    "team:published-move": RECRUITING,
    "team:published-take-back": RECRUITING,
    "team:follow-ups-list": WATCHING,
    # Only who has no rating to hand in first: the owner and the recruiter; a reviewer's is not in.
    "team:follow-ups-new": RECRUITING,
    "team:follow-ups-record": RECRUITING,
    "team:follow-ups-clips": RECRUITING,
    "team:follow-ups-clip": OWNER,
    "team:follow-ups-finish": OWNER,
    "team:follow-ups-choose": OWNER,
    "team:follow-ups-take-back": RECRUITING,
    "team:follow-ups-heard": RECRUITING,
    "team:follow-ups-release": RECRUITING,
    "team:follow-ups-captions": RECRUITING,
    "team:inquiries-list": RECRUITING,
    "team:inquiries-detail": RECRUITING,
    "team:inquiries-hand-over": RECRUITING,
    "team:inquiries-close": RECRUITING,
    "team:inquiries-captions": RECRUITING,
    "team:inquiries-record": RECRUITING,
    "team:inquiries-clips": RECRUITING,
    # Only who recorded it: here the owner.
    "team:inquiries-clip": OWNER,
    "team:inquiries-finish": OWNER,
    "team:inquiries-choose": OWNER,
    "team:feedback-list": READING,
    "team:feedback-edit": RECRUITING,
    "team:feedback-drop": RECRUITING,
    "team:feedback-captions": RECRUITING,
    "team:feedback-record": RECRUITING,
    "team:feedback-clips": RECRUITING,
    "team:feedback-clip": OWNER,
    "team:feedback-finish": OWNER,
    "team:feedback-choose": OWNER,
    "team:agreement-stage": READING,
    "team:agreement-rater": RECRUITING,
    "team:live-list": EVERYBODY,
    # Only who hosts it, here Bo, and who recruits.
    "team:live-move": WATCHING,
    "team:live-cancel": WATCHING,
    "team:live-missed": WATCHING,
    "team:live-held": WATCHING,
    "team:live-invite": RECRUITING,
    "team:hours-edit": WATCHING,
    "team:hours-day": WATCHING,
    "team:hours-clear": WATCHING,
    "team:decisions-list": READING,
    "team:decisions-interview": READING,
    "team:reversals-new": RECRUITING,
    "team:meeting-new": RECRUITING,
    "team:meeting-read": RECRUITING,
    "team:meeting-item": RECRUITING,
    "team:meeting-reveal": RECRUITING,
    "team:meeting-close": RECRUITING,
}
WITHOUT_ORGANIZATION = {"team:choose", "team:styles"}
GOLD_CALLS = ("record", "kept", "open", "take", "finish", "choose")
"""What is asked for a question that can have gold answers. A try is there for who made it, here Ada."""
WITHOUT_ANSWER = {"candidate:own-captions", "candidate:ask-captions", "candidate:calendar_file"}
"""What is not there before somebody has answered."""
REFUSED = (401, 403, 404)


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry


ALL = dict(patterns(get_resolver()))
TEAM = sorted(name for name in ALL if name.startswith("team:") and name not in WITHOUT_ORGANIZATION)
CANDIDATE = sorted(name for name in ALL if name.startswith("candidate:"))


class Things:
    """One of everything that an address can name."""

    def __init__(self, cast: Cast) -> None:
        organization = cast.organization
        draft = make_kit_version(cast.ada, state="draft")
        interview = make_submitted_interview(cast.stage, cast.kit_version)
        make_transcript(interview.answers.first().chosen_take.recording)
        recording = Recording.objects.create(organization=organization, kind="video")
        inquiry = make_inquiry(interview, on_video=True)
        make_transcript(inquiry.recording)
        said = make_feedback_clip(interview, cast.ada)
        Feedback.objects.create(organization=organization, interview=interview, recording=said.recording)
        make_transcript(said.recording)
        follow_up = make_answered(interview, cast.ada)
        make_transcript(follow_up.recording)
        invitation = MemberInvitation.objects.create(
            organization=organization,
            email="new@example.org",
            role="reviewer",
            token_digest=digest(new_token()),
            invited_by=cast.ada,
            expires_at=timezone.now() + dt.timedelta(days=1),
        )
        message = Message.objects.create(
            organization=organization, kind="a.b", to_email="x@example.org", language="en", subject="x", body_text="x"
        )
        question = draft.questions.get(place=2)
        prompt = Prompt.objects.create(
            organization=organization,
            subject_id=question.id,
            client_key=new_id(),
            recording=recording,
            member=cast.ada,
        )
        captions = make_captions(recording, cast.ada)
        KitVersion.objects.filter(id=cast.kit_version.id).update(welcome_prompt=recording, welcome_captions=captions)
        create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)
        csv_import = CsvImport.objects.create(
            organization=organization, stage=cast.stage, created_by=cast.rafael, expires_at=timezone.now()
        )
        self.arguments: dict[str, Any] = {
            "organization": organization.slug,
            "member_id": cast.bo.id,
            "invitation_id": invitation.id,
            "message_id": message.id,
            "slot_id": make_slot(cast, name="Ida Booked").id,
            "calendar_id": BusyCalendar.objects.create(
                organization=organization, member=cast.bo, name="Work", sealed_address=seal("https://x.example/")
            ).id,
            "position_id": cast.position.id,
            "stage_id": cast.stage.id,
            "kit_id": draft.kit_id,
            "version_id": draft.id,
            "number": draft.number,
            "question_id": question.id,
            "kind": "question",
            "subject_id": question.id,
            "prompt_id": prompt.id,
            "captions_id": captions.id,
            "kept_id": LibraryQuestion.objects.create(organization=organization, text="Kept?").id,
            "interview_id": interview.id,
            "import_id": csv_import.id,
            "request_id": make_request(interview).id,
            "inquiry_id": inquiry.id,
            "follow_up_id": follow_up.id,
            "published_id": make_published(inquiry).id,
            "recording_id": inquiry.recording_id,
            "clip_id": make_clip(interview, inquiry, cast.ada).id,
            "try_id": said.id,
            "share_id": make_shared(cast.rafael, interview)[0].id,
            "comment_id": write_comment(
                actor=cast.actor(cast.ada), interview=interview, words="Listen.", client_key=new_id()
            ).id,
            "outcome": "advance",
            "column": "to_review",
            "meeting_id": open_meeting(
                actor=cast.actor(cast.ada), stage=cast.stage, members=[], interviews=[interview]
            ).id,
            "answer_id": interview.answers.first().id,
            "take_id": interview.answers.first().chosen_take_id,
            "place": 1,
        }
        # A file stands in an answer of its own, because what is chosen is a take or something else.
        second = cast.kit_version.questions.get(place=2)
        second.answer_kind = "files"
        second.save()
        interview.answers.filter(question=second).delete()
        answer = make_written_answer(interview, second, options=[])
        self.arguments["file_id"] = make_file(answer).id
        gold = make_gold(cast.ada, cast.kit_version, 1)
        self.arguments["gold_id"] = gold.id
        run = CalibrationRun.objects.create(organization=organization, member=cast.bo, kit=cast.kit_version.kit)
        GoldRating.objects.create(organization=organization, run=run, gold=gold, place=1)
        make_transcript(gold.recording)
        self.arguments["run_id"] = run.id
        self.own = {
            **{f"team:gold-{name}": {"question_id": gold.question_id} for name in GOLD_CALLS},
            "team:review-file": {"answer_id": answer.id},
            "team:follow-ups-captions": {"recording_id": follow_up.recording_id},
            **{
                f"team:follow-ups-{name}": {"clip_id": make_prompt_try(interview, cast.ada).id}
                for name in ("clip", "finish", "choose")
            },
            **{
                f"candidate:follow-up-clip{name}": {"clip_id": make_try(follow_up).id}
                for name in ("", "-finish", "-choose")
            },
            "team:review-round": {"question_id": cast.kit_version.questions.get(place=1).id},
        }

    def address(self, name: str, **more: Any) -> str:
        wanted = [*ALL[name].pattern.converters, "organization" if name.startswith("team:") else "token"]
        known = {**self.arguments, **self.own.get(name, {}), **more}
        return reverse(name, kwargs={key: known[key] for key in wanted})


@pytest.fixture
def things(cast: Cast) -> Things:
    return Things(cast)


def ask(client: Client, address: str) -> int:
    """The status of a GET, or of an empty POST where the address takes no GET."""
    answer = client.get(address)
    return client.post(address).status_code if answer.status_code == 405 else answer.status_code


def signed_in(member: Member) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_the_table_names_every_address():
    assert set(WHO) == set(TEAM)


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """What one address changed is not there for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def statuses(client: Client, things: Things, names: list[str], **more: Any) -> dict[str, int]:
    found = {}
    for name in names:
        with undone():
            found[name] = ask(client, things.address(name, **more))
    return found


def test_nobody_is_asked_to_sign_in(things: Things):
    assert {name: status for name, status in statuses(Client(), things, TEAM).items() if status not in (302, 401)} == {}


def test_a_member_of_another_organization_learns_nothing(cast: Cast, things: Things):
    found = statuses(signed_in(cast.cleo), things, TEAM)
    assert {name: status for name, status in found.items() if status != 404} == {}


def test_things_of_others_are_not_found_under_the_own_address(cast: Cast, things: Things):
    with_things = [name for name in TEAM if ALL[name].pattern.converters]
    found = statuses(signed_in(cast.cleo), things, with_things, organization=cast.other_organization.slug)
    assert {name: status for name, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_each_role_is_let_in_where_the_table_says(role: str, cast: Cast, things: Things):
    member = {"owner": cast.ada, "recruiter": cast.rafael, "reviewer": cast.bo, "auditor": cast.audrey}[role]
    found = statuses(signed_in(member), things, TEAM)
    assert {name: status for name, status in found.items() if status >= 500} == {}
    let_in = {name for name, status in found.items() if status not in REFUSED}
    assert let_in == {name for name in TEAM if role in WHO.get(name, ())}


@pytest.mark.parametrize("name", CANDIDATE)
def test_a_candidates_page_opens_for_its_link_only(name: str, cast: Cast, things: Things):
    interview = make_interview(cast.stage, cast.kit_version, "Dee Okafor")
    token = make_token(interview)
    strange = things.arguments["take_id"]
    assert ask(Client(), things.address(name, token="x" * 43)) == 404
    status = ask(Client(raise_request_exception=False), things.address(name, token=token, take_id=strange))
    assert status < 500
    others = {"take_id", "clip_id", "file_id", "follow_up_id"} & set(ALL[name].pattern.converters)
    is_missing = bool(others) or name in WITHOUT_ANSWER
    assert (status == 404) == is_missing, "another candidate's take or file is not found"
    interview.tokens.update(revoked_at=timezone.now())
    assert ask(Client(), things.address(name, token=token)) in (404, 410)
