"""What is said in a candidate's own takes, for the pages that list the answers."""

from bothways.interviews.queries.candidate_page import CandidatePage
from bothways.interviews.queries.transcripts import OwnWords, words_of_takes


def chosen_words(page: CandidatePage) -> dict[int, OwnWords]:
    """The words of each answer by the place of its question, those without any left out. One query."""
    chosen = {shown.place: shown.progress.chosen for shown in page.questions}
    words = words_of_takes(page.interview, [take for take in chosen.values() if take])
    return {place: words[take.recording_id] for place, take in chosen.items() if take and take.recording_id in words}
