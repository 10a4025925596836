"""Templates: every value is text, a lacking one is an error, and no module builds HTML itself."""

import ast
import re
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError, nodes
from markupsafe import Markup

from dashboards.months import month_grid
from dashboards.runs import run_cards
from dashboards.shell import sign_pages
from dashboards.shell.sign_pages import sign_page
from dashboards.shown import cards, markup
from dashboards.shown.markup import card
from tightlog.answers.report import markup as report_markup

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = {
    "dashboards/months": month_grid.TEMPLATES,
    "dashboards/runs": run_cards.TEMPLATES,
    "dashboards/shell": sign_pages.TEMPLATES,
    "dashboards/shown": markup.TEMPLATES,
    "src/tightlog/answers/report": report_markup.TEMPLATES,
}
PROGRAMS = ("dashboards", "src/tightlog/answers/report")
FOUND = [
    (folder, path.name)
    for folder in FOLDERS
    for path in sorted((ROOT / folder).glob("*.html.jinja"))
]
# They draw SVG of numbers; their one text is escaped there.
DRAWS = {"drawing.py", "drawings.py"}
TAG = re.compile(r"</?[a-z][a-z0-9]*[ >]")
HOSTILE = "<script>alert(1)</script>' onclick='x\" onclick=\"y"


class Tags(HTMLParser):
    """Tags of a text, and names of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}


def test_every_template_lies_in_one_of_the_folders_looked_at() -> None:
    every = [path.name for folder in PROGRAMS for path in (ROOT / folder).rglob("*.jinja")]
    assert sorted(every) == sorted(name for _, name in FOUND)


@pytest.mark.parametrize(("folder", "name"), FOUND)
def test_no_template_switches_escaping_off(folder: str, name: str) -> None:
    templates = FOLDERS[folder]
    tree = templates.parse((ROOT / folder / name).read_text(encoding="utf-8"))
    assert templates.autoescape is True
    assert not [one for one in tree.find_all(nodes.Filter) if one.name in ("safe", "mark_safe")]
    assert not list(tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)))


@pytest.mark.parametrize(("folder", "name"), FOUND)
def test_every_value_in_an_attribute_stands_in_quotes(folder: str, name: str) -> None:
    text = (ROOT / folder / name).read_text(encoding="utf-8")
    # Unquoted, a space would begin another attribute. The classes of a table are our own words.
    assert set(re.findall(r"=\{\{ *(\w+)", text)) <= {"kind"}


def test_a_value_a_template_lacks_is_an_error_and_no_empty_place() -> None:
    with pytest.raises(UndefinedError):
        sign_page("sign_in", problem="x")
    with pytest.raises(UndefinedError):
        card("advice_reasons", {"rank": 1}, "dose")


def test_a_hostile_value_is_text_in_attributes_and_between_tags() -> None:
    row = {
        "name": HOSTILE,
        "sport": "running",
        "sub_sport": HOSTILE,
        "moving_s": 60.0,
        "elapsed_s": 60.0,
        "distance_m": 100.0,
        "speed_mps": 2.0,
        "cadence_spm": None,
        "cadence_residual_pct": None,
        "heart_rate_bpm": None,
        "ascent_m": None,
        "load_au": None,
        "shoe": HOSTILE,
        "shoe_source": "file",
    }
    pieces = (
        cards.tiles([(HOSTILE, HOSTILE, HOSTILE)]),
        cards.match_cards(
            [
                {
                    "state": HOSTILE,
                    "started_on": date(2026, 5, 1),
                    "grade": HOSTILE,
                    "title": HOSTILE,
                    "evidence": HOSTILE,
                    "why": HOSTILE,
                    "source": HOSTILE,
                }
            ]
        ),
        card("entry_line", "3", HOSTILE, True, HOSTILE, [HOSTILE]),
        card("file_result", HOSTILE, HOSTILE, [HOSTILE]),
        card("plain_table", [HOSTILE], [[HOSTILE]]),
        card(
            "relation_fold",
            HOSTILE,
            HOSTILE,
            [{"column_name": HOSTILE, "data_type": HOSTILE, "meaning": HOSTILE}],
            False,
        ),
        run_cards.list_row(row, HOSTILE),
        run_cards.facts([(HOSTILE, HOSTILE)]),
        report_markup.table((HOSTILE, "b"), [(HOSTILE, HOSTILE)], last_number=1, caption=HOSTILE),
        report_markup.piece("image", HOSTILE, "AAAA", "AAAA"),
    )
    for piece in pieces:
        assert "&lt;script&gt;" in piece
        assert not Tags(piece).names & {"script", "onclick"}


def test_a_card_already_made_is_not_escaped_again_and_a_text_among_cards_is() -> None:
    assert (
        cards.card_list([cards.quiet("a & b")])
        == "<div class='tl-card tl-list'><p class='tl-quiet'>a &amp; b</p></div>"
    )
    assert "<b>" not in card("card_list", ["<b>"]) and isinstance(cards.quiet("a"), Markup)


def texts(path: Path) -> list[str]:
    """Texts of a module but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in told
    ]


@pytest.mark.parametrize(
    "path",
    [path for folder in PROGRAMS for path in sorted((ROOT / folder).rglob("*.py"))],
    ids=lambda path: path.name,
)
def test_no_module_builds_html_by_hand(path: Path) -> None:
    if path.name not in DRAWS:
        assert [text for text in texts(path) if TAG.search(text)] == []
    assert not re.search(
        r"from html import .*\bescape\b|\bhtml\.escape\b", path.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    "words", [["today"], ["files"], ["sql", "select 1"], ["rate", "3"], ["--help"], ["doctor"]]
)
def test_a_command_that_shows_no_page_does_not_load_the_templates(
    tmp_path: Path, words: list[str]
) -> None:
    script = (
        "import sys\nfrom tightlog.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('jinja2' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--home", str(tmp_path), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "False"
