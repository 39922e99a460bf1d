"""Fills smooth outlines on a canvas: enough of SVG's path language to draw a person, in numpy alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 400

Outline = list[NDArray[np.float64]]
Canvas = NDArray[np.float32]
Color = tuple[int, int, int]

_STEPS = np.linspace(0, 1, 13)[1:, None]
_ROWS_PER_PIXEL = 4
_VALUES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines filled with one color, `opacity` from 0 to 1."""

    outline: Outline
    color: str
    opacity: float = 1.0


def path(data: str) -> Outline:
    """The outlines that an SVG path describes, curves cut into short lines. Knows M L H V C S Q Z, also relative."""
    outlines: list[list[NDArray[np.float64]]] = []
    here = start = mirrored = np.zeros(2)
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        kind, relative = command.upper(), command.islower()
        values = [float(value) for value in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        count = _VALUES[kind]
        for at in range(0, max(len(values), 1), count or 1):
            origin = here if relative else np.zeros(2)
            if kind == "Z":
                here = start
                continue
            if kind in "HV":
                axis = "HV".index(kind)
                here = here.copy()
                here[axis] = values[at] + origin[axis]
                outlines[-1].append(here)
                continue
            points = np.array(values[at : at + count]).reshape(-1, 2) + origin
            if kind == "M" and at == 0:
                outlines.append([points[0]])
                here = start = points[0]
                continue
            if kind == "S":
                points = np.vstack([2 * here - mirrored, points])
            outlines[-1].extend(_curve(np.vstack([here, points])))
            mirrored = points[-2] if len(points) > 2 else points[-1]
            here = points[-1]
    return [np.array(points) for points in outlines]


def _curve(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A Bézier curve of any degree by de Casteljau's construction, without its first point."""
    if len(points) == 2:
        return points[1:]
    levels = [point[None, :] for point in points]
    while len(levels) > 1:
        levels = [first + (second - first) * _STEPS for first, second in pairwise(levels)]
    return levels[0]


def ellipse(x: float, y: float, radius_x: float, radius_y: float) -> Outline:
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    return [np.stack([x + radius_x * np.cos(turns), y + radius_y * np.sin(turns)], axis=1)]


def box(x: float, y: float, width: float, height: float) -> Outline:
    return [np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], dtype=float)]


def ring(x: float, y: float, radius: float, thickness: float) -> Outline:
    (outer,), (inner,) = (ellipse(x, y, r, r) for r in (radius + thickness / 2, radius - thickness / 2))
    return [outer, inner[::-1]]


def moved(outline: Outline, scale: float, around: tuple[float, float], by: tuple[float, float]) -> Outline:
    """Scaled around a point, then shifted."""
    return [(points - around) * scale + around + by for points in outline]


def color(text: str) -> Color:
    """`#rrggbb` as three numbers of 0 to 255."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def coverage(outline: Outline, height: int, width: int) -> tuple[tuple[slice, slice], Canvas]:
    """How much of each pixel lies inside, 0 to 1, and which part of a canvas of that size it is about.

    Winding numbers: summed along each of four rows a pixel, exact in the other direction.
    """
    every = np.concatenate(outline)
    top, bottom = (int(np.clip(y, 0, height)) for y in (every[:, 1].min(), np.ceil(every[:, 1].max())))
    left, right = (int(np.clip(x, 0, width)) for x in (every[:, 0].min(), np.ceil(every[:, 0].max())))
    sums = np.zeros((bottom - top, right - left + 2))
    rows = top + (np.arange((bottom - top) * _ROWS_PER_PIXEL) + 0.5) / _ROWS_PER_PIXEL
    for begin in outline:
        end = np.roll(begin, -1, axis=0)
        low, high = np.minimum(begin[:, 1], end[:, 1]), np.maximum(begin[:, 1], end[:, 1])
        edge, row = np.nonzero((rows >= low[:, None]) & (rows < high[:, None]))
        run, rise = (end - begin)[edge].T
        x = np.clip(begin[edge, 0] + (rows[row] - begin[edge, 1]) * run / rise, left, right) - left
        column = x.astype(int)
        weight = np.sign(rise) / _ROWS_PER_PIXEL
        np.add.at(sums, (row // _ROWS_PER_PIXEL, column), weight * (column + 1 - x))
        np.add.at(sums, (row // _ROWS_PER_PIXEL, column + 1), weight * (x - column))
    inside = np.clip(np.abs(np.cumsum(sums[:, :-2], axis=1)), 0, 1).astype(np.float32)
    return (slice(top, bottom), slice(left, right)), inside


def fill(canvas: Canvas, shapes: Sequence[Shape]) -> None:
    """Paint the shapes one over another. A canvas of four channels also notes where it is covered."""
    for shape in shapes:
        where, inside = coverage(shape.outline, *canvas.shape[:2])
        paint = np.array((*color(shape.color), 255)[: canvas.shape[2]], dtype=np.float32)
        canvas[where] += (paint - canvas[where]) * (inside * np.float32(shape.opacity))[:, :, None]


def gradient(first: str, last: str, mirrored: bool) -> Canvas:
    """From one corner to the opposite one."""
    x, y = np.meshgrid(np.linspace(0, 1, WIDTH), np.linspace(0, 1, HEIGHT))
    along = ((1 - x if mirrored else x) + y)[:, :, None] / 2
    return (np.array(color(first)) * (1 - along) + np.array(color(last)) * along).astype(np.float32)
