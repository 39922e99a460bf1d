"""The background workers: one cluster for short steps, one for long encodes, one for putting speech into words."""

import argparse
import os
import signal
import sys
import time

from django.db import connections
from django.utils import timezone
from django_q.cluster import Cluster

from bothways.config.commands import early
from bothways.config.commands.supervising import Part, supervise
from bothways.work.actions.jobs import sweep, wake_those_due
from bothways.work.actions.schedules import lay_out_schedules
from bothways.work.models import Lane
from bothways.work.queries.stalls import is_stalled

LOOK_EVERY_S = 30
WAKE_EVERY_S = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    early.add_data(parser)
    early.add_lane(parser)


def run(options: argparse.Namespace) -> int:
    if not options.lane:
        return supervise(lane_parts())
    _do_without_pools()
    if options.lane == Lane.SHORT:
        lay_out_schedules()
    sweep()
    connections.close_all()
    cluster = Cluster()
    cluster.start()
    _watch(cluster, options.lane)
    return 0


def _watch(cluster: Cluster, lane: str) -> None:
    """Stay until the cluster ends, and wake it for what was put off until now.

    A lane that stands still is ended hard: whoever started it starts it again.

    A worker killed while it waits for work takes the lock of the engine's inner queue with it, and its successors wait
    for ever. From outside, that looks like work that is due and never begun.
    """
    woken, looked = timezone.now(), time.monotonic()
    while cluster.sentinel.is_alive():
        cluster.sentinel.join(WAKE_EVERY_S)
        woken = wake_those_due(lane=lane, since=woken)
        if time.monotonic() - looked < LOOK_EVERY_S:
            continue
        looked = time.monotonic()
        if cluster.sentinel.is_alive() and is_stalled(lane):
            sys.stderr.write(f"The {lane} lane stands still; it starts again.\n")
            os.killpg(os.getpgrp(), signal.SIGKILL)
        connections.close_all()


def _do_without_pools() -> None:
    """A cluster forks its workers. Of a pool that they inherit, several would talk on one connection at once."""
    for connection in connections.all():
        connection.settings_dict["OPTIONS"].pop("pool", None)


def lane_parts() -> list[Part]:
    """One cluster a lane. What they need stands in the environment already."""
    data = os.environ["BOTHWAYS_DATA_DIR"]
    return [Part(f"{lane} jobs", ["work", "--data", data, "--lane", lane]) for lane in Lane.values]
