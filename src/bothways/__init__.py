"""Asynchronous video interviews that go both ways."""

__version__ = "0.1.0"
