"""One web process. Several of them, on several machines, may share one PostgreSQL."""

import argparse
import socket
from pathlib import Path

import uvicorn

from bothways.config.commands import early
from bothways.config.commands.alone import take_place
from bothways.config.commands.beating import keep_beating
from bothways.config.commands.preparing import collect_static

LARGEST_FRAME = 256 * 1024
"""Bytes. What a room's socket takes is less (`web/live/limits.py`), and says so; this ends what does not even ask."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    early.add_data(parser)
    early.add_address(parser)


def run(options: argparse.Namespace) -> int:
    refuse_what_cannot_serve(options)
    take_place()
    collect_static()
    keep_beating()
    uvicorn.run(
        "bothways.config.asgi:application",
        host=options.host,
        port=options.port,
        ssl_certfile=options.cert,
        ssl_keyfile=options.key,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=LARGEST_FRAME,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )
    return 0


def refuse_what_cannot_serve(options: argparse.Namespace) -> None:
    """Say in words what stands against serving, before anything is started.

    Raises:
        SystemExit: half a certificate, a file that is not there, or a port that is taken.
    """
    if bool(options.cert) != bool(options.key):
        raise SystemExit("A certificate needs its key: give --cert and --key together. Nothing was started.")
    for path in filter(None, (options.cert, options.key)):
        if not Path(path).is_file():
            raise SystemExit(f"There is no file {path}. Nothing was started.")
    with socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise SystemExit(
                f"Port {options.port} cannot be used ({error.strerror}). Nothing was started. "
                f"End the other program or choose another port with --port."
            ) from error
