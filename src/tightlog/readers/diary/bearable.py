"""Bearable's export: one row per thing noted, unfolded into a table with a column for each.

date formatted,date,weekday,time of day,category,rating/amount,detail,notes
3rd Jan 2026,2026-01-03,Saturday,am,Symptom,,"Lower back pain (Moderate)",
3rd Jan 2026,2026-01-03,Saturday,am,Mood,6,"Okay",
3rd Jan 2026,2026-01-03,Saturday,all day,Sleep,07:12,,
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tightlog.readers.diary.header.headers import plain
from tightlog.readers.diary.table import Row, Table

MARKS = frozenset({"date", "time of day", "category", "rating amount", "detail"})
# Unfolded; by these columns the export is known afterwards.
HEADER = ("date", "time of day", "category", "symptom", "severity", "notes", "mood", "energy")
SLEEP = "sleep hours"
SYMPTOM = "symptom"
# `Lower back pain (Moderate)`, several after each other.
NAMED = re.compile(r"([^|,;()]+)\(([^()]*)\)")
HOURS = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
CONTEXT: Mapping[str, str] = MappingProxyType({"mood": "mood", "energy": "energy", "sleep": SLEEP})


def is_bearable(header: Sequence[str]) -> bool:
    """True for the column names of Bearable's export."""
    return set(map(plain, header)) >= MARKS


def unfolded(table: Table) -> Table:
    """The table with a row for each symptom and for each other thing noted, and a column each for
    symptom, severity, mood, energy and hours of sleep.
    """
    header = (*HEADER, SLEEP)
    names = [plain(name) for name in table.header]
    rows = []
    for row in table.rows:
        cells = dict(zip(reversed(names), reversed(row.cells), strict=True))
        rows += [
            replace(row, cells=tuple(said.get(name, "") for name in header))
            for said in _things(row, cells)
        ]
    return replace(table, header=header, rows=tuple(rows))


def _things(row: Row, cells: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    about = {
        "date": cells["date"],
        "time of day": cells["time of day"],
        "category": cells["category"],
        "notes": cells.get("notes", ""),
    }
    category = cells["category"].casefold().strip()
    amount, detail = cells["rating amount"], cells["detail"]
    if category.removesuffix("s") == SYMPTOM:
        named = NAMED.findall(detail) or [(detail, amount)]
        for name, severity in named:
            yield about | {SYMPTOM: name.strip(), "severity": _severity(severity)}
    elif category in CONTEXT:
        yield about | {CONTEXT[category]: _hours(amount) if category == "sleep" else amount}
    else:
        yield about


def _severity(written: str) -> str:
    """A severity in words; a number alone is of a scale of the app's that its export does not
    name.
    """
    text = written.strip()
    return f"severity {text} without its word" if text.isdigit() else text


def _hours(written: str) -> str:
    found = HOURS.fullmatch(written.strip())
    return f"{int(found.group(1)) + int(found.group(2)) / 60:.4g}" if found else written
