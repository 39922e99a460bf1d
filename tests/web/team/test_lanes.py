"""The page of background work: what runs, waits and failed, in words, of one's own organization, and trying again."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.media.steps.failure import CODES
from bothways.web.team.lane_words import JOBS, LANES, MEDIA_REASONS, UNEXPECTED, job_words, reason_words
from bothways.work.actions.beats import beat
from bothways.work.actions.jobs import WORKER_DIED
from bothways.work.models import Job, JobState, Lane, ServerPart, Uptime
from bothways.work.registry import HANDLERS
from tests.factories import Cast, make_submitted_interview
from tests.web.team.preparing import signed_in, url


def make_job(cast: Cast, name: str, key: str, state: str = JobState.WAITING, **fields: object) -> Job:
    now = timezone.now()
    times = {"lease_until": now + dt.timedelta(minutes=1), "started_at": now} if state == JobState.RUNNING else {}
    if state in (JobState.DONE, JobState.FAILED):
        times = {"ended_at": now}
    return Job.objects.create(
        **{
            "organization": cast.organization,
            "name": name,
            "key": key,
            "lane": HANDLERS[name].lane,
            "state": state,
            "due_at": now,
            **times,
            **fields,
        }
    )


def page_of(cast: Cast, client: Client, **more: object) -> str:
    answer = client.get(url(cast, "lanes-list"), **more)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_every_job_every_lane_and_every_failure_of_media_has_words() -> None:
    registered = {name for name in HANDLERS if not name.startswith("test.")}
    assert set(JOBS) == registered
    assert set(LANES) == set(Lane.values)
    assert set(MEDIA_REASONS) == CODES


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("crashed: SIGSEGV", MEDIA_REASONS["crashed"]),
        (
            "Traceback\n…\nbothways.media.steps.failure.MediaFailure: too_slow: ran past its time",
            MEDIA_REASONS["too_slow"],
        ),
        ("Traceback\n…\nbothways.media.store.contract.StoreFull: no room", MEDIA_REASONS["disk_full"]),
        ("Traceback\n…\nConnectionRefusedError: [Errno 111]", "The mail server did not answer, or did not take it."),
        (WORKER_DIED, "The worker ended in the middle each time. The machine may be short of memory."),
        ("Traceback\n…\nKeyError: 'crashed'", UNEXPECTED),
        ("", UNEXPECTED),
    ],
)
def test_the_end_of_an_error_tells_why(error: str, words: str) -> None:
    assert str(reason_words(error)) == str(words)


def test_it_shows_what_runs_waits_and_was_done(cast: Cast) -> None:
    now = timezone.now()
    make_job(cast, "media.universal", "a", JobState.RUNNING)
    make_job(cast, "media.universal", "b", due_at=now - dt.timedelta(minutes=7))
    make_job(cast, "media.universal", "c")
    make_job(cast, "media.join", "c", due_at=now + dt.timedelta(minutes=9))
    for number in range(3):
        make_job(cast, "media.sprites", f"{number}", JobState.DONE)
    make_job(cast, "media.sprites", "old", JobState.DONE, ended_at=now - dt.timedelta(hours=2))
    beat(ServerPart.WORK)
    page = page_of(cast, signed_in(cast.ada))
    row = page.partition("Long steps with sound and picture")[2].partition("</tr>")[0]
    since = timezone.localtime(now - dt.timedelta(minutes=7)).strftime("%H:%M:%S")
    for words in (
        "Make a version that plays everywhere<small>since",
        '<b class="num">2</b>, the oldest since',
        since,
        'Make a version that plays everywhere: <span class="num">2</span>',
        "1 is tried again later",
        ">3</td>",
    ):
        assert words in row, words
    assert "No worker runs" not in page
    assert "Workers run: they last said so at" in page
    assert "Nothing failed" in page


def test_it_says_when_no_worker_runs_and_when_a_lane_stands_still(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    assert "None has given a sign yet." in page_of(cast, ada)
    running = make_job(
        cast, "media.universal", "r", JobState.RUNNING, lease_until=timezone.now() + dt.timedelta(hours=1)
    )
    assert "No worker runs" not in page_of(cast, ada)
    running.delete()
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    Uptime.objects.create(part=ServerPart.WORK, started_at=long_ago, last_at=long_ago)
    make_job(cast, "notify.deliver", "m", due_at=long_ago)
    page = page_of(cast, ada)
    assert "The last sign of one was at" in page
    assert "stands still" in page


def test_a_failure_has_what_when_why_and_whose(cast: Cast) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    recording = interview.answers.get(question__place=2).chosen_take.recording
    make_job(
        cast,
        "media.universal",
        f"recording:{recording.id}",
        JobState.FAILED,
        payload={"recording_id": str(recording.id)},
        attempts=5,
        error="Traceback\n<b>secret</b> frames\nbothways.media.steps.failure.MediaFailure: out_of_memory: <i>x</i>",
    )
    page = page_of(cast, signed_in(cast.ada))
    for words in (
        "Make a version that plays everywhere",
        interview.code_name,
        "question 2, take 1",
        "It needs more memory than a step may use.",
        "MediaFailure: out_of_memory: &lt;i&gt;x&lt;/i&gt;",
        "tried 5 times",
    ):
        assert words in page, words
    assert "secret" not in page, "the last line is enough"
    assert "Rarebird" not in page


def test_pressing_tries_again_once_and_says_so(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    one = make_job(cast, "interviews.recount", "a", JobState.FAILED, payload={"position_id": str(cast.position.id)})
    for key in "bc":
        make_job(cast, "interviews.recount", key, JobState.FAILED, payload={"position_id": str(cast.position.id)})

    def press(**which: object) -> str:
        return ada.post(url(cast, "lanes-retry"), which, follow=True).content.decode()

    assert "One piece of work is tried again." in press(job=one.id)
    assert "nothing left to try again" in press(job=one.id)
    assert "2 pieces of work are tried again." in press(name="interviews.recount")
    assert "Nothing failed" in press(name="interviews.recount")
    for nonsense in ({}, {"job": "x"}, {"name": "nobody.knows"}):
        assert "nothing left to try again" in press(**nonsense)
    assert AuditEntry.objects.filter(verb="job.retried").count() == 3


def test_others_see_nothing_of_it_and_nothing_of_others_is_seen(cast: Cast) -> None:
    make_job(cast, "interviews.recount", "theirs", JobState.FAILED)
    make_job(cast, "media.join", "theirs")
    make_job(cast, "media.universal", "theirs", JobState.RUNNING)
    for member in (cast.rafael, cast.bo, cast.audrey):
        assert signed_in(member).get(url(cast, "lanes-list")).status_code == 403
        assert signed_in(member).post(url(cast, "lanes-retry"), {"name": "interviews.recount"}).status_code == 403
    own = signed_in(cast.cleo).get(f"/team/{cast.other_organization.slug}/lanes/").content.decode()
    assert "Nothing failed" in own
    assert str(job_words("media.universal")) not in own
    assert str(job_words("media.join")) not in own


def test_only_what_changes_is_sent_when_it_is_looked_at_again(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    part = page_of(cast, ada, headers={"HX-Request": "true"})
    assert "<html" not in part
    assert "Lanes</h2>" in part
    assert 'hx-trigger="every 10s"' in page_of(cast, ada)
    assert "hx-trigger" not in ada.get(url(cast, "lanes-list"), {"still": "1"}).content.decode()


def test_many_failures_cost_no_more_queries(cast: Cast, django_assert_max_num_queries) -> None:
    ada = signed_in(cast.ada)
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    for number, answer in enumerate(interview.answers.all()):
        payload = {"recording_id": str(answer.chosen_take.recording_id)}
        make_job(cast, "media.universal", f"{number}", JobState.FAILED, payload=payload)
    for number in range(60):
        make_job(cast, "interviews.recount", f"{number}", JobState.FAILED)
    with django_assert_max_num_queries(20):
        page = page_of(cast, ada)
    assert "And 14 older ones." in page
