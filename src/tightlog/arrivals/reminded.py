"""What was sent already: data/warehouse/reminded.json. It may be deleted: then one more comes."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tightlog.home import private
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home

FILE = "reminded.json"


def reminded(home: Home) -> Mapping[str, str]:
    """Of each kind of reminder, what the last one was about."""
    try:
        found = json.loads(plain_text(home.warehouse / FILE))
        return {str(kind): str(about) for kind, about in found.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def note_reminded(home: Home, kind: str, about: str) -> None:
    """Stores that this was sent. Raises OSError."""
    known = {**reminded(home), kind: about}
    unfinished = home.warehouse / f".{FILE}-{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8", opener=private.opener) as file:
        json.dump(known, file)
    unfinished.replace(home.warehouse / FILE)


@contextmanager
def one_at_a_time(home: Home) -> Iterator[None]:
    """A timer and the schedule wait for each other, so that nothing is sent twice."""
    with open(home.warehouse / ".remind.lock", "a", opener=private.opener) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
