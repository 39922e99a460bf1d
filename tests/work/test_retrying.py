"""What failed is tried again, once, with all its tries, and with the data saying that it waits."""

import datetime as dt

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from bothways.accounts.actions.lanes import retry_failed
from bothways.accounts.models import AuditEntry
from bothways.lib.errors import NotAllowed
from bothways.media.models import Recording, RecordingState
from bothways.notify.models import Message, MessageState
from bothways.work.actions.jobs import enqueue
from bothways.work.models import Job, JobState
from bothways.work.queries.lanes import failed_jobs, failures
from tests.factories import Cast


def failed(cast: Cast, key: str, name: str = "interviews.recount", **fields: object) -> Job:
    return Job.objects.create(
        **{
            "organization": cast.organization,
            "name": name,
            "key": key,
            "payload": {"position_id": str(cast.position.id)},
            "lane": "short",
            "state": JobState.FAILED,
            "due_at": timezone.now() - dt.timedelta(hours=2),
            "ended_at": timezone.now() - dt.timedelta(hours=1),
            "attempts": 5,
            "error": "Traceback …\nStoreFull: no room",
            **fields,
        }
    )


def retry(cast: Cast, member=None, **which: object) -> int:
    return retry_failed(actor=cast.actor(member or cast.ada), organization=cast.organization, **which)


def test_one_is_tried_again_with_all_its_tries_and_on_record(cast: Cast) -> None:
    job = failed(cast, "a")
    failed(cast, "b")
    assert retry(cast, job_id=job.id) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.ended_at) == (JobState.WAITING, 0, "", None)
    assert job.due_at <= timezone.now()
    assert OrmQ.objects.count() == 1
    entry = AuditEntry.objects.get(verb="job.retried")
    assert (entry.thing_id, entry.detail) == (str(job.id), {"name": "interviews.recount", "key": "a"})


def test_twice_is_once(cast: Cast) -> None:
    job = failed(cast, "a")
    assert [retry(cast, job_id=job.id), retry(cast, job_id=job.id), retry(cast, name=job.name)] == [1, 0, 0]
    assert OrmQ.objects.count() == AuditEntry.objects.filter(verb="job.retried").count() == 1


def test_all_of_a_kind_and_nothing_else(cast: Cast) -> None:
    for key in "abc":
        failed(cast, key)
    other = failed(cast, "m", name="notify.deliver", payload={"message_id": str(cast.position.id)})
    assert retry(cast, name="interviews.recount") == 3
    assert failures(cast.organization.id).newest == [other]


def test_what_was_asked_for_again_since_has_not_failed(cast: Cast) -> None:
    failed(cast, "a")
    enqueue(organization_id=cast.organization.id, name="interviews.recount", key="a", payload={})
    assert not failed_jobs(cast.organization.id).exists()
    assert retry(cast, name="interviews.recount") == 0


@pytest.mark.parametrize("name", ["rafael", "bo", "audrey", "cleo"])
def test_only_owners_and_only_of_their_own(cast: Cast, name: str) -> None:
    job = failed(cast, "a")
    with pytest.raises(NotAllowed):
        retry(cast, getattr(cast, name), job_id=job.id)
    elsewhere = {"actor": cast.actor(cast.cleo), "organization": cast.other_organization}
    assert retry_failed(**elsewhere, job_id=job.id) == 0
    assert retry_failed(**elsewhere, name=job.name) == 0
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_recording_and_a_mail_that_were_given_up_wait_again(cast: Cast) -> None:
    recording = Recording.objects.create(
        organization=cast.organization,
        kind="video",
        state=RecordingState.FAILED,
        failure_code="disk_full",
        settled_at=timezone.now(),
    )
    message = Message.objects.create(
        organization=cast.organization,
        kind="a.b",
        to_email="x@example.org",
        language="en",
        subject="x",
        body_text="x",
        state=MessageState.FAILED,
    )
    failed(cast, f"recording:{recording.id}", name="media.settle", payload={"recording_id": str(recording.id)})
    failed(cast, f"message:{message.id}", name="notify.deliver", payload={"message_id": str(message.id)})
    assert retry(cast, name="media.settle") == retry(cast, name="notify.deliver") == 1
    recording.refresh_from_db()
    message.refresh_from_db()
    assert (recording.state, recording.settled_at) == (RecordingState.RECEIVED, None)
    assert message.state == MessageState.WAITING
