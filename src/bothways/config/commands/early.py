"""Options that decide settings: read before Django is, and kept in the environment for child processes too."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 only compared with


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", help="folder of the data")


def add_lane(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lane", choices=("short", "media", "words"), help="only this lane; all when left out")


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for other devices too")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--cert", help="certificate file (PEM), so that other devices can record")
    parser.add_argument("--key", help="key file (PEM) of the certificate")


def apply(arguments: Sequence[str], *, default_data: str) -> None:
    """Set BOTHWAYS_DATA_DIR, BOTHWAYS_BASE_URL and the lane of a cluster from the options, where they are given."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_data(parser)
    add_lane(parser)
    add_address(parser)
    options, _ = parser.parse_known_args(arguments)
    data = options.data or os.environ.get("BOTHWAYS_DATA_DIR") or default_data
    os.environ["BOTHWAYS_DATA_DIR"] = str(Path(data).absolute())
    host = "localhost" if options.host in ("127.0.0.1", *ANY_ADDRESS) else options.host
    os.environ.setdefault("BOTHWAYS_BASE_URL", f"{'https' if options.cert else 'http'}://{host}:{options.port}")
    if options.lane:
        os.environ["Q_CLUSTER_NAME"] = options.lane
