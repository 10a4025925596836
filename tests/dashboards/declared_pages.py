"""The pages of the dashboard, as its router declares them."""

import ast
import re
from pathlib import Path

DASHBOARDS = Path(__file__).parents[2] / "dashboards"


def pages_declared() -> dict[str, tuple[str, str]]:
    """Pages of the router: address (none for the page at the bare address), module and title."""
    tree = ast.parse((DASHBOARDS / "streamlit_app.py").read_text(encoding="utf-8"))
    pages = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES"
    )
    assert isinstance(pages, ast.List)
    declared = {}
    for call in pages.elts:
        assert isinstance(call, ast.Call)
        given = {word.arg: _text(word.value) for word in call.keywords}
        address = "" if given.get("default") == "True" else given["url_path"]
        declared[address] = (Path(ast.literal_eval(call.args[0])).stem, given["title"])
    return declared


def _text(value: ast.expr) -> str:
    """A text as it stands, or what `phrase` is given."""
    named = value.args[0] if isinstance(value, ast.Call) else value
    return str(ast.literal_eval(named))


def hidden_modules() -> set[str]:
    """Modules of the pages that are reached from others, and stand in no navigation."""
    text = (DASHBOARDS / "streamlit_app.py").read_text(encoding="utf-8")
    return set(re.findall(r'st\.Page\(\s*"app_pages/(\w+)\.py"[^=]*=[^=]*=[^=]*="hidden"', text))
