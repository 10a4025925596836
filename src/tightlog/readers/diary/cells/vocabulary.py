"""The words of `vocabulary.toml`, by which headers and cells of diaries are recognised."""

import tomllib
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_TABLE: dict[str, Any] = tomllib.loads(
    files("tightlog.readers.diary.cells").joinpath("vocabulary.toml").read_text(encoding="utf-8")
)

WORDS = MappingProxyType(
    {name: frozenset(known.split()) for name, known in _TABLE["words"].items()}
)
MOMENTS = MappingProxyType(
    {name: frozenset(known.split()) for name, known in _TABLE["moments"].items()}
)
# Points of 0–10 → the words for them, the usual one first; blanks in a word are underscores.
SCORE_WORDS = MappingProxyType(
    {float(points): tuple(known.split()) for points, known in _TABLE["scores"].items()}
)
MONTHS = MappingProxyType(
    {word: int(number) for number, known in _TABLE["months"].items() for word in known.split()}
)
# A word for the back that is another word elsewhere → words of its language beside it.
GOES_WITH = MappingProxyType(
    {word: frozenset(known.split()) for word, known in _TABLE["goes_with"].items()}
)
HEADERS = MappingProxyType({role: tuple(names) for role, names in _TABLE["headers"].items()})
# The columns every list of activities has, and no diary has together.
ACTIVITY_LIST = MappingProxyType(
    {role: frozenset(names) for role, names in _TABLE["activity_list"].items()}
)
CONTEXT = MappingProxyType(
    {column: name for name, columns in _TABLE["context"].items() for column in columns}
)
