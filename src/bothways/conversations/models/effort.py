from django.db import models

from bothways.lib.rows import OrganizationRow

FEWEST = 5
"""From so many people on, a mean tells candidates nothing about one of them."""


class Effort(OrganizationRow):
    """What was asked of those who sent answers in a position, and what the team gave them, as it was counted last.

    Seconds. Of people whose answers were erased neither side is counted.
    """

    position = models.OneToOneField("positions.Position", on_delete=models.CASCADE, related_name="effort")
    people = models.PositiveIntegerField(help_text="who sent, and whose answers are still here")
    asked_s = models.PositiveBigIntegerField(help_text="what the kits take them, by their own estimate")
    watched_s = models.PositiveBigIntegerField(help_text="what members played of their answers, or had to read")
    answered_s = models.PositiveBigIntegerField(help_text="answers to their questions, spoken or written")
    recorded_s = models.PositiveBigIntegerField(help_text="the recordings in which they were asked, each once")
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.given_s} of {self.asked_s} s"

    @property
    def given_s(self) -> int:
        return self.watched_s + self.answered_s + self.recorded_s

    @property
    def asked_minutes(self) -> int | None:
        """Of each person on average, in whole minutes; None where too few sent for a mean to tell of nobody."""
        return self._each(self.asked_s)

    @property
    def given_minutes(self) -> int | None:
        """To each person, as `asked_minutes`."""
        return self._each(self.given_s)

    def _each(self, seconds: int) -> int | None:
        return round(seconds / self.people / 60) if self.people >= FEWEST else None
