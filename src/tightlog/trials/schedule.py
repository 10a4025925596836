"""The schedule of a trial: balanced blocks of drawn length, all of it fixed by one secret seed.

A block holds as many tosses with the intervention as without. Its length is drawn, so nobody can
know the last toss of a block for certain. The numbers come from SHA-256 alone: whoever has the seed
can draw the same schedule on any machine.
"""

import hashlib
from collections.abc import Iterator

import polars as pl

BLOCK_LENGTHS = (4, 6, 8)
SEED_BYTES = 32
SCHEDULE_SCHEMA = {"toss": pl.Int32, "block": pl.Int32, "is_assigned": pl.Boolean}


def seed_hash(seed: str) -> str:
    """SHA-256 of the 64 hexadecimal digits of a seed, as `printf %s SEED | sha256sum` shows it."""
    return hashlib.sha256(seed.encode("ascii")).hexdigest()


def schedule(seed: str, tosses: int) -> pl.DataFrame:
    """The first tosses of the schedule of a seed: number of the toss and of its block, both from 1,
    and whether the intervention is assigned.
    """
    numbers = _numbers(seed)
    assigned: list[bool] = []
    blocks: list[int] = []
    while len(assigned) < tosses:
        block = _block(numbers)
        blocks += [blocks[-1] + 1 if blocks else 1] * len(block)
        assigned += block
    columns = (list(range(1, tosses + 1)), blocks[:tosses], assigned[:tosses])
    return pl.DataFrame(dict(zip(SCHEDULE_SCHEMA, columns, strict=True)), schema=SCHEDULE_SCHEMA)


def _block(numbers: Iterator[int]) -> list[bool]:
    length = BLOCK_LENGTHS[_below(len(BLOCK_LENGTHS), numbers)]
    tosses = [True, False] * (length // 2)
    for place in range(length - 1, 0, -1):  # Fisher and Yates
        other = _below(place + 1, numbers)
        tosses[place], tosses[other] = tosses[other], tosses[place]
    return tosses


def _below(limit: int, numbers: Iterator[int]) -> int:
    # Bytes beyond the last whole multiple are drawn again, so that every result is equally likely.
    fair = 256 - 256 % limit
    return next(number for number in numbers if number < fair) % limit


def _numbers(seed: str) -> Iterator[int]:
    counter = 0
    while True:
        yield from hashlib.sha256(f"{seed}:{counter}".encode("ascii")).digest()
        counter += 1
