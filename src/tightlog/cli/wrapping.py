"""Wrapping for a terminal: between words, never inside a path, or a command in backticks."""

import re

PIECE = re.compile(r"(\s*)((?:`[^`\n]*`|\S)+)")


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most so many places, but for a single piece that takes more."""
    return "\n".join("\n".join(_lines(line, width)) for line in text.split("\n"))


def _lines(line: str, width: int) -> list[str]:
    from rich.cells import cell_len

    lines = [""]
    for gap, piece in PIECE.findall(line):
        is_first = not lines[-1]
        if not is_first and cell_len(lines[-1] + gap + piece) > width:
            lines.append(piece)
        else:
            lines[-1] += gap + piece
    return lines
