"""A refresh with a progress bar and a summary: what refresh, ingest and rebuild share."""

from tightlog.answers.actions.refreshes import refreshed
from tightlog.answers.refresh_words import refresh_words
from tightlog.cli.printing import print_json, print_paragraph, progress_call
from tightlog.home.settings import Home


def refresh_and_print(
    home: Home, *, as_json: bool, from_scratch: bool = False, analysed: bool = True
) -> int:
    """Exit code 0 after the summary was printed."""
    bar, advance = progress_call()
    with bar:
        outcome = refreshed(home, progress=advance, from_scratch=from_scratch, analysed=analysed)
    if as_json:
        print_json(outcome.as_json())
    else:
        print_paragraph(refresh_words(outcome, home))
    return 0
