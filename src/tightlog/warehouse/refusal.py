"""Why a query was refused, for people: a sentence without DuckDB's prefixes, and the place in
their own text.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

MISSING_RELATION = re.compile(r"Table with name (\S+) does not exist")
MISSING_COLUMN = re.compile(
    r'(?:Referenced column|Values list "[^"]*" does not have a column named'
    r'|does not have a column named) "([^"]+)"'
)
MISSING_FUNCTION = re.compile(
    r'Function with name "?([^\s"]+)"? (?:does not exist|is not in the catalog)'
)
SYNTAX = re.compile(r"syntax error at (.+)")
KIND = re.compile(r"^(?:[A-Z]\w+ )+Error: ")
PLACE = re.compile(r"^LINE \d+: (.*)\n( *)\^", re.MULTILINE)


@dataclass(frozen=True)
class Refusal:
    """A sentence, and where in the query: the line's number from 1 and the line itself, None
    where no place is known.
    """

    sentence: str
    line_number: int | None = None
    line: str | None = None


def refusal(problem: str, sql: str, relations: Sequence[str], columns: Sequence[str]) -> Refusal:
    """What DuckDB's message means for this query; relations and columns are those of the
    warehouse, for suggestions.
    """
    number = _line_number(problem, sql)
    sentence = _sentence(problem, relations, columns)
    return Refusal(sentence, number, sql.splitlines()[number - 1].strip() if number else None)


def _sentence(problem: str, relations: Sequence[str], columns: Sequence[str]) -> str:
    if found := MISSING_RELATION.search(problem):
        return f"There is no relation {found[1]}.{_nearest(found[1], relations)}"
    if found := MISSING_COLUMN.search(problem):
        return f"There is no column {found[1]} here.{_nearest(found[1], columns)}"
    if found := MISSING_FUNCTION.search(problem):
        return f"There is no function {found[1]} here."
    if found := SYNTAX.search(problem):
        return f"This cannot be read as SQL: syntax error at {found[1].strip()}."
    if "Values were not provided" in problem:
        return "A query here has no parameters: write the value itself in place of ? or $name."
    first = KIND.sub("", problem.strip().split("\n\n")[0]).replace("\n", " ").strip().rstrip(".!")
    return f"{first[:1].upper()}{first[1:]}."


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(
        name.rpartition(".")[2].strip('"').lower(), sorted(set(known)), n=3, cutoff=0.5
    )
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _line_number(problem: str, sql: str) -> int | None:
    """Found by the line's text: DuckDB counts the lines of a text of its own making once a query
    runs. Else by the name complained of.
    """
    lines = sql.splitlines()
    if found := PLACE.search(problem):
        shown = found[1].strip(". ")
        return next(
            (number for number, line in enumerate(lines, 1) if shown and shown in line), None
        )
    for expression in (MISSING_RELATION, MISSING_COLUMN, MISSING_FUNCTION):
        if found := expression.search(problem):
            name = re.compile(rf"(?<!\w){re.escape(found[1])}(?!\w)", re.IGNORECASE)
            return next((number for number, line in enumerate(lines, 1) if name.search(line)), None)
    return None
