"""The installation: its parts, and a suitable version of every package it needs."""

from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from tightlog.answers.doctor.check import Check
from tightlog.errors import TightlogError
from tightlog.home.bundle import bundled
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

PACKAGE = "tightlog"
SHOWN_PROBLEMS = 3


def parts(home: Home) -> Check:
    """Whether the dashboard and the pipeline are installed."""
    try:
        bundled("dashboards", "streamlit_app.py")
        bundled("pipelines", "deployment.py")
    except TightlogError as problem:
        return Check("installation", False, str(problem), phrase("install tightlog again"))
    return Check("installation", True, phrase("complete"))


def packages(home: Home) -> Check:
    """Whether the installed versions are those that tightlog and each package it needs ask for.

    For the needs of other packages only a wrong version counts: a package may work without one.
    """
    found, problems = requirement_problems(PACKAGE)
    if not problems:
        return Check(
            "packages", True, phrase("{found} packages, all in a suitable version", found=found)
        )
    shown = "; ".join(problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    return Check(
        "packages",
        False,
        shown + (phrase("; and {more} more", more=more) if more > 0 else ""),
        phrase("install tightlog again, in an environment of its own"),
    )


def requirement_problems(package: str) -> tuple[int, list[str]]:
    """How many packages a package needs, directly or not, and the problems of their versions."""
    problems, seen, waiting = [], {package}, [package]
    while waiting:
        name = waiting.pop()
        for needed in _requirements(name):
            problem = _problem(name, needed)
            if problem is not None:
                problems.append(problem)
            elif (canonical := canonicalize_name(needed.name)) not in seen and _is_installed(
                canonical
            ):
                seen.add(canonical)
                waiting.append(canonical)
    return len(seen) - 1, sorted(set(problems))


def _is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def _requirements(name: str) -> list[Requirement]:
    """What a package needs on this machine, extras left out."""
    parsed = []
    for text in requires(name) or ():
        try:
            parsed.append(Requirement(text))
        except InvalidRequirement:  # an old package may write it in a form of its own
            continue
    return [
        needed
        for needed in parsed
        if needed.marker is None or needed.marker.evaluate({"extra": ""})
    ]


def _problem(name: str, needed: Requirement) -> str | None:
    try:
        installed = version(needed.name)
    except PackageNotFoundError:
        return phrase("{name} is missing", name=needed.name) if name == PACKAGE else None
    if needed.specifier.contains(installed, prereleases=True):
        return None
    return phrase(
        "{name} is {installed}, but {name_2} needs {specifier}",
        name=needed.name,
        installed=installed,
        name_2=name,
        specifier=needed.specifier,
    )
