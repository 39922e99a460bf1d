"""How the sheet of small pictures of a recording is laid out. Whoever draws it and whoever shows it asks here.

Tiles stand row by row, COLUMNS in each; tile n shows the picture at n × `every_ms`. The last row may be filled up with
black. A tile fits into TILE × TILE pixels, so its size follows from that of the sheet.
"""

COLUMNS = 10
TILE = 160
SHORTEST_MS = 5_000
MOST_TILES = 100


def every_ms(duration_ms: int) -> int:
    """How far apart the pictures of a recording of that length are: five seconds, more in one of over 8 minutes."""
    return max(SHORTEST_MS, -(-duration_ms // MOST_TILES))


def tile_count(duration_ms: int) -> int:
    """1 to MOST_TILES."""
    return max(1, -(-duration_ms // every_ms(duration_ms)))
