"""Captions made from what a machine heard: words with their times become cues that can be read.

A cue ends where a sentence ends or the speaker pauses; a long sentence is parted, after a comma if there is one.
Each has at most two lines, stays one to seven seconds, and ends a little before the next begins (`lib/reading.py`).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest

from bothways.lib.reading import GAP_MS, LINES, LONGEST_MS, PER_SECOND, SHORTEST_MS, in_lines, width
from bothways.lib.webvtt import Cue, clean_text
from bothways.media.utterances import Utterance, Word, is_timed

PAUSE_MS = 700
"""A silence that ends a caption."""

_SENTENCE_ENDS = (".", "!", "?", "…", "؟", "۔", "।", "。", "！", "？")
_CLOSING = "\"'”’»)]」』"
_COMMAS = (",", ";", ":", "،", "、", "，", "—", "–")


def spoken_cues(utterances: Iterable[Utterance], duration_ms: int) -> list[Cue]:
    """Cues for a recording that lasts `duration_ms`, in order, none over another. No word is left out."""
    phrases = [
        piece
        for utterance in utterances
        for sentence in _sentences(_timed_words(utterance))
        for piece in _pieces(sentence)
    ]
    return _timed(_without_flashes(sorted(phrases, key=lambda phrase: phrase[0].start_ms)), duration_ms)


def _timed_words(utterance: Utterance) -> list[Word]:
    """Its words; where not all of it is timed, its text is spread over the utterance by length."""
    if is_timed(utterance):
        return [word for word in utterance.words if clean_text(word.text)]
    texts = clean_text(utterance.text).split()
    total, passed, spread = sum(len(text) + 1 for text in texts), 0, []
    for text in texts:
        start, passed = passed, passed + len(text) + 1
        times = (utterance.start_ms + (utterance.end_ms - utterance.start_ms) * at // total for at in (start, passed))
        spread.append(Word(*times, text, 1.0))
    return spread


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    """Stretches that end with a sentence or before a pause."""
    sentences: list[list[Word]] = []
    for number, word in enumerate(words):
        if number == 0 or _is_break(words[number - 1], word):
            sentences.append([])
        sentences[-1].append(word)
    return sentences


def _is_break(word: Word, following: Word) -> bool:
    ends = word.text.strip().rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    return ends or following.start_ms - word.end_ms >= PAUSE_MS


def _pieces(words: list[Word]) -> list[list[Word]]:
    """A stretch in pieces, each of which fits into a cue. One word is never parted."""
    if len(words) < 2 or _fits(words):
        return [words]
    place = min(range(1, len(words)), key=lambda place: _detour(words, place))
    return [*_pieces(words[:place]), *_pieces(words[place:])]


def _fits(words: Sequence[Word]) -> bool:
    lines = in_lines(_joined(words)).count("\n") + 1
    return lines <= LINES and words[-1].end_ms - words[0].start_ms <= LONGEST_MS


def _detour(words: Sequence[Word], place: int) -> float:
    """How far from the middle a stretch would be parted. A comma and a breath are worth going further."""
    before, after = width(_joined(words[:place])), width(_joined(words[place:]))
    breath = max(0, words[place].start_ms - words[place - 1].end_ms) / 50
    return abs(before - after) - breath - (24 if words[place - 1].text.strip().endswith(_COMMAS) else 0)


def _without_flashes(phrases: list[list[Word]]) -> list[list[Word]]:
    """What would be gone before it can be read ("Yes.") is shown with its neighbour, where both fit into one cue."""
    kept: list[list[Word]] = []
    for phrase in phrases:
        is_short = bool(kept) and phrase[0].start_ms - kept[-1][0].start_ms < SHORTEST_MS + GAP_MS
        if is_short and _fits([*kept[-1], *phrase]):
            kept[-1] = [*kept[-1], *phrase]
        else:
            kept.append(phrase)
    return kept


def _timed(phrases: Sequence[Sequence[Word]], duration_ms: int) -> list[Cue]:
    """Each stays until it can have been read, or until shortly before the next."""
    cues: list[Cue] = []
    for phrase, following in zip_longest(phrases, phrases[1:]):
        text = _joined(phrase)
        next_ms = following[0].start_ms if following else duration_ms + GAP_MS
        start_ms = max(phrase[0].start_ms, cues[-1].end_ms + GAP_MS if cues else 0)
        reading_ms = max(SHORTEST_MS, width(text) * 1000 // PER_SECOND)
        end_ms = min(max(phrase[-1].end_ms, start_ms + reading_ms), start_ms + LONGEST_MS, next_ms - GAP_MS)
        # Words that a machine heard at one and the same time push the later ones on.
        end_ms = min(end_ms if end_ms > start_ms else start_ms + SHORTEST_MS, duration_ms)
        if start_ms < end_ms:
            cues.append(Cue(start_ms, end_ms, in_lines(text)))
        elif cues:
            cues[-1] = Cue(cues[-1].start_ms, cues[-1].end_ms, in_lines(f"{cues[-1].text} {text}"))
    return cues


def _joined(words: Sequence[Word]) -> str:
    """Words as they are written: with spaces, and without between wide characters, whose languages have none."""
    text = words[0].text.strip()
    for before, word in pairwise(words):
        wide = width(before.text.strip()[-1:]) == 2 and width(word.text.strip()[:1]) == 2
        text += ("" if wide else " ") + word.text.strip()
    return clean_text(text)
