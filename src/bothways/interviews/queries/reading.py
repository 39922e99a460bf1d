"""How long an answer in writing takes to read: its length on the clock, as a recording has one."""

import math

READ_CHARACTERS_PER_S = 28
"""Reading fast, about 340 words a minute: twice as fast as careful reading. Who reads more slowly needs longer than
this, and nobody who reads everything needs less."""

SHORTEST_READING_MS = 3000
"""To take in a line, a choice or a number together with its question."""


def reading_ms(words: str) -> int:
    """Milliseconds of reading time; never less than the shortest."""
    return max(SHORTEST_READING_MS, math.ceil(len(words) / READ_CHARACTERS_PER_S * 1000))
