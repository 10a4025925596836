"""A home as Python reads it: every method gives a Polars frame of the version published when it
was opened, and nothing is ever written.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tightlog.answers.guide import guide_of
from tightlog.api.own_columns import with_own
from tightlog.errors import QueryError
from tightlog.home.settings import named_home
from tightlog.warehouse import store
from tightlog.warehouse.sandbox.bounded import Limits, bounded_answer

# A frame must fit into memory anyway; what is larger is asked for in parts.
LIMITS = Limits(time_s=300.0, rows=20_000_000, memory_bytes=4 * 2**30, answer_bytes=4 * 2**30)


def open_home(home: str | os.PathLike[str] | None = None) -> "OpenHome":
    """A home to read from; see `tightlog.open`."""
    named = named_home(None if home is None else os.fspath(home))
    return OpenHome(named.folder, store.published_version(named))


@dataclass(frozen=True)
class OpenHome:
    """A home, and the version of its warehouse that every method reads; open it again to see what
    a later refresh made.

    Columns end in their unit (`_s _min _m _mps _bpm _spm _au _d …`), `day` is the runner's local
    date, `_at` a UTC instant. Null is not known, 0 is none. `guide()` has the meaning of each
    column.
    """

    folder: Path
    version: Path

    def days(self, own: pl.DataFrame | None = None) -> pl.DataFrame:
        """One row per local day from the first to the last known, about 130 columns: `day` (date),
        `tightness_score` (0–10: the first score before any run) and every feature (loads in AU,
        distances in m, times in min).

        With `own`, also its columns, joined by its column `day`; raises FrameError where that
        cannot be.
        """
        days = self.relation("day")
        return days if own is None else with_own(days, own)

    def activities(self) -> pl.DataFrame:
        """One row per activity kept, about 65 columns: `activity_id`, `sport`, `started_at` (UTC),
        `day`, `distance_m`, `moving_s`, `cadence_spm` (steps of both feet), `heart_rate_bpm`,
        `load_au` …
        """
        return self.relation("activity")

    def findings(self) -> pl.DataFrame:
        """One row per exposure tested: `exposure` (a column of `days()`), `n_days`,
        `effect_points` with its interval `effect_low` to `effect_high` (points 0–10, from a low to
        a high exposure), `e_value`, `verdict` (clear, possible, hint, reacts, nothing_seen,
        not_enough_data), `sentence`.
        """
        return self.relation("finding")

    def effects(self) -> pl.DataFrame:
        """One row per intervention logged: the next day's score against comparable days without it
        (`effect_points`, `effect_low`, `effect_high`; negative is better), `n_done`, `n_not_done`,
        `verdict` (helps, hurts, hint, nothing_seen, not_enough_data).
        """
        return self.relation("effect")

    def trials(self) -> pl.DataFrame:
        """One row per coin-flip trial: its plan, and once it is over `effect_points` with its
        interval, `p_value` and `verdict`.
        """
        return self.relation("trial")

    def patterns(self) -> pl.DataFrame:
        """One row per rule and day it matched: `day`, `pattern`, `title`, `state` (new, ongoing),
        `evidence` (the numbers in words), `value`, `threshold`, `grade` (A–D), `source`.
        """
        return store.answer(self.version, "matches_told")

    def relation(self, name: str) -> pl.DataFrame:
        """All rows of any relation of docs/sql.md; `record` has one row a second, so ask for a part
        of it by `sql`. Raises QueryError for a name that is none.
        """
        return store.relation(self.version, name)

    def sql(self, query: str) -> pl.DataFrame:
        """Rows of one DuckDB query that reads, through the gate of the SQL page; lists and structs
        come as text.

        Raises QueryError for anything else, for more than 20 million rows and after 5 minutes:
        an answer is whole or none.
        """
        answer = bounded_answer(self.version, query, LIMITS)
        if answer.is_cut:
            raise QueryError(f"it has more than {LIMITS.rows:,} rows; ask for a part")
        return answer.rows

    def guide(self) -> dict[str, Any]:
        """Every relation with what a row is, its key, its columns with type and meaning, and the
        links to other relations, as `tightlog sql --guide json` prints it.
        """
        return guide_of(self.version)
