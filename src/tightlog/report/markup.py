"""The report's pieces as HTML; every value is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folder: Path) -> Environment:
    """The templates of a folder: values are escaped, and one that a template lacks is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def section(title: str, inside: str, *, is_whole: bool = False) -> str:
    """A section with its heading; a whole one is not broken over two pages of paper."""
    return f"<section{' class=whole' if is_whole else ''}><h2>{title}</h2>{inside}</section>"


def quiet(text: str) -> str:
    """A line in a quiet tone."""
    return f"<p class='quiet'>{escape(text)}</p>"


def table(heads: Sequence[str], body: Iterable[Sequence[str]], *, first_number: int = 99, last_number: int = 99, caption: str = "") -> str:
    """A table whose columns from the first to the last number are set to the right; one that ends in words folds on a phone."""
    is_told = last_number < len(heads)

    def cell(tag: str, place: int, text: str) -> str:
        kind = " class=number" if first_number <= place <= last_number else " class=day" if place == 0 and tag == "td" and last_number == 99 else ""
        named = f' data-head="{escape(heads[place])}"' if is_told and tag == "td" else ""
        return f"<{tag}{kind}{named}>{escape(text)}</{tag}>"

    head = "".join(cell("th", place, text) for place, text in enumerate(heads))
    rows = "".join("<tr>" + "".join(cell("td", place, text) for place, text in enumerate(row)) + "</tr>" for row in body)
    beneath = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<div class='wide'><table{' class=told' if is_told else ''}>{beneath}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def capital(text: str) -> str:
    """The text with a capital to begin with."""
    return text[:1].upper() + text[1:]
