"""The talks that the demo begins with."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.config.demo.talks import NOTICE_HOURS, talk_now, talk_tomorrow
from bothways.live.models import Availability, DayOverride, Slot
from bothways.live.queries.hours import require_open
from tests.factories import Cast
from tests.factories.scheduling import make_live_stage


@pytest.mark.parametrize("hour", [3, 10, 20])
def test_one_is_tomorrow_and_the_room_of_the_other_is_open_now(cast: Cast, hour: int) -> None:
    with time_machine.travel(dt.datetime(2027, 2, 6, hour, 57, tzinfo=dt.UTC), tick=False):
        stage = make_live_stage(cast)
        talk_tomorrow(stage, cast.rafael, [cast.bo, cast.ines])
        talk_now(stage, cast.rafael, cast.bo)
        now, tomorrow = Slot.objects.order_by("starts_at")
        assert dt.timedelta(0) < now.starts_at - timezone.now() < dt.timedelta(minutes=15)
        assert require_open(now.interview.room) == now
        assert [host.member for host in now.hosts.all()] == [cast.bo]
        assert (tomorrow.starts_at - timezone.now()).total_seconds() > 3600
        assert set(Availability.objects.values_list("notice_hours", flat=True)) == {NOTICE_HOURS}
        assert not DayOverride.objects.filter(day=now.starts_at.date()).exists()
