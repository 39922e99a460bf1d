"""Going on with another device: a fresh link by mail, and a code for the camera of a phone."""

import re

import pytest
import segno
import time_machine
from django.conf import settings
from django.utils import timezone

from bothways.interviews.models import AccessToken
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message
from tests.interviews.taking_part import preview_of
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text


def test_the_mail_carries_a_fresh_link_that_opens(agreed: Visitor):
    page = text(agreed.post("link/", follow=True))
    address = agreed.interview.application.candidate.email
    assert f"The link is on its way to {address}." in page
    message = Message.objects.get(kind="interviews.another_device")
    assert message.to_email == address
    body, _html = with_links(message)
    link = re.search(r"http://\S+/i/\S+/(?=\s)", body)[0]
    assert agreed.token not in link
    assert agreed.client.get(link.removeprefix(settings.BASE_URL)).status_code == 200
    assert agreed.get().status_code == 200, "the other links still work"


def test_three_an_hour(agreed: Visitor):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _each in range(3):
            agreed.post("link/")
        assert "Three mails with your link are on their way." in text(agreed.post("link/", follow=True))
        assert Message.objects.count() == 3
        clock.shift(3601)
        agreed.post("link/")
        assert Message.objects.count() == 4


def test_a_preview_mails_nothing(cast):
    page = visitor(preview_of(cast.kit_version))
    assert "In a preview no mail goes out." in text(page.post("link/", follow=True))
    assert not Message.objects.exists()


def test_it_is_no_address_to_look_at(agreed: Visitor):
    assert agreed.get("link/").status_code == 405
    assert not AccessToken.objects.filter(purpose="another_device").exists()


@pytest.mark.parametrize("path", ["questions/"])
def test_the_code_is_the_own_link_and_has_no_style_of_its_own(agreed: Visitor, path):
    page = agreed.get(path).content.decode()
    drawing = page.split('aria-label="QR code of your link">')[1].split("</div>")[0]
    wanted = segno.make(settings.BASE_URL + agreed.url(), error="m", micro=False)
    assert drawing == wanted.svg_inline(light="#fff", svgclass=None, lineclass=None, omitsize=True)
    assert "style=" not in drawing and "class=" not in drawing
