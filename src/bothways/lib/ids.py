"""Identifiers of rows."""

import uuid

import uuid6


def new_id() -> uuid.UUID:
    """A UUID of version 7: unguessable enough for an address, and ordered by time, so that indexes stay dense."""
    return uuid6.uuid7()
