"""The secret seed of a running trial: a file of its own beside the journal, for its owner alone.

data/raw/diary/.sealed/TRIAL_ID      64 hexadecimal digits, mode 0600

Whoever reads it knows every toss to come, so nothing but the next toss is ever made of it.
"""

import os
import re

from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.settings import Home

WRITTEN = re.compile(r"[0-9a-f]{64}", re.ASCII)
NAME = re.compile(r"[0-9a-z]{1,40}", re.ASCII)


def seal(home: Home, trial_id: str, seed: str) -> None:
    """Writes the seed, on disk when it returns. Raises OSError, also where there is one."""
    folder = private.folder(home.sealed_seeds, is_secret=True)
    with open(folder / trial_id, "x", encoding="ascii", opener=private.secret_opener) as file:
        file.write(seed + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync(folder)


def sealed_seed(home: Home, trial_id: str) -> str | None:
    """The seed of a trial; None where it is lost, or no longer a seed."""
    if not NAME.fullmatch(trial_id):
        return None
    try:
        text = (home.sealed_seeds / trial_id).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return text if WRITTEN.fullmatch(text) else None


def unseal(home: Home, trial_id: str) -> None:
    """Removes the file, once the seed is in the journal."""
    if NAME.fullmatch(trial_id):
        (home.sealed_seeds / trial_id).unlink(missing_ok=True)
