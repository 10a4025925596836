"""Questions of a language model to the newest version of a home: each in the confined process, on
what is shared and nothing else.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tightlog.answers.own_query import Refusal, shared_answer
from tightlog.errors import (
    DiaryError,
    NoWarehouse,
    QueryError,
    SettingsError,
    TightlogError,
    WarehouseAhead,
    WarehouseOutdated,
)
from tightlog.home.settings import Home, Settings, settings_of
from tightlog.warehouse import store
from tightlog.warehouse.build import question
from tightlog.warehouse.sandbox.limits import Limits, Sharing

# Enough for a year of days; a model that wants more asks for a sum.
LIMITS = Limits(time_s=15.0, rows=1_000, memory_bytes=2**30, answer_bytes=8 * 2**20)
# Each question takes a process of its own.
AT_ONCE = threading.BoundedSemaphore(2)
NOTHING_YET = (
    "nothing was read in this home yet: the runner puts files into data/raw and runs "
    "`tightlog refresh`"
)
WORDS: tuple[tuple[type[TightlogError], str], ...] = (
    (NoWarehouse, NOTHING_YET),
    (SettingsError, "tightlog.toml cannot be used, so nothing is told; `tightlog doctor` says why"),
    (
        DiaryError,
        "the diary cannot be read, so nobody can say whether a warning sign stands, and there is "
        "no advice; `tightlog doctor` says why",
    ),
)


class Unanswered(Exception):
    """Why there is no answer, in words without a path or a name of the runner's."""


@dataclass(frozen=True)
class Asked:
    """One version of a home, and what the runner shares of it now."""

    home: Home
    settings: Settings
    version: Path

    @property
    def sharing(self) -> Sharing:
        return Sharing(self.settings.shared)

    def rows(self, sql: str, parameters: Sequence[str] = ()) -> tuple[list[dict[str, Any]], bool]:
        """Rows of a query, and whether there were more. Raises Unanswered."""
        with AT_ONCE:
            found = shared_answer(self.version, sql, LIMITS, self.sharing, parameters)
        if isinstance(found, Refusal):
            raise Unanswered(found.sentence)
        return plain_rows(found.rows), found.is_cut

    def answer(self, name: str, *parameters: str) -> tuple[list[dict[str, Any]], bool]:
        """The same of one of the questions in `sql/question/`."""
        return self.rows(question(name), parameters)


def asked(home: Home) -> Asked:
    """The newest published version of a home, and its settings as they are now. Raises Unanswered.

    Nothing is made in a home that is not there.
    """
    try:
        return Asked(home, settings_of(home), store.published_version(home))
    except TightlogError as problem:
        raise Unanswered(words_of(problem)) from problem
    except OSError as problem:
        raise Unanswered("the home cannot be read; `tightlog doctor` says why") from problem


def words_of(problem: TightlogError) -> str:
    """Why there is no answer. The messages of errors name paths, which are not shared."""
    if isinstance(problem, QueryError):
        return problem.problem
    if isinstance(problem, WarehouseOutdated | WarehouseAhead):
        return str(problem)
    for kind, words in WORDS:
        if isinstance(problem, kind):
            return words
    return "the home cannot be read; `tightlog doctor` says why"


def plain_rows(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON has them: days and instants as text, and null for what is no number."""
    return [{name: _plain(value) for name, value in row.items()} for row in rows.to_dicts()]


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int) else str(value)
