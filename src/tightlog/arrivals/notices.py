"""Sending a short text to the runner's own addresses by Apprise: ntfy, e-mail, Telegram, desktop …

An address holds a secret: it is never shown or logged, and problems name the address's name.
"""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:  # its plug-ins take a quarter of a second
    from apprise import Apprise

# Its plug-in names a picture on GitHub, which the phone would fetch.
WITH_PICTURE = ("ntfy", "ntfys")
NO_PICTURE = "image=no"


def not_sent(addresses: Mapping[str, str], title: str, text: str) -> tuple[str, ...]:
    """Sends it to each; the names of those it could not be sent to, empty when all went well."""
    return tuple(name for name, address in addresses.items() if not _is_sent(address, title, text))


def is_address(text: str) -> bool:
    """True for an address of a form that is known; nothing is sent."""
    return text.isprintable() and _sender(text) is not None


def _is_sent(address: str, title: str, text: str) -> bool:
    try:
        sender = _sender(address)
        return sender is not None and bool(sender.notify(body=text, title=title))
    except Exception:  # noqa: BLE001 - what a plug-in raises may hold the address
        return False


def _sender(address: str) -> "Apprise | None":
    import apprise

    # An address it refuses it logs, with the secret in it.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(
        app_id="tightlog", app_desc="tightlog", app_url="", image_url_mask="", image_url_logo=""
    )
    sender = apprise.Apprise(asset=asset)
    return sender if sender.add(_plain(address)) else None


def _plain(address: str) -> str:
    """The address; of ntfy without the picture."""
    if urlsplit(address).scheme.lower() not in WITH_PICTURE or "image=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{NO_PICTURE}"
