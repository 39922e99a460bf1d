"""Bytes in and out: uploads at `/u/` after tus 1.0, media at `/d/` with ranges. A Starlette application."""
