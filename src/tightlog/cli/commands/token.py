"""`tightlog token`: tokens with which a phone, a tag or another program logs a score."""

import argparse

from tightlog.answers.actions.tokens import end_token, new_token, standing_tokens
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.errors import TokenRefused
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    ("tightlog token new phone", message("a token for the phone, shown once")),
    ("tightlog token list", message("which there are, and since when")),
    ("tightlog token revoke phone", message("it is refused from now on")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("what", choices=("new", "list", "revoke"))
    parser.add_argument("name", nargs="?", metavar="NAME")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the token was made, listed or revoked."""
    home = home_folder(given.home)
    if given.what == "list":
        known = standing_tokens(home)
        if given.json:
            print_json([{"name": one.name, "made_on": one.made_on} for one in known])
        else:
            lines = [
                phrase("{name}, made on {made_on}", name=one.name, made_on=one.made_on)
                for one in known
            ]
            print_paragraph(
                "\n".join(lines) or phrase("There is no token: nobody logs from elsewhere.")
            )
        return 0
    if not given.name:
        raise TokenRefused(
            phrase("name the token, such as: tightlog token {what} phone", what=given.what)
        )
    if given.what == "revoke":
        end_token(home, given.name)
        print_paragraph(
            phrase("The token {name} is revoked: it is refused from now on.", name=given.name)
        )
        return 0
    token = new_token(home, given.name)
    if given.json:
        print_json({"name": given.name, "token": token})
        return 0
    print_paragraph(phrase("The token {name}, shown only now (its hash is kept):", name=given.name))
    print(token)
    print_paragraph(
        phrase(
            "It may log and read nothing. Send it with each request while `tightlog dashboard` "
            "runs:"
        )
    )
    print(
        "curl -X POST http://127.0.0.1:8501/log -H 'Authorization: Bearer TOKEN' "
        "-H 'Content-Type: application/json' -d '{\"score\": 3}'"
    )
    print_paragraph(phrase("docs/arrivals.md has recipes for phones, Home Assistant and NFC tags."))
    return 0
