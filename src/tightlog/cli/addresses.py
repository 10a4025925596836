"""The address of the dashboard: this machine only, or one that the home network reaches."""

import socket
from ipaddress import ip_address

from tightlog.errors import TightlogError
from tightlog.language.catalogue import phrase

LOCAL = "127.0.0.1"
# Nothing is sent there: the operating system only reports which of its addresses it would use.
ELSEWHERE = ("192.0.2.1", 9)


def lan_address(given: str) -> str:
    """The address at which the home network reaches this machine: the one given, else its own.

    Raises TightlogError for a text that is not an address, and for one of this machine only, of
    all its networks, or open to the internet.
    """
    if not given:
        return _own_address()
    try:
        address = ip_address(given)
    except ValueError as problem:
        raise TightlogError(
            phrase(
                "{given!r} is not an address such as 192.168.1.20; leave it out and tightlog "
                "finds it",
                given=given,
            )
        ) from problem
    if address.is_loopback:
        raise TightlogError(
            phrase("{given} is this machine only; for that, leave --lan out", given=given)
        )
    if address.is_unspecified:
        raise TightlogError(
            phrase(
                "{given} means all networks of this machine, unknown ones included; give one "
                "address, such as 192.168.1.20",
                given=given,
            )
        )
    if address.is_global:
        raise TightlogError(
            phrase(
                "{given} can be reached from the internet, and this connection is not "
                "encrypted; use an address of your home network, or an SSH tunnel "
                "(docs/privacy.md)",
                given=given,
            )
        )
    return given


def hosts(address: str) -> tuple[str, ...]:
    """Host names a browser may use for the dashboard at an address."""
    if address == LOCAL:
        return (LOCAL, "localhost")
    name = socket.gethostname().lower()
    return tuple(dict.fromkeys((address, name, f"{name.partition('.')[0]}.local")))


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            own = str(probe.getsockname()[0])
        except OSError:
            own = LOCAL
    if ip_address(own).is_loopback:
        raise TightlogError(
            phrase(
                "this machine does not seem to be in a network; join one, or give the address: "
                "tightlog dashboard --lan 192.168.1.20"
            )
        )
    return lan_address(own)
