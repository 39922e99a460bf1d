"""How often somebody may do something: counted in fixed windows of time, in the shared cache."""

import hashlib
import time

from django.core.cache import cache


def within_limit(*, what: str, who: str, amount: int, per_s: int) -> bool:
    """Count once more, and tell whether that is still allowed.

    `who` is an address or an identifier; only its hash is kept. Counting is not exact when many come in the same
    moment, which a limit against abuse can bear.
    """
    key = hashlib.sha256(f"{what}:{who}:{int(time.time() // per_s)}".encode()).hexdigest()
    cache.add(f"rate:{key}", 0, per_s)
    try:
        return cache.incr(f"rate:{key}") <= amount
    except ValueError:
        return True  # The window ended between the two calls.
