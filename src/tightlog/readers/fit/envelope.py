"""Bytes → the FIT files chained in them: where their messages start and end, and what is wrong
with their wrapping.
"""

import struct
from dataclasses import dataclass, replace

from fastcrc import crc16

SIGNATURE = b".FIT"
SIGNATURE_AT = 8
HEADER_SIZES = range(12, 65)
CRC_SIZE = 2
MAX_CHAINED = 1000


@dataclass(frozen=True)
class Envelope:
    """One FIT file among the bytes: its messages lie in [start, end)."""

    start: int
    end: int
    problems: tuple[str, ...]
    is_cut: bool = False


def is_fit(data: bytes) -> bool:
    """True when the bytes begin with a FIT header."""
    return _is_header(data, 0)


def envelopes(data: bytes) -> tuple[Envelope, ...]:
    """Every FIT file in the bytes, in their order; a chained file is several."""
    found: list[Envelope] = []
    at: int | None = 0 if is_fit(data) else None
    while at is not None and len(found) < MAX_CHAINED:
        envelope, behind = _envelope(data, at)
        at = _next_header(data, behind)
        found.append(_with_problem(envelope, _ignored(data, behind, at)))
    return tuple(found)


def _is_header(data: bytes, at: int) -> bool:
    return data[at + SIGNATURE_AT : at + SIGNATURE_AT + 4] == SIGNATURE and data[at] in HEADER_SIZES


def _next_header(data: bytes, at: int) -> int | None:
    while (signature := data.find(SIGNATURE, at + SIGNATURE_AT)) >= 0:
        if _is_header(data, signature - SIGNATURE_AT):
            return signature - SIGNATURE_AT
        at = signature
    return None


def _ignored(data: bytes, behind: int, next_at: int | None) -> str | None:
    count = (len(data) if next_at is None else next_at) - behind
    return f"{count} bytes after its end were ignored" if count > 0 else None


def _with_problem(envelope: Envelope, problem: str | None) -> Envelope:
    return (
        envelope if problem is None else replace(envelope, problems=(*envelope.problems, problem))
    )


def _envelope(data: bytes, at: int) -> tuple[Envelope, int]:
    start = at + data[at]
    size = struct.unpack_from("<I", data, at + 4)[0]
    end, behind = start + size, start + size + CRC_SIZE
    if size and behind <= len(data) and _is_sealed(data, at, end):
        return Envelope(start, end, ()), behind
    limit = _next_header(data, start) or len(data)
    if limit - CRC_SIZE > start and _is_sealed(data, at, limit - CRC_SIZE):
        return Envelope(start, limit - CRC_SIZE, ("its header gives a wrong size",)), limit
    if size == 0:
        return Envelope(
            start, limit, ("its header says it is empty: the watch did not finish the file",)
        ), limit
    if end > len(data):
        reason = f"the file ends early: {limit - start} of {size} bytes are there"
        return Envelope(start, limit, (reason,), is_cut=True), limit
    if behind > len(data) or _is_header(data, end):
        return Envelope(start, end, ("its checksum is missing",)), end
    return Envelope(
        start, end, ("its checksum is wrong: something in it was changed or damaged",)
    ), behind


def _is_sealed(data: bytes, at: int, end: int) -> bool:
    return crc16.arc(data[at:end]) == int.from_bytes(data[end : end + CRC_SIZE], "little")
