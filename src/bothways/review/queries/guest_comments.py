"""What a guest reads of the talk about an answer: their own comments, and others' where their link says so."""

import uuid
from collections import defaultdict

from django.db.models import Q

from bothways.review.models import Comment, Share


def comments_for_guest(share: Share, interview_id: uuid.UUID) -> dict[uuid.UUID, list[Comment]]:
    """By question, the oldest first, without those that were taken back. One query.

    Of questions that are not shown nothing is read. Of others' comments those that another guest wrote are among them.
    """
    if not share.shows_answers:
        return {}
    whose = Q() if share.shows_comments else Q(share=share)
    found = Comment.objects.filter(
        whose, interview=interview_id, organization=share.organization_id, withdrawn_at=None, question__isnull=False
    )
    by_question: dict[uuid.UUID, list[Comment]] = defaultdict(list)
    for comment in found.select_related("question", "member__user", "share").order_by("created_at", "id"):
        if share.shows_question(comment.question.place):
            by_question[comment.question_id].append(comment)
    return by_question


def own_comment(share: Share, comment_id: uuid.UUID) -> Comment | None:
    """One that this guest wrote. One query."""
    return Comment.objects.select_related("interview", "organization").filter(id=comment_id, share=share).first()
