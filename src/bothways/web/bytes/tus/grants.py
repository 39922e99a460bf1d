"""Answers of the gate, kept for a few seconds, so that a part costs no look into the database."""

import time
from collections import OrderedDict

from .gate import Gate, Grant

GRANTS_KEPT = 10_000


class Grants:
    """In front of a gate. Only what is allowed is kept: a token that opens nothing is asked about anew each time."""

    def __init__(self, gate: Gate, *, kept_s: float) -> None:
        self._gate = gate
        self._kept_s = kept_s
        self._grants: OrderedDict[str, tuple[Grant, float]] = OrderedDict()

    async def authorize(self, token: str, upload_id: str | None, *, anew: bool = False) -> Grant | None:
        """Like the gate's own; `anew` asks the gate even if its answer is still remembered."""
        grant, until = self._grants.get(token, (None, 0.0))
        if anew or grant is None or time.monotonic() > until:
            grant = await self._gate.authorize(token, upload_id)
            self._keep(token, grant)
        if grant is None or upload_id not in (None, grant.upload_id):
            return None
        return grant

    def forget(self, token: str) -> None:
        """What was answered has changed."""
        self._grants.pop(token, None)

    def _keep(self, token: str, grant: Grant | None) -> None:
        self._grants.pop(token, None)
        if grant is not None:
            self._grants[token] = (grant, time.monotonic() + self._kept_s)
        if len(self._grants) > GRANTS_KEPT:
            self._grants.popitem(last=False)
