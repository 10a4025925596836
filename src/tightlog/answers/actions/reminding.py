"""Sending reminders, and storing the addresses they go to."""

from datetime import datetime

from tightlog.answers.arriving.reminder import (
    SECTION,
    TITLE,
    Sent,
    addresses_of,
    reminders,
    send_due,
    text_of,
)
from tightlog.arrivals.notices import is_address, not_sent
from tightlog.errors import SettingsError, TightlogError
from tightlog.home.arriving.keys import keep
from tightlog.home.arriving.remind_section import NAME, Remind
from tightlog.home.settings import SETTINGS_FILE, Home, settings_of
from tightlog.language.catalogue import message, phrase

TEST_TEXT = message("This is a test.")
LONGEST_ADDRESS = 2_000


def remind_now(home: Home) -> Sent:
    """Sends what is due now, whatever the time. Raises SettingsError without [remind]."""
    settings = settings_of(home)
    _section(home)
    return send_due(home, settings, datetime.now(settings.zone))


def would_send(home: Home) -> str:
    """The text that would be sent now; '' for none."""
    settings, remind = settings_of(home), _section(home)
    due = reminders(home, remind, datetime.now(settings.zone))
    return text_of(due, remind) if due else ""


def send_test(home: Home) -> Sent:
    """Sends a test to each address."""
    remind = _section(home)
    addresses, unknown = addresses_of(home, remind)
    failed = not_sent(addresses, TITLE, f"{TEST_TEXT} {remind.link}")
    return Sent(("test",), (*unknown, *failed))


def set_address(home: Home, name: str, address: str) -> None:
    """Stores an address for the owner only. Raises TightlogError for one that can be none; its
    words do not repeat it.
    """
    address = address.strip()
    if not NAME.fullmatch(name):
        raise TightlogError(
            phrase("a name is of small letters, digits, - and _, not {name!r}", name=name)
        )
    if not address or len(address) > LONGEST_ADDRESS or not is_address(address):
        raise TightlogError(
            phrase(
                "this is no address Apprise knows, such as ntfys://TOPIC or mailto://…; "
                "nothing was changed"
            )
        )
    keep(home, SECTION, {name: address})


def _section(home: Home) -> Remind:
    remind = settings_of(home).remind
    if remind is None:
        raise SettingsError(
            SETTINGS_FILE,
            phrase('there is no [remind]; write: [remind]  to = ["phone"]  at = "20:00"'),
        )
    return remind
