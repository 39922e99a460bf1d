"""Which questions are the same question: asked in the same words, and rated against the same anchors."""

import hashlib
import json

from bothways.kits.models import AskedQuestion


def wording_of(question: AskedQuestion) -> str:
    """The same for the copies of a question through the versions of a kit, until its words or anchors change.

    Who asks, the recording and the times are not in it: the question stays what it is.
    """
    words = (
        question.text,
        question.anchor_1,
        question.anchor_3,
        question.anchor_5,
        question.answer_kind,
        list(question.options),
    )
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()
