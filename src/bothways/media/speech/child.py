"""The process of the local engine: it takes on its limits, loads the model, and then answers one request after another.

Standard input and output carry one JSON line each: {"path", "language", "goes_on"} and {"heard": {...}} or
{"failed": {"words", "permanent"}}. It ends when nobody asks any more. Started by `bothways.media.speech.process`.
"""

import ctypes
import importlib
import json
import os
import resource
import select
import signal
import sys
from pathlib import Path
from typing import Any, TextIO

from bothways.media.speech.contract import SpeechFailure
from bothways.media.utterances import as_json

IDLE_S = 600
"""A model that nobody needs for so long gives its memory back."""

_PR_SET_PDEATHSIG = 1


def main(order: str) -> None:
    """`order` is JSON: folder, threads, memory_bytes, niceness."""
    wanted = json.loads(order)
    _take_on_limits(wanted["memory_bytes"], wanted["niceness"])
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        # Imported here, because it takes memory and so the limits come first.
        hearing = importlib.import_module("bothways.media.speech.hearing")
        ear = hearing.Ear(Path(wanted["folder"]), wanted["threads"])
    except Exception as error:  # whatever it was, the administrator reads it
        sys.stdin.readline()
        _say(answers, {"failed": {"words": f"The model could not be loaded: {error}", "permanent": True}})
        return
    while select.select([sys.stdin], [], [], IDLE_S)[0] and (line := sys.stdin.readline()):
        _say(answers, _answer(ear, json.loads(line)))


def _answer(ear: Any, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        heard = ear.hear(Path(asked["path"]), asked["language"], goes_on=asked["goes_on"])
    except SpeechFailure as failure:
        return {"failed": {"words": str(failure), "permanent": failure.permanent}}
    except MemoryError:
        words = "The engine needs more memory than BOTHWAYS_SPEECH_MEMORY_MB allows."
        return {"failed": {"words": words, "permanent": True}}
    except Exception as error:  # whatever it was, the administrator reads it
        return {"failed": {"words": f"The engine failed: {type(error).__name__}: {error}", "permanent": True}}
    return {"heard": {"utterances": as_json(heard.utterances), "until_ms": heard.until_ms}}


def _take_on_limits(memory_bytes: int, niceness: int) -> None:
    if sys.platform == "linux":
        # A worker that is killed must not leave an engine behind which nobody listens to.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(niceness)


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
