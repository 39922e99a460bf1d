from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class CsvImportState(models.TextChoices):
    CHECKED = "checked", _("checked, nobody is invited yet")
    DONE = "done", _("invited")


class CsvImport(OrganizationRow):
    """A list of people between its dry run and the decision to invite them. It is forgotten after `expires_at`.

    `rows` holds what was read, one object a person: `line`, `name`, `email`, `language`, `verdict` and `notes`.
    """

    stage = models.ForeignKey("positions.Stage", on_delete=models.CASCADE, related_name="csv_imports")
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=CsvImportState.choices, default=CsvImportState.CHECKED)
    invited_count = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CsvImportState.values), name="interviews_csv_import_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(done_at__isnull=False), name="interviews_csv_import_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.stage_id}"
