"""Links that sign somebody in."""

import datetime as dt

import time_machine
from django.contrib.auth.models import update_last_login
from django.utils import timezone

from bothways.accounts.actions.sign_in import sign_in_token, user_of_token
from bothways.accounts.models import User
from tests.factories import Cast


def test_a_link_opens_its_own_account(cast: Cast) -> None:
    assert user_of_token(sign_in_token(cast.ada.user)) == cast.ada.user


def test_a_link_is_used_up_by_signing_in(cast: Cast) -> None:
    token = sign_in_token(cast.ada.user)
    update_last_login(User, cast.ada.user)
    assert user_of_token(token) is None


def test_a_new_password_ends_links_that_are_out(cast: Cast) -> None:
    token = sign_in_token(cast.ada.user)
    cast.ada.user.set_password("a quiet river bed")
    cast.ada.user.save()
    assert user_of_token(token) is None


def test_a_link_lapses_after_fifteen_minutes(cast: Cast) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        token = sign_in_token(cast.ada.user)
    with time_machine.travel(now + dt.timedelta(minutes=14, seconds=59), tick=False):
        assert user_of_token(token) == cast.ada.user
    with time_machine.travel(now + dt.timedelta(minutes=15, seconds=1), tick=False):
        assert user_of_token(token) is None


def test_a_forged_link_opens_nothing(cast: Cast) -> None:
    token = sign_in_token(cast.ada.user)
    assert user_of_token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert user_of_token("") is None
    assert user_of_token("a:b:c") is None


def test_a_closed_account_has_no_working_link(cast: Cast) -> None:
    token = sign_in_token(cast.ada.user)
    User.objects.filter(id=cast.ada.user_id).update(is_active=False)
    assert user_of_token(token) is None


def test_a_demonstration_link_works_again_until_it_ends(cast: Cast) -> None:
    now = timezone.now()
    token = sign_in_token(cast.ada.user, lifetime=dt.timedelta(hours=2), once=False)
    update_last_login(User, cast.ada.user)
    assert user_of_token(token) == cast.ada.user
    with time_machine.travel(now + dt.timedelta(hours=2, minutes=1)):
        assert user_of_token(token) is None
