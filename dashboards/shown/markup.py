"""The pages' templates: every value put into one is text unless a template made it."""

from pathlib import Path

from markupsafe import Markup

from tightlog.answers.report.markup import environment, macro

TEMPLATES = environment(Path(__file__).parent)


def card(name: str, *values: object) -> Markup:
    """A piece of cards.html.jinja, with its values in order."""
    return macro(TEMPLATES, "cards.html.jinja", name, *values)
