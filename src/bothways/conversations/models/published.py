from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bothways.lib.rows import OrganizationRow


class PublishedAnswer(OrganizationRow):
    """A question and its answer as every candidate of a position reads them: edited, and naming nobody.

    It stays when the inquiry it began with is erased, because nothing in it tells who asked.
    """

    position = models.ForeignKey("positions.Position", on_delete=models.CASCADE, related_name="published_answers")
    inquiry = models.OneToOneField(
        "conversations.Inquiry", null=True, on_delete=models.SET_NULL, related_name="published"
    )
    place = models.PositiveSmallIntegerField()
    question = models.TextField(_("question"), max_length=500)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    recording = models.OneToOneField("media.Recording", null=True, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(question="") & (~Q(answer="") | Q(recording__isnull=False)),
                name="conversations_published_says_something",
            )
        ]
        indexes = [models.Index(fields=["position", "place"], name="conversations_published_order")]

    def __str__(self) -> str:
        return f"published answer {self.place} of {self.position_id}"
