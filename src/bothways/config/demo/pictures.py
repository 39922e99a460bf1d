"""The people of the demonstration, drawn: a room, a person in it, a face that speaks and blinks.

Nobody is depicted; the shapes are those of the design's own still pictures.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bothways.config.demo.drawing import (
    WIDTH,
    Canvas,
    Outline,
    Shape,
    box,
    ellipse,
    fill,
    gradient,
    moved,
    path,
    ring,
)

MOUTHS = 5
"""How far a mouth can be open, from 0 (closed) to MOUTHS - 1."""

_BODY = "M150 400c4-70 46-104 104-116 24-6 40-10 66-10s42 4 66 10c58 12 100 46 104 116z"
_BODY_SHADE = "M320 274c26 0 42 4 66 10 58 12 100 46 104 116H360z"
_NECK = "M290 220h60v54c0 18-14 28-30 28s-30-10-30-28z"
_FACE_SHADE = "M320 99c34 0 61 34 61 77s-27 77-61 77c22-14 30-44 30-77s-8-63-30-77z"
_BEARD = "M260 190c4 52 28 70 60 70s56-18 60-70c-12 22-30 30-60 30s-48-8-60-30z"
_SHORT_HAIR = "M254 168c-6-70 30-98 68-98 40 0 72 30 64 98-6-30-22-46-44-50-34 8-74 8-88 50z"
_LONG_HAIR = "M246 190c-4-92 40-122 76-122s82 28 78 122c-2 60 10 96 18 128-62 22-132 22-196 0 12-32 26-70 24-128z"
_PARTED_HAIR = "M254 186c-4-70 24-108 66-108s72 40 66 108c-14-30-30-58-52-70-20 30-54 44-80 70z"
_DARK = "#261b16"
# The part of the picture in which a head moves.
_HEAD_AT, _HEAD_WIDTH, _HEAD_HEIGHT = (194, 40), 252, 290
_BOOKS = (
    (64, "#a27b74"),
    (78, "#8a7759"),
    (56, "#5a775f"),
    (70, "#629092"),
    (60, "#91745d"),
    (74, "#8a6363"),
    (50, "#828b69"),
)


@dataclass(frozen=True)
class Person:
    """Colors, hair and room. `mirrored` puts the window's light on the other side."""

    wall: tuple[str, str]
    room: tuple[Shape, ...]
    shirt: tuple[str, str]
    skin: tuple[str, str]
    hair: str
    behind: tuple[Outline, ...] = ()
    over: tuple[Outline, ...] = ()
    mirrored: bool = False
    shift: int = 0
    brow: str = ""
    lips: str = "#a0574c"
    glasses: bool = False
    beard: bool = False
    pitch: float = 1.0
    """How much higher than recorded the voice is heard."""

    @cached_property
    def backdrop(self) -> Canvas:
        """The room and the shoulders, which keep still."""
        canvas = gradient(*self.wall, self.mirrored)
        fill(canvas, self.room)
        fill(canvas, self._placed([*self._hair(self.behind), Shape(path(_BODY), self.shirt[0])]))
        fill(canvas, self._placed([Shape(path(_BODY_SHADE), self.shirt[1], 0.6)]))
        return canvas

    @cached_property
    def head(self) -> Canvas:
        """Neck, face and hair on their own, with a fourth channel that says where they cover the room."""
        canvas = np.zeros((_HEAD_HEIGHT, _HEAD_WIDTH, 4), dtype=np.float32)
        bright, shade = self.skin
        face = [
            Shape(path(_NECK), shade),
            Shape(ellipse(320, 176, 61, 77), bright),
            Shape(path(_FACE_SHADE), shade, 0.55),
        ]
        fill(canvas, self._placed([*face, *self._hair(self.over), *self._nose()], _HEAD_AT))
        return canvas

    @cached_property
    def _scene(self) -> NDArray[np.uint8]:
        return _bytes(self._lit(self.backdrop, 0))

    def frame(self, mouth: int, blinking: bool, sway: tuple[int, int]) -> NDArray[np.uint8]:
        """One picture, HEIGHT × WIDTH × 3. `sway` moves the head by a few whole pixels."""
        head = self.head.copy()
        fill(head, self._placed([*self._eyes(blinking), *self._mouth(mouth)], _HEAD_AT))
        x, y = _HEAD_AT[0] + sway[0], _HEAD_AT[1] + sway[1]
        there = slice(y, y + _HEAD_HEIGHT), slice(x, x + _HEAD_WIDTH)
        picture = self._scene.copy()
        mixed = self.backdrop[there] * (1 - head[:, :, 3:] / 255) + head[:, :, :3]
        picture[there] = _bytes(self._lit(mixed, x))
        return picture

    def _lit(self, canvas: Canvas, x: int) -> Canvas:
        """Light from the window's side, over a part of the picture that begins at column `x`."""
        light = np.clip(0.22 * (1 - np.linspace(0, 1, WIDTH) / 0.55), 0, 1).astype(np.float32)
        light = (light[::-1] if self.mirrored else light)[x : x + canvas.shape[1]]
        return canvas + (255 - canvas) * light[None, :, None]

    def _placed(self, shapes: list[Shape], origin: tuple[int, int] = (0, 0)) -> list[Shape]:
        by = (self.shift - origin[0], 8 - origin[1])
        return [Shape(moved(shape.outline, 1.04, (320, 400), by), shape.color, shape.opacity) for shape in shapes]

    def _hair(self, outlines: tuple[Outline, ...]) -> list[Shape]:
        return [Shape(outline, self.hair) for outline in outlines]

    def _nose(self) -> list[Shape]:
        return [Shape(path("M321 186c4 10 7 14 6 18-3 4-10 4-13 1 5-1 7-8 7-19z"), self.skin[1], 0.8)]

    def _eyes(self, blinking: bool) -> list[Shape]:
        shapes = []
        for x in (296, 344):
            brow = f"M{x - 14} 163c8-7 20-7 28-1l-1 4c-8-4-18-4-26 1z"
            shapes.append(Shape(path(brow), self.brow or self.hair, 0.9))
            if blinking:
                shapes.append(Shape(path(f"M{x - 9} 180q9 5 18 0q-9 8-18 0z"), _DARK, 0.8))
            else:
                shapes.append(Shape(ellipse(x, 180.5, 7.6, 4.4), "#efe4d8", 0.85))
                shapes.append(Shape(ellipse(x, 180.2, 4.7, 4.6), _DARK))
                shapes.append(Shape(ellipse(x + 1.5, 178.8, 1.1, 1.1), "#ffffff", 0.9))
                shapes.append(Shape(path(f"M{x - 9} 180q9-9 18 0q-9-5-18 0z"), _DARK, 0.75))
        if self.glasses:
            shapes += [Shape(ring(x, 180, 19, 4), "#362c24") for x in (296, 344)]
            shapes.append(Shape(path("M314 177q6-6 12 0l0 4q-6-5-12 0z"), "#362c24"))
        return shapes

    def _mouth(self, openness: int) -> list[Shape]:
        y = 228 if self.beard else 222
        if openness == 0:
            return [Shape(path(f"M301 {y - 2}q19 9 38 0q-19 14-38 0z"), self.lips)]
        wide, high = 17.5 - openness * 0.8, 2.4 + 1.7 * openness
        shapes = [
            Shape(ellipse(320, y, wide, high), self.lips),
            Shape(ellipse(320, y + 0.4, wide - 3.5, high - 2.2), "#45201d"),
        ]
        if openness > 1:
            shapes.append(Shape(ellipse(320, y - high * 0.42, (wide - 5) * 0.8, high * 0.2), "#f3ece4"))
        return shapes


