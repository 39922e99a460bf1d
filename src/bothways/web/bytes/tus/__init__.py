"""A tus 1.0 server (https://tus.io/protocols/resumable-upload): core, creation, creation-with-upload,
creation-defer-length, checksum, termination, expiration.

It knows a `Store` for the bytes and a `Gate` for who may send what, and nothing else of the product.
"""

from .asked import Asked
from .desk import Desk
from .gate import Gate, Grant, LengthRefused
from .limits import Limits
from .server import TusServer
from .turns import Turns

__all__ = ["Asked", "Desk", "Gate", "Grant", "LengthRefused", "Limits", "Turns", "TusServer"]
