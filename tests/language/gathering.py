"""The sentences of the whole program: those marked in code and templates, and those declared as
data (patterns, interventions with their doses and drawings).
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

TOP = Path(__file__).parents[2]
# What they say of a file is stored in English.
READERS = TOP / "src" / "tightlog" / "readers"
ROOTS = (TOP / "src" / "tightlog", TOP / "dashboards", TOP / "pipelines")


@dataclass(frozen=True, order=True)
class Sentence:
    """An id of the catalogue, with its plural where it has one, and the file that has it."""

    file: str
    one: str
    many: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.one, self.many) if self.many else self.one


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence once, by file and in the order it is found."""
    found: dict[str | tuple[str, str], Sentence] = {}
    for sentence in (*marked(), *in_templates(), *declared()):
        if sentence.one.strip():
            found.setdefault(sentence.id, sentence)
    # A singular that stands alone elsewhere is the same entry.
    plurals = {one.one for one in found.values() if one.many}
    return tuple(one for one in found.values() if one.many or one.one not in plurals)


def marked() -> Iterator[Sentence]:
    """What `phrase`, `message`, `plural`, `phrases` and `counted` are given in code."""
    for root in ROOTS:
        for file in sorted(root.rglob("*.py")):
            if file.is_relative_to(READERS):
                continue
            name = place_of(file)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from (Sentence(name, *texts) for texts in _texts(node))


def place_of(file: Path) -> str:
    """A file within the program, as `words/dates.py` or `dashboards/streamlit_app.py`."""
    return str(file.relative_to(TOP)).removeprefix("src/tightlog/")


def _texts(call: ast.Call) -> Iterator[tuple[str, ...]]:
    given = [_text(one) for one in call.args]
    match getattr(call.func, "id", ""), given:
        case (("phrase" | "message"), [str(text), *_]):
            yield (text,)
        case "plural", [str(one), str(many), *_]:
            yield one, many
        case "counted", [_, str(noun), str(nouns)]:
            yield f"{{number}} {noun}", f"{{number}} {nouns}"
        case "counted", [_, str(noun)]:
            yield f"{{number}} {noun}", f"{{number}} {noun}s"
        case "phrases", _ if isinstance(call.args[0], ast.Dict):
            yield from ((text,) for text in map(_text, call.args[0].values) if text)


def _text(node: ast.expr) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else None


def in_templates() -> Iterator[Sentence]:
    """What templates give `phrase`."""
    for root in ROOTS:
        for file in sorted(root.rglob("*.jinja")):
            tree = Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))
            for call in tree.find_all(nodes.Call):
                if isinstance(call.node, nodes.Name) and call.node.name == "phrase":
                    texts = (one.value for one in call.args if isinstance(one, nodes.Const))
                    yield from (Sentence(place_of(file), text) for text in texts)


def declared() -> Iterator[Sentence]:
    """The words of patterns and interventions, as they are read."""
    from tightlog.domain.interventions.catalogue import CATALOGUE, article_dose
    from tightlog.domain.interventions.doses import starting_doses
    from tightlog.domain.interventions.poses import drawn_exercises
    from tightlog.patterns.catalogue import PATTERNS

    for pattern in PATTERNS:
        texts = (pattern.title, pattern.what, pattern.why, pattern.source, pattern.needs)
        yield from _of(f"patterns/{pattern.pattern}", (*texts, pattern.link))
    for item in CATALOGUE:
        dose = starting_doses()[item.intervention]
        texts = (item.title, item.category, item.how_to, item.caution, item.evidence_note)
        doses = (*article_dose(item).split("; "), dose.words or "", dose.source)
        yield from _of(f"interventions/{item.intervention}", (*texts, *doses))
    for name, exercise in drawn_exercises().items():
        for position in exercise.positions:
            yield from _of(f"interventions/poses/{name}", (position.caption, position.words))


def _of(place: str, texts: Iterable[str]) -> Iterator[Sentence]:
    yield from (Sentence(place, text) for text in texts if text)