def _bytes(canvas: Canvas) -> NDArray[np.uint8]:
    return (canvas + 0.5).astype(np.uint8)


def _plant(x: int) -> tuple[Shape, ...]:
    leaves = (
        "c-50-60-60-120-40-170 20 40 36 90 40 170z",
        "c0-80 10-140 46-180 14 60-4 130-46 180z",
        "c-10-90 0-160 6-210 20 50 14 150-6 210z",
    )
    pot = Shape(path(f"M{x - 31} 320h62l-8 80h-46z"), "#a57b68")
    return *(Shape(path(f"M{x} 330{leaf}"), "#496e4a", 0.75) for leaf in leaves), pot


def _window(x: int, pane: str) -> tuple[Shape, ...]:
    panes = ((0, 30, 150), (78, 30, 150), (0, 188, 70), (78, 188, 70))
    return tuple(Shape(box(x + dx, y, 70, height), pane, 0.55) for dx, y, height in panes)


def _shelf(board: str) -> tuple[Shape, ...]:
    books = (Shape(box(440 + 21 * i, 150 - high, 16, high), paint, 0.75) for i, (high, paint) in enumerate(_BOOKS))
    return Shape(box(430, 150, 190, 8), board), *books


def _lamp(stand: str) -> tuple[Shape, ...]:
    return Shape(path("M80 130l18-60h44l18 60z"), "#f0dcb1", 0.85), Shape(box(118, 130, 4, 270), stand)


def _braid(x: int, y: int, length: int) -> Outline:
    return path(f"M{x} {y + 10}q0-10 10-10q10 0 10 10v{length - 20}q0 10-10 10q-10 0-10-10z")


_BLACK, _BROWN = "#211815", "#35251b"
_CURLS = ((262, 150, 40), (282, 108, 42), (322, 92, 46), (362, 108, 42), (382, 152, 40), (258, 196, 30), (386, 196, 30))
_SCARF_BEHIND = "M236 210c-10-100 38-142 84-142s94 42 84 142c-4 50 20 70 34 96-70 40-166 40-236 0 16-28 38-46 34-96z"
_SCARF_OVER = (
    "M250 190c-6-76 28-112 70-112s76 36 70 112c-4-46-30-76-70-76s-66 30-70 76z"
    "M262 226c14 40 34 56 58 56s44-16 58-56c14 30 12 62-8 82-30 16-70 16-100 0-20-20-22-52-8-82z"
)

