"""What every row of the domain has: an identifier, an organization, a birthday."""

from django.db import models

from bothways.lib.ids import new_id


class OrganizationRow(models.Model):
    """A row that belongs to one organization. Every query takes the organization first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey("accounts.Organization", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
