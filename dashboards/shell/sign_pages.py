"""The pages and the button for signing in and out, and the style sheet, made by the templates of
this folder.
"""

from pathlib import Path

from markupsafe import Markup

from tightlog.answers.report.markup import environment

TEMPLATES = environment(Path(__file__).parent)


def sign_page(name: str, **values: object) -> Markup:
    """The template NAME.html.jinja. Raises UndefinedError for a missing value."""
    return Markup(TEMPLATES.get_template(f"{name}.html.jinja").render(values))