PEOPLE = {
    "marta": Person(
        wall=("#bdb8a2", "#91917c"),
        room=_shelf("#91917c"),
        shirt=("#2a5745", "#154433"),
        skin=("#e3c8b0", "#ceb19b"),
        hair="#a7a49e",
        brow="#8c8880",
        lips="#b5776a",
        over=(path(_SHORT_HAIR),),
        glasses=True,
    ),
    "ines": Person(
        wall=("#d0b8af", "#a59085"),
        room=_plant(545),
        shirt=("#a45a4e", "#8d453b"),
        skin=("#c79a79", "#b28368"),
        hair=_BROWN,
        lips="#a0574c",
        behind=(path(_LONG_HAIR),),
        over=(path(_PARTED_HAIR),),
        pitch=1.08,
    ),
    "kwame": Person(
        wall=("#b6a186", "#8a7c5f"),
        room=_window(448, "#e0d7c4"),
        mirrored=True,
        shirt=("#c69d63", "#af874d"),
        skin=("#583a2b", "#46271c"),
        hair=_BLACK,
        lips="#7d4a3f",
        over=(path(_BEARD), path("M257 160c-2-58 28-84 63-84s66 26 63 84c-8-34-30-46-63-46s-54 12-63 46z")),
        beard=True,
        pitch=0.9,
    ),
    "rafael": Person(
        wall=("#9cb7b9", "#758e93"),
        room=_lamp("#758e93"),
        shirt=("#4d667f", "#3a526a"),
        skin=("#c79a79", "#b28368"),
        hair=_BROWN,
        lips="#a0574c",
        behind=(*(ellipse(x, y, r, r) for x, y, r in _CURLS), ellipse(320, 130, 60, 60)),
        over=(path("M258 158c4-46 30-64 62-64s58 18 62 64c-20-24-40-32-62-32s-42 8-62 32z"),),
        pitch=0.96,
    ),
    "chau": Person(
        wall=("#b7caba", "#8ca195"),
        room=_window(44, "#fbf4e8"),
        shirt=("#4f929d", "#397d88"),
        skin=("#d9b69b", "#c49f88"),
        hair=_BLACK,
        lips="#b06a5f",
        behind=(path(_LONG_HAIR),),
        over=(path(_PARTED_HAIR),),
        shift=-10,
        pitch=1.1,
    ),
    "dunlin": Person(
        wall=("#d3b6b1", "#a98f85"),
        room=_window(448, "#f8f1e2"),
        mirrored=True,
        shirt=("#3c4c3f", "#2a3a2d"),
        skin=("#c79a79", "#b28368"),
        hair="#376a50",
        brow=_BROWN,
        lips="#a0574c",
        behind=(path(_SCARF_BEHIND),),
        over=(path(_SCARF_OVER),),
        pitch=1.05,
    ),
    "heron": Person(
        wall=("#95afbd", "#718696"),
        room=_shelf("#718696"),
        shirt=("#d5cdb8", "#bfb7a2"),
        skin=("#76513c", "#633d2c"),
        hair=_BLACK,
        lips="#8d5347",
        behind=(
            *(
                _braid(x, y, length)
                for x, y, length in ((248, 126, 118), (264, 96, 180), (356, 96, 180), (372, 126, 118))
            ),
            path("M248 170c-4-76 34-104 72-104s76 28 72 104z"),
        ),
        over=(path("M256 166c0-58 26-88 64-88s66 30 64 88c-8-26-30-44-64-44s-56 18-64 44z"),),
        shift=14,
        pitch=1.03,
    ),
    "plover": Person(
        wall=("#cfc6b5", "#a39f8d"),
        room=_plant(95),
        mirrored=True,
        shirt=("#255f62", "#0c4c4f"),
        skin=("#e3c8b0", "#ceb19b"),
        hair="#8c5331",
        lips="#bd7769",
        behind=(ellipse(332, 72, 30, 30), path("M252 180c-6-80 30-108 70-108s74 30 68 108z")),
        over=(path("M256 172c0-60 26-92 66-92 38 0 66 32 62 92-8-30-32-54-62-56-30 4-54 26-66 56z"),),
        pitch=1.06,
    ),
    "siskin": Person(
        wall=("#909e84", "#657861"),
        room=_lamp("#657861"),
        shirt=("#b16c4c", "#9b5738"),
        skin=("#a37454", "#8f5e44"),
        hair=_BLACK,
        lips="#8d5043",
        over=(path(_BEARD), path(_SHORT_HAIR)),
        beard=True,
        pitch=0.93,
    ),
}
"""By the names that the demonstration's stories use."""
