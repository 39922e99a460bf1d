"""The periodic work of the job engine itself."""

from bothways.work.actions import beats, jobs
from bothways.work.models import ServerPart
from bothways.work.registry import periodic


@periodic("work.sweep", minutes=1)
def sweep() -> None:
    jobs.sweep()


@periodic("work.beat", minutes=1)
def beat() -> None:
    beats.beat(ServerPart.WORK)
