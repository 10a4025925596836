"""The bytes of a part of an Apple export: a line that names the format, the length of a text in
JSON and that text, then samples and routes in the order and number the text says.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"tightlog part of an Apple Health export 1\n"
LENGTH = struct.Struct("<I")
# Seconds since the start of the workout, and the value in the unit of `quantities`.
SAMPLE = np.dtype([("started_s", "<i4"), ("ended_s", "<i4"), ("value", "<f8")])
Sampled = NDArray[np.void]


@dataclass(frozen=True)
class Part:
    """What a part holds: facts by name, samples by quantity, and tracks as GPX."""

    header: Mapping[str, Any]
    samples: Mapping[str, Sampled]
    routes: tuple[bytes, ...]


class NoPart(Exception):
    """The bytes are no whole part; holds why in words."""


def packed(
    header: Mapping[str, Any], samples: Mapping[str, Sampled], routes: Sequence[bytes]
) -> bytes:
    """The bytes of a part, the same for the same content."""
    said = {
        **header,
        "samples": {name: int(values.size) for name, values in samples.items()},
        "routes": [len(route) for route in routes],
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    arrays = [samples[name].astype(SAMPLE).tobytes() for name in sorted(samples)]
    return b"".join((MAGIC, LENGTH.pack(len(text)), text, *arrays, *routes))


def unpacked(data: bytes) -> Part:
    """The part of its bytes. Raises NoPart for any other bytes."""
    place = len(MAGIC) + LENGTH.size
    if not data.startswith(MAGIC) or len(data) < place:
        raise NoPart("it ends too early")
    length = int(LENGTH.unpack(data[place - LENGTH.size : place])[0])
    try:
        header = json.loads(data[place : place + length])
        counts = {str(name): int(count) for name, count in header["samples"].items()}
        lengths = [int(one) for one in header["routes"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise NoPart(f"its head cannot be read ({type(problem).__name__})") from problem
    place += length
    samples, routes = {}, []
    sizes = [(name, counts[name] * SAMPLE.itemsize) for name in sorted(counts)]
    if min((*counts.values(), *lengths), default=0) < 0:
        raise NoPart("it claims a negative length")
    if place + sum(size for _, size in sizes) + sum(lengths) != len(data):
        raise NoPart("its length is not what its head says")
    for name, size in sizes:
        samples[name] = np.frombuffer(data[place : place + size], dtype=SAMPLE)
        place += size
    for size in lengths:
        routes.append(data[place : place + size])
        place += size
    return Part(header, samples, tuple(routes))
