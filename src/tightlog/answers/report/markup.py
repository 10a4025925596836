"""The pieces of the report as HTML, from templates that escape every value."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tightlog.language.catalogue import phrase
from tightlog.language.choice import chosen


def environment(folder: Path) -> Environment:
    """The templates of a folder: values are escaped, and a missing one is an error. `phrase` writes
    a sentence, and `language` its name, in the runner's language.
    """
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals |= {"phrase": _marked, "language": chosen}
    return templates


def _marked(text: str, **values: object) -> Markup:
    """A sentence of the catalogue, with its values escaped."""
    return Markup(phrase(text, **{name: escape(value) for name, value in values.items()}))


TEMPLATES = environment(Path(__file__).parent)


def macro(templates: Environment, template: str, name: str, *values: object) -> Markup:
    """The result of a template's macro for values in order; it is not escaped again."""
    return Markup(getattr(templates.get_template(template).module, name)(*values))


def piece(name: str, *values: object) -> Markup:
    """A piece of pieces.html.jinja, with its values in order."""
    return macro(TEMPLATES, "pieces.html.jinja", name, *values)


def section(title: str, *inside: Markup, is_whole: bool = False) -> Markup:
    """A section with its heading; a whole one is not split over two pages of paper."""
    return piece("section", title, Markup("").join(inside), is_whole)


def quiet(text: str) -> Markup:
    """A line in a quiet tone."""
    return piece("quiet", text)


def table(
    heads: Sequence[str],
    body: Iterable[Sequence[str]],
    *,
    first_number: int = 99,
    last_number: int = 99,
    caption: str = "",
) -> Markup:
    """A table whose columns from `first_number` to `last_number` are aligned to the right.

    One whose last column holds words folds on a phone.
    """

    def kind(place: int, *, is_head: bool = False) -> str:
        if first_number <= place <= last_number:
            return "number"
        return "day" if place == 0 and not is_head and last_number == 99 else ""

    named = [(text, kind(place, is_head=True)) for place, text in enumerate(heads)]
    rows = [[(text, kind(place), heads[place]) for place, text in enumerate(row)] for row in body]
    return piece("table", named, rows, caption, last_number < len(heads))
