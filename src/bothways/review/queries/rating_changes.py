"""Ratings that were changed after handing in. The first value stays in the rating; what stands now is asked here."""

from bothways.review.models import Rating


def current_value(rating: Rating) -> int | None:
    """1 to 5, or None for "not enough evidence". No query where `changes` are prefetched, else one.

    For combining and showing. Figures of agreement take `rating.value`, which was given without knowing the others'.
    """
    changes = list(rating.changes.all())
    return changes[-1].new_value if changes else rating.value
