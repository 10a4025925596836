"""Text that shows all of itself.

The name of a file or a note may hold control characters that clear the screen, set its title or
reverse the order of the letters. They are written as `\\u001b`, which JSON reads back as the
character itself.
"""

import re

# C0 without tab and line feed, DEL, C1, the line and paragraph separators, what turns the
# direction of writing, and the bytes of a name that are not UTF-8.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
LINE_SIGNS = re.compile("[\t\n]")


def visible(text: str) -> str:
    """The text with every control character written out, its lines and columns kept."""
    return HIDDEN.sub(_written, text)


def one_line(text: str) -> str:
    """The same with line feeds and tabs written out as well: for the name of a file."""
    return LINE_SIGNS.sub(_written, visible(text))


def _written(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"
