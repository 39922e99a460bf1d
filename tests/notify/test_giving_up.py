import pytest
from django.utils import timezone

from bothways.notify.actions.messages import give_up
from bothways.notify.models import Message, MessageState
from bothways.work.models import Job, JobState, Lane
from tests.factories import make_organization


@pytest.fixture
def message(db):
    organization = make_organization()
    return Message.objects.create(
        organization=organization, kind="a.b", to_email="x@example.org", language="en", subject="x", body_text="x"
    )


def job_of(message: Message, state: str, error: str = "") -> None:
    Job.objects.create(
        organization=message.organization,
        name="notify.deliver",
        key=f"message:{message.id}",
        payload={"message_id": str(message.id)},
        lane=Lane.SHORT,
        state=state,
        due_at=timezone.now(),
        ended_at=timezone.now() if state == JobState.FAILED else None,
        error=error,
    )


def test_a_mail_whose_last_try_failed_is_said_to_have_failed_and_why(message):
    job_of(message, JobState.FAILED, "Traceback …\nConnectionRefusedError: the mail server does not answer\n")
    assert give_up() == 1
    message.refresh_from_db()
    assert (message.state, message.error) == (
        MessageState.FAILED,
        "ConnectionRefusedError: the mail server does not answer",
    )
    assert give_up() == 0


def test_a_mail_that_is_still_tried_waits(message):
    job_of(message, JobState.WAITING, "Traceback …")
    assert give_up() == 0


def test_a_mail_that_went_out_at_the_last_try_stays_sent(message):
    Message.objects.update(state=MessageState.SENT)
    job_of(message, JobState.FAILED, "The worker died each time.")
    assert give_up() == 0
