"""The dashboard's templates: every value put into one is text unless a template made it."""

from pathlib import Path

from markupsafe import Markup

from tightlog.report.markup import environment

TEMPLATES = environment(Path(__file__).parent)


def rendered(name: str, **values: object) -> Markup:
    """The template NAME.html.jinja of this folder, filled. A value it lacks is an UndefinedError."""
    return Markup(TEMPLATES.get_template(f"{name}.html.jinja").render(values))
