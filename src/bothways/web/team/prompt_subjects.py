"""What a page of prompts is about: the subject in its address, and where it leads back to."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bothways.kits.models import KitVersion, LibraryQuestion, PromptSlot, Question
from bothways.kits.queries.subjects import Subject
from bothways.web.team.access import TeamRequest

SIGN = "-sign"
"""Behind the kind of a subject in an address: its slot for sign language."""

_CAPTIONS = "captions__reviewed_by__user"
SUBJECTS = {
    "question": Question.objects.select_related(
        "organization", "kit_version__kit", "asker__user", "prompt", _CAPTIONS, "sign"
    ),
    "library": LibraryQuestion.objects.select_related("organization", "asker__user", "prompt", _CAPTIONS, "sign"),
    "welcome": KitVersion.objects.select_related(
        "organization", "kit", "welcome_by__user", "welcome_prompt", f"welcome_{_CAPTIONS}", "welcome_sign"
    ),
}


def find_subject(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> Subject:
    """The subject of this organization, with all that its pages show; 404 for a kind that there is not."""
    kind = kind.removesuffix(SIGN)
    if kind not in SUBJECTS:
        raise Http404
    return get_object_or_404(SUBJECTS[kind].all(), organization=request.organization, id=subject_id)


def slot_of(kind: str) -> str:
    return PromptSlot.SIGN if kind.endswith(SIGN) else PromptSlot.ASKED


def home_of(request: TeamRequest, subject: Subject) -> str:
    """The page from which the recorder or the captions were opened, and to which they return."""
    slug = request.organization.slug
    if isinstance(subject, KitVersion):
        return reverse("team:kits-words", args=[slug, subject.kit_id])
    if isinstance(subject, Question):
        return reverse("team:questions-edit", args=[slug, subject.id])
    return reverse("team:library-edit", args=[slug, subject.id])
