"""Attacks everything tightlog promises, and writes what it survived.

    python -m benchmarks.attacks [--seed N] [--share PERCENT] [--only NAME] [--out FILE]

Each module beside this one offers `attacks(count, seed, folder)`. One that is not there
is left out. `--share 10` makes a tenth of the tries, for a quick look.

All of them take more than an hour. What a module survived is kept in a file as soon as it ends, so
a run that was cut goes on with the modules that are missing. The page is written once none is.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.attacks.outcome import Outcome

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "reliability.md"
KEPT = ROOT / "build" / "attacks.json"


@dataclass(frozen=True)
class Attack:
    """One kind of attack: the module that makes it, how often, and its description."""

    module: str
    count: int
    title: str
    about: str


ATTACKS = (
    Attack(
        "journal",
        2000,
        "The diary",
        "Each try changes lines of a diary to something odd and reads it: no error, no number "
        "outside its range, and every other line counts.",
    ),
    Attack(
        "queries",
        300,
        "Queries",
        "Each try is a query that tries to write, to read elsewhere or to break something, sent "
        "to the SQL page, to the command line and to the gate: no file is written, "
        "no internal error is shown.",
    ),
    Attack(
        "interruptions",
        200,
        "A refresh that is interrupted",
        "Each try kills a refresh, or takes away its disk, at one of its steps on the disk: the "
        "version before or the new one is served, and the next refresh completes.",
    ),
    Attack(
        "folders",
        50,
        "Folders and files that cannot be read",
        "Each try closes folders or files that were read, or puts pipes, devices, endless files, "
        "deep folders or odd names among them: nothing that was read is lost, and nothing hangs.",
    ),
    Attack(
        "permissions",
        10,
        "Who can read it",
        "Each try uses a home under a random umask: what tightlog wrote is open to its owner only.",
    ),
    Attack(
        "nights",
        20,
        "The nightly run",
        "Each try breaks something the nightly run relies on: the next night still ends well.",
    ),
)


def main() -> None:
    """Makes the attacks that are missing and writes the table; exits with 1 when one was not
    survived.
    """
    given = _arguments()
    made_from = f"{commit()}, seed {given.seed}, {given.share} %"
    for attack in ATTACKS:
        if attack.module in _kept(made_from) or given.only not in (None, attack.module):
            continue
        if importlib.util.find_spec(f"benchmarks.attacks.{attack.module}") is None:
            print(f"{attack.module}: not there, left out", file=sys.stderr)
            continue
        outcomes = _made(attack, given.seed, given.share)
        _keep(made_from, attack, outcomes)
        for outcome in outcomes:
            print(f"{outcome.kind}: {outcome.survived} of {outcome.tried} survived", flush=True)
    kept = _kept(made_from)
    told = [(attack, kept[attack.module]) for attack in ATTACKS if attack.module in kept]
    if given.only is None or len(told) == len(ATTACKS):
        given.out.write_text(page(told, datetime.now(UTC), commit(), given.seed), encoding="utf-8")
    sys.exit(any(one.survived < one.tried for _, outcomes in told for one in outcomes))


def _made(attack: Attack, seed: int, share: int) -> list[Outcome]:
    count = max(1, attack.count * share // 100)
    # The tries of these attacks are closed and odd folders, which not every remover gets away.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        module = importlib.import_module(f"benchmarks.attacks.{attack.module}")
        return list(module.attacks(count, seed, Path(scratch)))


def _kept(made_from: str) -> dict[str, list[Outcome]]:
    """What earlier runs from the same commit survived, by module."""
    if not KEPT.exists():
        return {}
    modules = json.loads(KEPT.read_text(encoding="utf-8")).get(made_from, {})
    return {name: [Outcome(**one) for one in outcomes] for name, outcomes in modules.items()}


def _keep(made_from: str, attack: Attack, outcomes: Sequence[Outcome]) -> None:
    """Read again before it is written: two runs may stand side by side, each with its module."""
    KEPT.parent.mkdir(exist_ok=True)
    modules = {name: [asdict(one) for one in known] for name, known in _kept(made_from).items()} | {
        attack.module: [asdict(one) for one in outcomes]
    }
    KEPT.write_text(json.dumps({made_from: modules}, indent=1), encoding="utf-8")


def page(
    told: Sequence[tuple[Attack, Sequence[Outcome]]], made_at: datetime, made_from: str, seed: int
) -> str:
    """The page in Markdown: one table of all kinds, then what each attack does."""
    tried = sum(one.tried for _, outcomes in told for one in outcomes)
    survived = sum(one.survived for _, outcomes in told for one in outcomes)
    lines = [
        "# What tightlog survives",
        "",
        f"{tried:,} attacks, {survived:,} survived. Made on {made_at:%d %B %Y} from commit "
        f"`{made_from}` by "
        f"`python -m benchmarks.attacks --seed {seed}`; run it again to check.",
        "",
        "| attack | tried | survived |",
        "|---|---:|---:|",
        *(
            f"| {_cell(one.kind)} | {one.tried:,} | {one.survived:,} |"
            for _, outcomes in told
            for one in outcomes
        ),
    ]
    for attack, outcomes in told:
        lines += ["", f"## {attack.title}", "", attack.about, "", "Survived means:", ""]
        lines += [f"- {how}" for how in dict.fromkeys(one.how for one in outcomes)]
    return "\n".join(lines) + "\n"


def commit() -> str:
    """Short name of the commit the attacks were made on; `+` when files were changed since."""
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--share", type=int, default=100, help="percent of the tries")
    parser.add_argument("--only", choices=[attack.module for attack in ATTACKS])
    parser.add_argument("--out", type=Path, default=REPORT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
