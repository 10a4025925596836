"""The server: its tools and its one resource, on standard input and output."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from tightlog import __version__
from tightlog.answers.guide import guide
from tightlog.home.settings import Home
from tightlog.mcp import reply as said
from tightlog.mcp.asking import Asked, Unanswered, asked
from tightlog.mcp.morning import morning

INSTRUCTIONS = """\
tightlog keeps a runner's training and lower-back tightness (0 none to 10 worst) on the runner's own
machine. Answer from these tools alone and keep to what they say: name n, the interval, the verdict
and the grade of what you tell. A verdict `nothing_seen` or `not_enough_data` is an answer: do not
look for another in the raw days. Null is not known, never 0. A finding or an effect goes with the
tightness, it is not shown to cause it; only a trial by coin says more. No diagnosis: with sharp or
worsening pain, numbness between the legs, weak legs, or trouble with bladder or bowel the runner
sees a doctor now. Positions, names, paths and notes are never here; red flags, nights and what a
diary notes only where the runner has switched them on, so their absence says nothing.
"""
LAST_DAYS, LAST_RUN_DAYS, LAST_PATTERN_DAYS = 14, 28, 42
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
GOES_WITH = "These go with the tightness; that they cause it is not shown."


def server(home: Home) -> MCPServer[Any]:
    """The server of one home; each call answers from the version that is newest then."""
    app: MCPServer[Any] = MCPServer(
        "tightlog", instructions=INSTRUCTIONS, version=__version__, log_level="CRITICAL"
    )
    _add_results(app, home)
    _add_days(app, home)
    _add_queries(app, home)
    return app


def _add_results(app: MCPServer[Any], home: Home) -> None:
    @app.tool(annotations=READS)
    def today() -> dict[str, Any]:
        """Today: the newest score, the patterns that stand, the advice, and the coin of a trial."""
        return _told(home, _today)

    @app.tool(annotations=READS)
    def findings() -> dict[str, Any]:
        """What goes with the tightness: one row per exposure tested, with n, interval (points,
        from a low to a high exposure), e-value and verdict: clear, possible, hint, reacts (the
        training follows the back), nothing_seen or not_enough_data.
        """
        return _told(home, lambda it: _tested(it, "mcp_findings", said.OBSERVED))

    @app.tool(annotations=READS)
    def effects() -> dict[str, Any]:
        """What helped: one row per intervention logged: the next day's score against comparable
        days without it (points; negative is better), with n, interval and verdict.
        """
        return _told(home, lambda it: _tested(it, "mcp_effects", said.OBSERVED))

    @app.tool(annotations=READS)
    def trials() -> dict[str, Any]:
        """Coin-flip trials: one row per trial, with n, interval and verdict once it is over. The
        tosses to come are sealed.
        """
        return _told(home, lambda it: _tested(it, "mcp_trials", said.BY_COIN))


def _add_days(app: MCPServer[Any], home: Home) -> None:
    @app.tool(annotations=READS)
    def days(
        first: str | None = None, last: str | None = None, columns: list[str] | None = None
    ) -> dict[str, Any]:
        """One row per day with score, load and all features; by default the last 14 days. `first`
        and `last` as 2026-05-31; `columns` are names of the relation day in the dictionary.
        """
        return _told(home, lambda it: _days(it, "mcp_days", (first, last, LAST_DAYS), columns))

    @app.tool(annotations=READS)
    def runs(
        first: str | None = None, last: str | None = None, columns: list[str] | None = None
    ) -> dict[str, Any]:
        """One row per run; by default of the last 28 days. `first` and `last` as 2026-05-31;
        `columns` are names of the relation activity in the dictionary.
        """
        return _told(home, lambda it: _days(it, "mcp_runs", (first, last, LAST_RUN_DAYS), columns))

    @app.tool(annotations=READS)
    def patterns(first: str | None = None, last: str | None = None) -> dict[str, Any]:
        """What was building up: one row per rule and day it matched, with the numbers, grade and
        source; by default of the last 42 days.
        """
        return _told(home, lambda it: _patterns(it, first, last))


def _add_queries(app: MCPServer[Any], home: Home) -> None:
    @app.tool(annotations=READS)
    def sql(query: str) -> dict[str, Any]:
        """Rows of one read-only DuckDB query: at most 1,000 rows and 15 seconds. `select * from
        relation_guide` lists every relation and column with its unit.
        """
        return _told(
            home,
            lambda it: asdict(said.reply(it, it.rows(query), verdict=said.DESCRIBED)),
        )

    @app.resource("tightlog://dictionary", name="dictionary", mime_type="application/json")
    def dictionary() -> str:
        """Every relation and column that can be asked for, with its type, meaning and unit."""
        return json.dumps(_told(home, _dictionary), ensure_ascii=False)


def _told(home: Home, answer: Callable[[Asked], dict[str, Any]]) -> dict[str, Any]:
    """The answer from the newest version; why there is none goes out as words without paths."""
    try:
        return answer(asked(home))
    except Unanswered as problem:
        raise ToolError(str(problem)) from None


def _today(it: Asked) -> dict[str, Any]:
    told = morning(it)
    whole = said.reply(
        it,
        ([told], False),
        verdict=f"{len(told['patterns'])} patterns stand",
        grade=said.OF_RULE,
        note=told["advice_note"] or "",
    )
    return asdict(whole)


def _tested(it: Asked, name: str, grade: str) -> dict[str, Any]:
    found = it.answer(name)
    note = GOES_WITH if grade == said.OBSERVED else ""
    whole = said.reply(
        it,
        found,
        interval=said.PERCENT,
        verdict=said.verdicts(found[0]),
        grade=grade,
        note=note,
    )
    return asdict(whole)


def _patterns(it: Asked, first: str | None, last: str | None) -> dict[str, Any]:
    found = it.answer("mcp_patterns", *_span(it, first, last, LAST_PATTERN_DAYS))
    whole = said.reply(it, found, verdict=f"{len(found[0])} days matched", grade=said.OF_RULE)
    return asdict(whole)


def _days(
    it: Asked,
    name: str,
    span: tuple[str | None, str | None, int],
    columns: Sequence[str] | None,
) -> dict[str, Any]:
    rows, is_cut = it.answer(name, *_span(it, *span))
    if columns is not None and rows:
        unknown = [column for column in columns if column not in rows[0]]
        if unknown:
            raise Unanswered(f"there is no column {unknown[0]} here; the dictionary lists them")
        rows = [{column: row[column] for column in ("day", *columns)} for row in rows]
    return asdict(said.reply(it, (rows, is_cut)))


def _span(it: Asked, first: str | None, last: str | None, length_d: int) -> tuple[str, str]:
    """The first and last day asked for; by default the last days that are known."""
    try:
        known = said.made(it)["last_day"]
        end = date.fromisoformat(last or known or date.today().isoformat())  # noqa: DTZ011
        start = date.fromisoformat(first) if first else end - timedelta(days=length_d - 1)
    except (ValueError, OverflowError):
        raise Unanswered("a day is written as 2026-05-31") from None
    return start.isoformat(), end.isoformat()


def _dictionary(it: Asked) -> dict[str, Any]:
    return guide(it.answer("mcp_dictionary")[0])
