from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    RECRUITER = "recruiter", _("Recruiter")
    REVIEWER = "reviewer", _("Reviewer")
    AUDITOR = "auditor", _("Auditor")


class Member(OrganizationRow):
    """A user in an organization, with one role. Never deleted, because what they did stays on record.

    `lead` is told when a promise of this member is near its end; where there is none, the owners are.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    title = models.CharField(_("what candidates read under the name"), max_length=120, blank=True)
    languages = models.JSONField(default=list, help_text="in which this person rates; empty for all")
    is_active = models.BooleanField(default=True)
    lead = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="accounts_member_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="accounts_member_role"),
        ]

    def __str__(self) -> str:
        return self.user.name


class MemberInvitation(OrganizationRow):
    """Somebody is asked to join the team. The mailed token is stored as a digest only."""

    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    token_digest = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="accounts_member_invitation_role")
        ]

    def __str__(self) -> str:
        return self.email
