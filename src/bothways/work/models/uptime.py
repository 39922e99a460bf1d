from django.db import models

from bothways.lib.ids import new_id


class ServerPart(models.TextChoices):
    WEB = "web"
    WORK = "work"


class Uptime(models.Model):
    """A stretch of time in which a part of the server ran. It says so each minute; between two stretches it was away.

    The server belongs to no organization, and so does this row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    part = models.CharField(max_length=10, choices=ServerPart.choices)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(part__in=ServerPart.values), name="work_uptime_part")]
        indexes = [models.Index(fields=["part", "-last_at"], name="work_uptime_last")]

    def __str__(self) -> str:
        return f"{self.part} until {self.last_at}"
