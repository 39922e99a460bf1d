"""Secrets that open something: random, and stored only as a digest."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> bytes:
    """What is stored of a token. The token carries 256 bits of its own, so that a plain SHA-256 cannot be searched."""
    return hashlib.sha256(token.encode()).digest()
