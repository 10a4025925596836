"""Where the simulated runner runs: invented loops in two national parks nobody lives in, drawn
from sines.
"""

from dataclasses import dataclass
from math import cos, radians, tau

import numpy as np

from tightlog.findings.arrays import FloatArray

METRES_PER_LATITUDE_DEG = 111_320.0
HILL_LENGTH_M = 1_500.0


@dataclass(frozen=True)
class Place:
    """A start point: degrees, metres above the sea, and its IANA time zone."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    zone: str


# The high plateau of Hardangervidda and the fells of Urho Kekkonen National Park; altitudes and
# paths are invented.
HOME = Place(60.17, 7.55, 1_180.0, "Europe/Oslo")
AWAY = Place(68.18, 28.55, 240.0, "Europe/Helsinki")


def loop_position(
    place: Place, shape: int, length_m: float, distance_m: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude in degrees at each distance along a closed loop; the same shape gives
    the same loop, scaled to its length.
    """
    angle = np.linspace(0.0, tau, 2_001)
    draw = np.random.default_rng(shape)
    radius = np.ones_like(angle)
    for waves, height in ((2, 0.30), (3, 0.18), (5, 0.10), (11, 0.03)):
        radius += height * draw.uniform(0.4, 1.0) * np.sin(waves * angle + draw.uniform(0.0, tau))
    turn = draw.uniform(0.0, tau)
    east, north = radius * np.cos(angle + turn), radius * np.sin(angle + turn)
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))))
    scale_m = length_m / arc[-1]
    along = np.mod(distance_m, length_m) / scale_m
    east_m = (np.interp(along, arc, east) - east[0]) * scale_m
    north_m = (np.interp(along, arc, north) - north[0]) * scale_m
    latitude = place.latitude_deg + north_m / METRES_PER_LATITUDE_DEG
    longitude = place.longitude_deg + east_m / (
        METRES_PER_LATITUDE_DEG * cos(radians(place.latitude_deg))
    )
    return latitude, longitude


def hill_height(shape: int, length_m: float, climb_m: float, distance_m: FloatArray) -> FloatArray:
    """Height in m above the start at each distance: smooth hills that climb and descend `climb_m`
    in all over the loop.
    """
    hills = max(1, round(length_m / HILL_LENGTH_M))
    size = np.random.default_rng((shape, hills)).uniform(0.4, 1.6, hills)
    heights_m = size * climb_m / size.sum()
    position = np.clip(distance_m / length_m, 0.0, 1.0) * hills
    hill = np.minimum(position.astype(np.int64), hills - 1)
    return np.asarray(heights_m[hill] * (1.0 - np.cos(tau * position)) / 2.0, dtype=np.float64)


def wander(draw: np.random.Generator, rows: int, spread: float, step: int) -> FloatArray:
    """Slow random noise, one value per row: independent knots every `step` rows of that standard
    deviation, joined by straight lines.
    """
    knots = np.arange(0, rows + step, step)
    return np.asarray(
        np.interp(np.arange(rows), knots, draw.normal(0.0, spread, knots.size)), dtype=np.float64
    )
