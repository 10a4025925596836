"""`tightlog effects`: what helped."""

import argparse

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame
from tightlog.cli.verdict_groups import effect_groups, print_groups
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message
from tightlog.warehouse import store

EXAMPLES = (
    ("tightlog effects", message("did what you logged help?")),
    ("tightlog effects --json", message("with intervals")),
    ("tightlog sql 'from effect'", message("the same table in SQL")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the effects were printed."""
    version = store.published_version(home_folder(given.home))
    if given.json:
        print_frame(store.relation(version, "effect"), "json")
    else:
        print_groups(effect_groups(store.answer(version, "effects")))
    return 0
