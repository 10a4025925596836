"""The dashboard's templates: every value put into one is text unless a template made it."""

from pathlib import Path

from markupsafe import Markup

from tightlog.answers.report.markup import environment, macro

TEMPLATES = environment(Path(__file__).parent)


def rendered(name: str, **values: object) -> Markup:
    """The template NAME.html.jinja of this folder. Raises UndefinedError for a lacking value."""
    return Markup(TEMPLATES.get_template(f"{name}.html.jinja").render(values))


def card(name: str, *values: object) -> Markup:
    """A piece of cards.html.jinja, with its values in order."""
    return macro(TEMPLATES, "cards.html.jinja", name, *values)


def run_card(name: str, *values: object) -> Markup:
    """A piece of run_cards.html.jinja, with its values in order."""
    return macro(TEMPLATES, "run_cards.html.jinja", name, *values)
