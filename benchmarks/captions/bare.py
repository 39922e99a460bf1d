"""The bare engine: `python bare.py MODEL FILE` prints what it hears in the finished file."""

import sys

from faster_whisper import WhisperModel


def main() -> None:
    model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    segments, _ = model.transcribe(
        sys.argv[2],
        language="en",
        beam_size=1,
        temperature=0.0,
        condition_on_previous_text=False,
        word_timestamps=True,
        vad_filter=True,
    )
    sys.stdout.write(" ".join(segment.text for segment in segments))


if __name__ == "__main__":
    main()
