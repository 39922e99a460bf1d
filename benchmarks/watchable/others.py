"""The others who record meanwhile: `python -m benchmarks.watchable.others PORT FILE`, uploads as JSON on stdin.

Each sends one part a second, as a recorder does, at a moment of the second of its own. The parts come from FILE at the
pace at which it was recorded; at its end it begins anew, without ever finishing.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

from benchmarks.watchable.answer import SECONDS
from benchmarks.watchable.sending import Sender


def main() -> None:
    port, data = int(sys.argv[1]), Path(sys.argv[2]).read_bytes()
    uploads = json.load(sys.stdin)
    # Nobody may drop out unnoticed: the load would be less than is said.
    threading.excepthook = lambda failure: (sys.__excepthook__(*failure[:3]), os._exit(1))
    started = time.monotonic()
    for number, upload in enumerate(uploads):
        sender = Sender(port, upload["upload"], upload["token"])
        begin = started + number / len(uploads)
        threading.Thread(target=_record, args=(sender, data, begin), daemon=True).start()
    sys.stdout.write("recording\n")
    sys.stdout.flush()
    threading.Event().wait()


def _record(sender: Sender, data: bytes, begin: float) -> None:
    size = len(data) // SECONDS
    second = 0
    while True:
        time.sleep(max(0.0, begin + second - time.monotonic()))
        at = second % SECONDS * size
        sender.send(data[at : at + size])
        second += 1


if __name__ == "__main__":
    main()
