"""What takes long to make is made once for all workers of a run, not once for each."""

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What `make` returns for a folder of this name; the first worker makes it, others wait.

    What it returns goes from worker to worker as a pickle: paths and plain values.
    """
    of_this_worker = factory.getbasetemp()
    # The folders of the workers lie side by side in that of the run.
    is_worker = of_this_worker.name.startswith("popen-")
    shared = of_this_worker.parent if is_worker else of_this_worker
    folder, kept = shared / name, shared / f"{name}.pickle"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder.mkdir()
            kept.write_bytes(pickle.dumps(make(folder)))
    made: Made = pickle.loads(kept.read_bytes())
    return made
