from django.db import models

from bothways.lib.rows import OrganizationRow


class Fault(OrganizationRow):
    """Something technical went wrong while a candidate recorded: for the administrator, never for those who rate.

    It outlives its take, because takes that nobody chose are deleted with the sending of the answers.
    """

    interview = models.ForeignKey("interviews.Interview", on_delete=models.CASCADE, related_name="faults")
    take = models.ForeignKey("interviews.Take", null=True, on_delete=models.SET_NULL, related_name="faults")
    place = models.PositiveSmallIntegerField(help_text="of the question")
    segment = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=30, help_text="what the device calls it")
    detail = models.CharField(max_length=500, blank=True)
    browser = models.CharField(max_length=300, blank=True, help_text="as it names itself")

    class Meta:
        indexes = [models.Index(fields=["organization", "-created_at"], name="interviews_fault_recent")]

    def __str__(self) -> str:
        return f"{self.code} in {self.interview_id}"
