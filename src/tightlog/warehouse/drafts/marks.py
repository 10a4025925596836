"""Marks of frames: what was made of the same rows is not made again."""

import hashlib
from array import array

import polars as pl

from tightlog import __version__

# Another tightlog, or another Polars, makes everything again.
MAKERS = f"{__version__} {pl.__version__}"


def fingerprint(read: pl.DataFrame) -> str:
    """Mark of a frame by every value in it, and of the tightlog that reads it."""
    digest = hashlib.sha256(f"{MAKERS} {dict(read.schema)}".encode())
    digest.update(array("Q", read.hash_rows()).tobytes())
    return digest.hexdigest()
