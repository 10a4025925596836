"""Starting the page of a cohort, and the passwords of those who may see it."""

import argparse
import os
import sys

from tightlog.cli.addresses import LOCAL, hosts, lan_address
from tightlog.cli.child_process import child_process
from tightlog.cli.commands.dashboard import (
    STREAMLIT_OPTIONS,
    has_display,
    refuse_taken,
    typed_password,
)
from tightlog.cli.printing import print_paragraph
from tightlog.cohort.access import has_access, place_of, set_access
from tightlog.cohort.cohort_file import COACH, Cohort
from tightlog.cohort.stored import database_of
from tightlog.errors import CohortError
from tightlog.home.bundle import bundled, import_path
from tightlog.language.catalogue import phrase


def password(cohort: Cohort, who: str) -> int:
    """Exit code 0 after a person's password was set, which ends the sign-ins of the old one."""
    set_access(cohort, who, typed_password(phrase("New password of {who}: ", who=who)))
    print_paragraph(phrase("The password of {who} is set; only a hash of it is kept.", who=who))
    return 0


def page(cohort: Cohort, given: argparse.Namespace) -> int:
    """Exit code of the server, which runs until Ctrl-C."""
    database_of(cohort)
    address = LOCAL if given.lan is None else lan_address(given.lan)
    refuse_taken(address, given.port)
    is_for_others = given.lan is not None or has_access(cohort)
    if is_for_others and place_of(cohort, COACH) is None:
        raise CohortError(
            phrase(
                "where others may see the page, the coach needs a password too; set one with: "
                "tightlog cohort --in {folder} password coach",
                folder=cohort.folder,
            )
        )
    url = f"http://[{address}]:{given.port}" if ":" in address else f"http://{address}:{given.port}"
    print_paragraph(
        phrase("Page of the cohort {name} on {url} (Ctrl-C stops it)", name=cohort.name, url=url)
    )
    sys.stdout.flush()
    script = bundled("dashboards", "cohort_app.py")
    options = [
        *STREAMLIT_OPTIONS,
        f"--server.address={address}",
        f"--server.port={given.port}",
        *(f"--server.allowedHosts={host}" for host in hosts(address)),
    ]
    opens = not given.no_browser and has_display()
    environment = (
        os.environ
        | import_path(script)
        | {"TIGHTLOG_COHORT": str(cohort.folder), "TIGHTLOG_OPENS_BROWSER": "yes" if opens else ""}
    )
    return child_process(
        [sys.executable, "-m", "streamlit", "run", str(script), *options], environment
    )
