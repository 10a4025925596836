"""`tightlog remind`: one reminder when no score was given today; and the addresses it goes to."""

import argparse
import getpass
import sys

from tightlog.answers.actions.reminding import remind_now, send_test, set_address, would_send
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    ("tightlog remind --set phone", message("store an address (typed unseen, or standard input)")),
    ("tightlog remind --test", message("send a test to each address")),
    ("tightlog remind", message("send what is due, for a timer of your own")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--set", metavar="NAME", help=phrase("store the address of this name, and stop")
    )
    how.add_argument("--test", action="store_true", help=phrase("send a test, whatever is due"))
    how.add_argument(
        "--dry-run", action="store_true", help=phrase("only show the text; nothing is sent")
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 when nothing was due or each address got it, 1 when one did not."""
    home = home_folder(given.home)
    if given.set:
        is_terminal = sys.stdin.isatty()
        address = getpass.getpass("Address: ") if is_terminal else sys.stdin.readline()
        set_address(home, given.set, address)
        print_paragraph(
            phrase(
                "Stored in {keys_file}, for you only. Next: tightlog remind --test",
                keys_file=home.keys_file,
            )
        )
        return 0
    if given.dry_run:
        text = would_send(home)
        if given.json:
            print_json({"text": text})
        else:
            print_paragraph(text or phrase("Nothing is due, so nothing would be sent."))
        return 0
    sent = send_test(home) if given.test else remind_now(home)
    for name in sent.failed:
        print(
            phrase("tightlog: {name} got nothing; is its address right, and up?", name=name),
            file=sys.stderr,
        )
    if given.json:
        print_json({"sent": list(sent.kinds), "failed": list(sent.failed)})
    elif not sent.kinds:
        print_paragraph(phrase("Nothing is due, so nothing was sent."))
    elif not sent.failed:
        print_paragraph(phrase("Sent: {kinds}.", kinds=", ".join(sent.kinds)))
    return 1 if sent.failed else 0
