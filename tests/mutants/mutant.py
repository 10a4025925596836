"""A mutant: one number of the source, a tenth larger or smaller, in a copy of the code."""

import ast
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutants.borders import Border

TOP = Path(__file__).parents[2]
# The folder each package of the code lies in.
PACKAGES = {"tightlog": TOP / "src", "dashboards": TOP}
SMALLEST_INTEGER_IN_FUNCTION = 10
WHOLE_UNITS = ("days", "runs", "sessions")
# Only what a guarding test needs: a mutant is tried hundreds of times.
OPTIONS = (
    f"-x -q -p pytest_timeout -p no:cacheprovider -p no:unraisableexception --rootdir {TOP}".split()
)


@dataclass(frozen=True)
class Mutant:
    """A number of a module: the constant it belongs to, where it stands, and what it becomes."""

    module: str
    name: str
    guards: tuple[str, ...]
    line: int
    start: int
    end: int
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}: {self.was} → {self.becomes} (line {self.line})"


def source_file(module: str, top: Path | None = None) -> Path:
    """File of a module, below a folder that holds its package, or where the code lies."""
    package, *_ = parts = module.split(".")
    path = (top or PACKAGES[package]).joinpath(*parts)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def mutants_of(border: Border) -> Iterator[Mutant]:
    """Mutants of every number of every constant of a border; ValueError for a missing one."""
    source = source_file(border.module).read_text(encoding="utf-8")
    body = ast.parse(source).body
    for name in border.names:
        node = _node(body, name)
        constants = [] if node is None else list(_numbers(node, name))
        if node is None or not constants:
            raise ValueError(f"{border.module} has no number called {name}")
        for constant in constants:
            was = ast.get_source_segment(source, constant) or ""
            for becomes in _tenths(_number(constant), is_counted=any(_is_counting(node))):
                yield Mutant(
                    border.module, name, border.guards, constant.lineno, constant.col_offset,
                    constant.end_col_offset or 0, was, repr(becomes),
                )  # fmt: skip


def is_killed(mutant: Mutant) -> bool:
    """True when a guarding test fails with this number changed; for a process of its own."""
    return not are_green(mutant.guards, mutant)


def are_green(guards: tuple[str, ...], mutant: Mutant | None = None) -> bool:
    """True when these test files pass on a copy of the code, changed or not, else False.

    Runs pytest in this process, which must not have imported tightlog; what the tests start sees
    the copy as well. RuntimeError with pytest's output when unchanged files cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
        for package, place in PACKAGES.items():
            shutil.copytree(place / package, Path(scratch) / package)
        if mutant is not None:
            _change(source_file(mutant.module, Path(scratch)), mutant)
        os.environ |= {
            "PYTHONPATH": scratch,
            "HYPOTHESIS_STORAGE_DIRECTORY": f"{scratch}/hypothesis",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        sys.path.insert(0, scratch)
        log = Path(scratch) / "log"
        with log.open("w") as stream, redirect_stdout(stream), redirect_stderr(stream):
            status = pytest.main([*OPTIONS, *(str(TOP / guard) for guard in guards)])
        # Files that run unchanged, and not once a number is changed, have noticed it.
        has_noticed = mutant is not None or status == pytest.ExitCode.TESTS_FAILED
        if status != pytest.ExitCode.OK and not has_noticed:
            raise RuntimeError(f"pytest could not run {' '.join(guards)}\n{log.read_text()}")
    return status == pytest.ExitCode.OK


def _change(file: Path, mutant: Mutant) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    line = lines[mutant.line - 1].encode()
    changed = line[: mutant.start] + mutant.becomes.encode() + line[mutant.end :]
    lines[mutant.line - 1] = changed.decode()
    file.write_text("\n".join(lines), encoding="utf-8")


def _node(body: list[ast.stmt], name: str) -> ast.AST | None:
    # The value assigned to a name at the top of a module, or the function or class of that name;
    # of `Class.method` the method.
    name, _, member = name.partition(".")
    for statement in body:
        if isinstance(statement, ast.ClassDef) and statement.name == name:
            methods = (part for part in statement.body if isinstance(part, ast.FunctionDef))
            return next((method for method in methods if method.name == member), statement)
        if isinstance(statement, ast.FunctionDef) and statement.name == name:
            return statement
        if isinstance(statement, ast.AnnAssign) and _is_name(statement.target, name):
            return statement.value
        if isinstance(statement, ast.Assign) and (value := _assigned(statement, name)) is not None:
            return value
    return None


def _assigned(statement: ast.Assign, name: str) -> ast.expr | None:
    for target in statement.targets:
        if _is_name(target, name):
            return statement.value
        if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
            for place, value in zip(target.elts, statement.value.elts, strict=True):
                if _is_name(place, name):
                    return value
    return None


def _is_name(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _numbers(node: ast.AST, name: str) -> Iterator[ast.Constant]:
    _, _, keyword = name.partition(".")
    if keyword and not isinstance(node, ast.FunctionDef):
        for part in ast.walk(node):
            is_argument = isinstance(part, ast.keyword) and part.arg == keyword
            is_default = isinstance(part, ast.AnnAssign) and _is_name(part.target, keyword)
            value = part.value if isinstance(part, ast.keyword | ast.AnnAssign) else None
            if value is not None and (is_argument or is_default):
                yield from _numbers(value, "")
    elif isinstance(node, ast.FunctionDef):
        for constant in _constants(node):
            # 0, 1 and 2 as indexes and signs are no borders.
            smallest = 0.0 if isinstance(constant.value, float) else SMALLEST_INTEGER_IN_FUNCTION
            if _number(constant) > smallest:
                yield constant
    else:
        # Of a product (14 * 3600) one factor is enough.
        yield from list(_constants(node))[: 1 if isinstance(node, ast.BinOp) else None]


def _constants(node: ast.AST) -> Iterator[ast.Constant]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and type(part.value) in (int, float):
            yield part


def _number(constant: ast.Constant) -> int | float:
    if not isinstance(constant.value, int | float):
        raise TypeError(f"{ast.unparse(constant)} is no number")
    return constant.value


def _is_counting(node: ast.AST) -> Iterator[bool]:
    # Threshold("gap_d", 14.0, "days", …) counts whole days.
    for part in ast.walk(node):
        yield isinstance(part, ast.Constant) and part.value in WHOLE_UNITS


def _tenths(value: int | float, is_counted: bool) -> tuple[int | float, int | float]:
    if isinstance(value, int) or is_counted:
        step = max(1, round(abs(value) / 10))
        return value + step, value - step
    step_f = abs(value) / 10 or 0.1
    return round(value + step_f, 12), round(value - step_f, 12)
