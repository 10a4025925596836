"""Why everything was read from scratch, in words, by the code of the reason."""

from collections.abc import Mapping

# Asked for, or nothing published yet: those two need no explanation.
WHY_FROM_SCRATCH: Mapping[str, str] = {
    "asked": "",
    "nothing_published": "",
    "unreadable": "the warehouse could not be opened",
    "older_format": "the warehouse was made by an older tightlog",
    "other_zone": "the time zone has changed",
    "other_reading": "what is read of nights and days has changed",
    "records_lost": "files with records were missing beside the warehouse",
}


def because_words(reason: str | None) -> str:
    """The reason as it follows "because"; '' when there is none to tell."""
    return "" if reason is None else WHY_FROM_SCRATCH[reason]
