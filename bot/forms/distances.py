"""Lengths and areas on the earth, from answers of `geopoint` questions (`latitude longitude altitude accuracy`)."""

import math
from collections.abc import Iterable
from itertools import pairwise

# The equator's radius in metres (WGS 84), as ODK's programs take it.
RADIUS = 6_378_100.0

Point = tuple[float, float]


def read_points(texts: Iterable[str]) -> list[Point]:
    """Latitudes and longitudes in radians; several points in one text are parted by semicolons."""
    points = []
    for text in (part for whole in texts for part in whole.split(";")):
        try:
            latitude, longitude = map(float, text.split()[:2])
        except ValueError:
            continue
        points.append((math.radians(latitude), math.radians(longitude)))
    return points


def path_length(texts: Iterable[str]) -> float:
    """Metres along the points."""
    points = read_points(texts)
    return math.fsum(_great_circle(*pair) for pair in pairwise(points))


def enclosed_area(texts: Iterable[str]) -> float:
    """Square metres within the points."""
    points = read_points(texts)
    around = zip(points, [*points[1:], *points[:1]], strict=True)
    total = math.fsum((b[1] - a[1]) * (2 + math.sin(a[0]) + math.sin(b[0])) for a, b in around)
    return abs(total) * RADIUS * RADIUS / 2


def _great_circle(a: Point, b: Point) -> float:
    half = math.sin((b[0] - a[0]) / 2) ** 2 + math.cos(a[0]) * math.cos(b[0]) * math.sin((b[1] - a[1]) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, half)))
