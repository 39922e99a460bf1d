"""What many rows of a list share is drawn once. These stand in it where the identifier and the name of each go."""

ID = "00000000-0000-0000-0000-000000000000"
NAME = "\ue000"


def fill(drawn: str, id_: str, name: str) -> str:
    """One row's own. `name` is escaped already, and comes last, because it may hold anything."""
    return drawn.replace(ID, id_).replace(NAME, name)
