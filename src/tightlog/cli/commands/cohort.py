"""`tightlog cohort`: many homes, for a coach, a clinic or a study."""

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.errors import CohortError, ExtraMissing
from tightlog.language.catalogue import message, phrase, phrases

EXAMPLES = (
    (
        "tightlog cohort --in ~/cohort init --name anna",
        message("a cohort that homes can share with"),
    ),
    ("tightlog cohort --in ~/cohort add homes/*", message("the homes in it, each by a pseudonym")),
    (
        "tightlog cohort --in ~/cohort refresh",
        message("refresh the homes that may be, on all cores"),
    ),
)
STEPS = phrases(
    {
        "init": "make DIR a cohort without homes",
        "add": "add homes, or a pattern in quotes",
        "refresh": "refresh the homes that may be, and bring the lake to what is shared now",
        "today": "show who needs a look",
        "pool": "show what the homes say together",
        "homes": "list the homes with what they share and what became of them",
        "sql": "query the lake with read-only SQL",
        "page": "show who needs a look in the browser, on this machine or with --lan",
        "password": "set the password of the coach, or of a runner by the pseudonym",
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "--in",
        dest="folder",
        metavar="DIR",
        default=".",
        help=phrase("folder of the cohort (default: here)"),
    )
    steps = parser.add_subparsers(
        dest="step", metavar="STEP", required=True, parser_class=argparse.ArgumentParser
    )
    parts = {name: steps.add_parser(name, help=words) for name, words in STEPS.items()}
    for name in ("refresh", "today", "pool", "homes", "sql"):
        add_json(parts[name])
    parts["init"].add_argument(
        "--name", help=phrase("what homes name to share with it (default: the name of DIR)")
    )
    parts["add"].add_argument("homes", nargs="+", metavar="HOME")
    parts["add"].add_argument(
        "--as", dest="pseudonym", metavar="PSEUDONYM", help=phrase("of one HOME")
    )
    _add_refresh(parts["refresh"])
    parts["password"].add_argument("who", metavar="WHO", help=phrase("coach, or a pseudonym"))
    parts["page"].add_argument("--port", type=int, default=8502)
    parts["page"].add_argument(
        "--no-browser", action="store_true", help=phrase("do not open a browser window")
    )
    parts["page"].add_argument(
        "--lan",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help=phrase("also for others in this network, behind passwords"),
    )
    parts["today"].add_argument(
        "--of", dest="home", metavar="PSEUDONYM", help=phrase("one home only")
    )
    parts["sql"].add_argument("query", metavar="QUERY")
    parts["sql"].add_argument("--format", choices=("table", "csv", "json"), default="table")


def _add_refresh(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help=phrase("number of processes (default: one for each core)"),
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help=phrase("an existing scheduler of Dask, such as tcp://host:8786"),
    )
    parser.add_argument(
        "--prefect",
        metavar="URL",
        help=phrase("an existing server of Prefect that the workers reach"),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the step was taken; of a refresh also where homes failed."""
    folder = Path(given.folder).expanduser().absolute()
    if given.step == "init":
        return _init(folder, given.name)
    if given.step == "refresh":
        return _refresh(folder, given)
    # Imported here: `--help` and a refresh, which is another process, need none of it.
    from tightlog.cohort.cohort_file import read_cohort

    cohort = read_cohort(folder)
    if given.step == "add":
        return _add(folder, given.homes, given.pseudonym)
    if given.step in ("page", "password"):
        from tightlog.cli.cohort_page import page, password

        return page(cohort, given) if given.step == "page" else password(cohort, given.who)
    from tightlog.cohort.stored import database_of, refreshed_at, stored

    if given.step == "sql":
        from tightlog.cli.commands.sql import print_answer

        print_answer(database_of(cohort), given.query, "json" if given.json else given.format)
        return 0
    relation = {"today": "attention", "pool": "pooled", "homes": "member"}[given.step]
    rows = stored(cohort, relation)
    of_homes = stored(cohort, "member") if given.step == "today" else rows
    if given.step == "today" and given.home is not None:
        if given.home not in of_homes["home"]:
            raise CohortError(
                phrase(
                    "{home} is no home of this cohort; `tightlog cohort homes` lists them",
                    home=given.home,
                )
            )
        rows = rows.filter(rows["home"] == given.home)
    if given.json:
        print_json(rows.to_dicts())
        return 0
    from tightlog.cli.cohort_lists import print_attention, print_members, print_pooled

    if given.step == "today":
        print_attention(rows, of_homes, refreshed_at(cohort), given.home)
    elif given.step == "pool":
        print_pooled(rows)
    else:
        print_members(rows)
    return 0


def _init(folder: Path, name: str | None) -> int:
    from tightlog.cohort.cohort_file import new_cohort

    made = new_cohort(folder, name or folder.name)
    print_paragraph(phrase("{file} is a cohort called {name}.", file=made.file, name=made.name))
    print_paragraph(
        phrase("A runner shares a home with it by these lines in the home's tightlog.toml:")
    )
    print(f'\n[share]\nwith = ["{made.name}"]\nwhat = ["status", "estimates"]\nrefresh = true\n')
    print_paragraph(phrase("Then add it: tightlog cohort --in {folder} add HOME", folder=folder))
    return 0


def _add(folder: Path, homes: list[str], pseudonym: str | None) -> int:
    from tightlog.cohort.cohort_file import PATTERN, read_cohort, with_home
    from tightlog.cohort.members import members
    from tightlog.words.numbers import counted

    if pseudonym is not None and len(homes) > 1:
        raise CohortError(phrase("--as names one home, and several were given"))
    cohort = read_cohort(folder)
    there = {one.folder for one in members(cohort)}
    known = 0
    for path in homes:
        place = Path(path).expanduser().absolute()
        is_pattern = PATTERN.search(path) is not None
        if not is_pattern and not (place / "data" / "raw").is_dir():
            raise CohortError(phrase("{place} is no home: it has no folder data/raw", place=place))
        if not is_pattern and place.resolve() in there:
            known += 1
            continue
        cohort = with_home(cohort, str(place), pseudonym)
    if known:
        print_paragraph(phrase("In the cohort already: {homes}.", homes=counted(known, "home")))
    print_paragraph(
        phrase(
            "{homes} now. {file} says which pseudonym is whose. Next: "
            "tightlog cohort --in {folder} refresh",
            homes=counted(len(members(cohort)), "home"),
            file=cohort.file,
            folder=folder,
        )
    )
    return 0


def _refresh(folder: Path, given: argparse.Namespace) -> int:
    if find_spec("prefect_dask") is None or find_spec("distributed") is None:
        raise ExtraMissing("cohort refresh", "cohort")
    from tightlog.cli.child_process import child_process
    from tightlog.home.bundle import bundled, import_path

    options = [str(folder), *(["--json"] if given.json else [])]
    for name in ("workers", "scheduler", "prefect"):
        value = getattr(given, name)
        options += [] if value is None else [f"--{name}", str(value)]
    environment = os.environ | import_path(bundled("pipelines", "deployment.py"))
    return child_process([sys.executable, "-m", "pipelines.cohort.start", *options], environment)
