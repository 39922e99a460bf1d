"""Links that sign somebody in: mailed to the person, or printed by the command line."""

import datetime as dt
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

from bothways.accounts.models import User

MAILED_LIFETIME = dt.timedelta(minutes=15)
_SALT = "bothways.accounts.sign_in"


def sign_in_token(user: User, *, lifetime: dt.timedelta = MAILED_LIFETIME, once: bool = True) -> str:
    """A signed token that opens one account until it ends, and only once unless it is made for a demonstration.

    Nothing is stored: a token that works once carries a fingerprint of the password and the last sign-in, and both
    change when it is used.
    """
    until = dt.datetime.now(dt.UTC) + lifetime
    content: dict[str, Any] = {"user": str(user.id), "until": int(until.timestamp())}
    if once:
        content["stamp"] = _stamp(user)
    return signing.dumps(content, salt=_SALT, compress=False)


def user_of_token(token: str) -> User | None:
    """Whom this token signs in, or None where it is forged, over, or used."""
    try:
        content = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(id=content["user"], is_active=True).first()
    if user is None or content["until"] < dt.datetime.now(dt.UTC).timestamp():
        return None
    if "stamp" in content and content["stamp"] != _stamp(user):
        return None
    return user


def _stamp(user: User) -> str:
    return salted_hmac(_SALT, f"{user.password}{user.last_login}{user.email}").hexdigest()[:32]
