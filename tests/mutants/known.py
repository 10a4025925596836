"""Mutants killed before: a run that was cut goes on with the others.

A mutant counts as killed before while its module and the tests that guard it read as they did.
Each is a line of one file, which is not kept in git and can be deleted at any time.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutants.mutant import TOP, Mutant, source_file

KILLED = TOP / ".mutants-killed"


@dataclass(frozen=True)
class Known:
    """The mutants a file lists as killed."""

    file: Path = KILLED
    marks: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, file: Path = KILLED) -> "Known":
        """What the file lists; nothing when there is none."""
        return cls(file, set(file.read_text().split()) if file.is_file() else set())

    def __contains__(self, mutant: Mutant) -> bool:
        return mark_of(mutant) in self.marks

    def add(self, mutant: Mutant) -> None:
        with self.file.open("a") as lines:
            lines.write(f"{mark_of(mutant)}\n")


def mark_of(mutant: Mutant) -> str:
    """Changes with the mutant, with its module and with each test that guards it."""
    files = (source_file(mutant.module), *(TOP / guard for guard in mutant.guards))
    texts = [repr(mutant).encode(), *(file.read_bytes() for file in files)]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()
