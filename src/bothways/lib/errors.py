"""What a verb says when it does not do what it was asked."""


class Refused(Exception):
    """A rule of the product stands against it. `words` are for the person: what happened, what is safe, what to do.

    `code` is for programs and tests and never changes; `words` are translated.
    """

    def __init__(self, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}")
        self.code = code
        self.words = words


class NotAllowed(Refused):
    """The actor may not do this. Pages answer with 403, or with 404 where even the existence is not theirs to know."""


def require(allowed: bool, words: str) -> None:
    """Ask a policy first, deny by default.

    Raises:
        NotAllowed: `allowed` is false.
    """
    if not allowed:
        raise NotAllowed("not_allowed", words)
