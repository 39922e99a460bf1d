"""The short marks above a question: which are answered, and where one is."""

from bothways.interviews.queries.candidate_page import CandidatePage


def ticks(page: CandidatePage, here: int) -> list[str]:
    """One word for each question, as it is drawn: now, done, or nothing."""
    return ["now" if one.place == here else "done" if one.progress.is_answered else "" for one in page.questions]
