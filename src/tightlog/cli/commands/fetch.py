"""`tightlog fetch`: asks the services and commands of tightlog.toml for new files, now."""

import argparse
import getpass
import sys

from tightlog.answers.actions.fetching import (
    asked_of,
    chosen_fetches,
    fetch_now,
    leave_address,
    set_key,
    take_leave,
)
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.errors import FetchFailed
from tightlog.home.arriving.fetch_sections import Fetch
from tightlog.home.settings import Home, home_folder
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    ("tightlog fetch --dry-run", message("what would be asked; nothing is sent")),
    ("tightlog fetch", message("everything that tightlog.toml switches on")),
    (
        "tightlog fetch intervals_icu --set-key",
        message("store the key (typed unseen, or standard input)"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("name", nargs="?", metavar="NAME", help=phrase("only this [[fetch]]"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help=phrase("only say what would be asked"))
    how.add_argument(
        "--set-key", action="store_true", help=phrase("store the key of NAME, and stop")
    )
    how.add_argument(
        "--authorize",
        action="store_true",
        help=phrase("give leave for polar in the browser, and stop"),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 when each fetch went well, 1 when one failed."""
    home = home_folder(given.home)
    chosen = chosen_fetches(home, given.name)
    if given.set_key or given.authorize:
        if len(chosen) != 1:
            raise FetchFailed("fetch", phrase("name the one whose key this is"))
        return (_authorized if given.authorize else _key_set)(home, chosen[0])
    if given.dry_run:
        return _said(home, chosen, given.json)
    notes = [fetch_now(home, one) for one in chosen]
    if given.json:
        print_json([{"name": one.name, "done": one.is_done, "words": one.words} for one in notes])
    for note in notes:
        if not note.is_done:
            print(
                phrase("tightlog: {name}: {words}", name=note.name, words=note.words),
                file=sys.stderr,
            )
        elif not given.json:
            print_paragraph(
                phrase(
                    "{name}: {words}. `tightlog refresh` reads them.",
                    name=note.name,
                    words=note.words,
                )
            )
    return 0 if all(note.is_done for note in notes) else 1


def _said(home: Home, chosen: tuple[Fetch, ...], as_json: bool) -> int:
    asked = {one.name: asked_of(home, one) for one in chosen}
    if as_json:
        print_json(asked)
        return 0
    for name, lines in asked.items():
        print_paragraph(
            phrase("{name}, asked for nothing now:\n", name=name)
            + "\n".join(f"  {x}" for x in lines)
        )
    return 0


def _key_set(home: Home, one: Fetch) -> int:
    set_key(home, one, _secret("Key" if one.service else "NAME=value"))
    print_paragraph(
        phrase(
            "Stored in {keys_file}, for you only. Next: tightlog fetch {name}",
            keys_file=home.keys_file,
            name=one.name,
        )
    )
    return 0


def _authorized(home: Home, one: Fetch) -> int:
    client = _secret(phrase("Client ID"))
    address = leave_address(home, one, client, _secret(phrase("Client secret")))
    print_paragraph(
        phrase(
            "Open this address, give leave, and copy where it leads you:\n{address}",
            address=address,
        )
    )
    sys.stdout.flush()
    take_leave(home, one, _secret(phrase("The address or the code")))
    print_paragraph(
        phrase(
            "Stored in {keys_file}, for you only. Next: tightlog fetch {name}",
            keys_file=home.keys_file,
            name=one.name,
        )
    )
    return 0


def _secret(what: str) -> str:
    """One line, typed unseen or from standard input: never an argument, which others can see."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{what}: ")
    return sys.stdin.readline().rstrip("\r\n")
