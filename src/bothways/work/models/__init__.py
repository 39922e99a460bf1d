from .job import Job, JobState, Lane
from .uptime import ServerPart, Uptime

__all__ = ["Job", "JobState", "Lane", "ServerPart", "Uptime"]
