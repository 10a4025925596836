"""Prose in code that does not come from the catalogue."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARKS = frozenset({"phrase", "phrases", "message", "plural", "counted"})
# A gap stands for a value put in. Two words, or a word beside a value, with a space between.
GAP = "\x00"
TWO_WORDS = re.compile(
    r"[A-Za-z]{2,}[’'“”,.;:!?)…]*\s+[(“‘]?[A-Za-z0-9\x00]|\x00[,;:.]?\s+[(“]?[A-Za-z]{2,}"
)
# What a program reads: queries, style sheets, markup, commands, patterns, forms of a date.
NO_PROSE = re.compile(
    r"^\s*(select|insert|update|delete|attach)\s|^from [a-z_]+$|[{};]\s*\n|</|<[a-z]+[ >]"
    r"|%[YmdHM]|\\[sdwb]|^`?(tightlog|systemctl|curl|mv|chmod|sudo) |^font-family|^default-src"
    r"|^\x00 (\x00|UTC)$|^[.#]\w|\bslice\(",
    re.IGNORECASE,
)
# Calls whose texts nobody reads: what they name, compile, log for the owner, or raise for us.
UNREAD = frozenset(
    {"compile", "col", "lit", "getLogger", "warning", "info", "debug", "error", "replace",
     "strptime", "strftime", "ValueError", "AssertionError", "RuntimeError", "KeyError",
     "TypeError", "NotImplementedError", "startswith", "endswith", "removeprefix",
     "removesuffix", "split", "partition", "sub", "match", "search", "execute", "partial"}
)  # fmt: skip
UNREAD_NAMES = frozenset({"key", "schema", "encoding", "page", "format", "metavar", "style"})


@dataclass(frozen=True)
class Bypass:
    """A text of a module that no catalogue can reach."""

    file: Path
    line: int
    text: str


def bypasses(file: Path) -> list[Bypass]:
    """Prose of a module that is shown as it is written."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        Bypass(file, line, text.replace(GAP, "{}"))
        for line, text in _texts(tree)
        if TWO_WORDS.search(text) and not NO_PROSE.search(text)
    ]


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Call() if _name(node.func) in MARKS | UNREAD:
            # A value put in may hold a text of its own.
            values = [*node.args, *(one.value for one in node.keywords)]
            for value in values:
                if not isinstance(value, ast.Constant | ast.JoinedStr | ast.Dict):
                    yield from _texts(value)
        case ast.keyword(arg=name) if name in UNREAD_NAMES:
            return
        case ast.Expr(value=ast.Constant()) | ast.Compare() | ast.MatchValue():
            return
        case ast.Constant(value=str(text)):
            yield node.lineno, text
        case ast.JoinedStr():
            parts = (part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
            yield node.lineno, "".join(map(str, parts))
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _texts(part.value)
        case ast.Subscript():
            yield from _texts(node.value)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
