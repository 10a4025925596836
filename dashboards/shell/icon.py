"""The icon of the installed page, drawn here: five vertebrae, the middle one out of line."""

import struct
import zlib
from functools import cache

import numpy as np

GROUND, BONE, TIGHT = (24, 74, 92), (240, 244, 243), (232, 144, 74)
# Centre from left and top, of a picture one wide; the bars lie inside the circle a phone cuts out.
BARS = ((0.50, 0.24), (0.50, 0.37), (0.56, 0.50), (0.50, 0.63), (0.50, 0.76))
MIDDLE = 2
HALF_WIDTH, HALF_HEIGHT = 0.13, 0.042
FINER = 3


@cache
def icon(size: int) -> bytes:
    """A PNG of so many pixels on each side."""
    fine = (np.arange(size * FINER) + 0.5) / (size * FINER)
    across, down = np.meshgrid(fine, fine)
    picture = np.empty((*across.shape, 3), dtype=np.float64)
    picture[:] = GROUND
    for number, (x, y) in enumerate(BARS):
        # A bar with round ends: all that is near the line between its ends.
        beside = np.maximum(np.abs(across - x) - (HALF_WIDTH - HALF_HEIGHT), 0.0)
        picture[np.hypot(beside, down - y) < HALF_HEIGHT] = TIGHT if number == MIDDLE else BONE
    smooth = picture.reshape(size, FINER, size, FINER, 3).sum(axis=(1, 3)) / FINER**2
    return _png(smooth.round().astype(np.uint8).tobytes(), size)


def _png(pixels: bytes, size: int) -> bytes:
    """Pixels of three bytes each as a PNG, no line filtered."""
    line = size * 3
    rows = b"".join(b"\0" + pixels[at : at + line] for at in range(0, len(pixels), line))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, data) for name, data in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
