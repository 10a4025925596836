"""The pass a browser carries after it gave the password: a signed cookie that can be taken back."""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from itsdangerous import BadData, URLSafeTimedSerializer

from tightlog.errors import PasswordError
from tightlog.home.password import StoredPassword, end_session, stored_password
from tightlog.home.settings import Home, home_folder

SESSION_S, STAY_S = 12 * 3600, 30 * 24 * 3600
# Between the name and the pass in the cookie of a door that asks for names; in neither of them.
AFTER_NAME = "~"


@dataclass(frozen=True)
class Door:
    """What a password opens: the one home, or by name what each of several people may see.

    `place` gives the folder that keeps a person's password, None for a name nobody has.
    """

    place: Callable[[str], Home | None]
    is_named: bool = False
    # Of the cookie.
    name: str = "tightlog"

    def cookie(self, port: int) -> str:
        """Name of the cookie of a server."""
        return cookie_name(port, self.name)

    def parts(self, given: str) -> tuple[str, str]:
        """Whose pass a cookie holds ('' where nobody is named), and the pass."""
        who, _, text = given.partition(AFTER_NAME)
        return (who, text) if self.is_named else ("", given)

    def value(self, who: str, text: str) -> str:
        """What a cookie holds."""
        return f"{who}{AFTER_NAME}{text}" if self.is_named else text


def door_of(home: Home) -> Door:
    """The door of one home, which asks for its password and no name."""
    return Door(lambda _: home)


def signed_in_as(door: Door, cookies: Mapping[str, str], port: int) -> str | None:
    """Whose password a cookie shows to have been given ('' where nobody is named); else None."""
    who, given = door.parts(cookies.get(door.cookie(port), ""))
    place = door.place(who)
    try:
        # The name in a cookie is only a claim: each person's passes have a key of their own.
        stored = None if place is None else stored_password(place)
    except PasswordError:
        return None
    return who if stored is not None and is_valid_pass(stored, given, time.time()) else None


def signed_pass(stored: StoredPassword, until_s: int) -> str:
    """A text that proves until `until_s` (seconds since 1970) that its bearer gave the password.

    Readable by anyone, changed by nobody: a name of its own for each sign-in, and its end.
    """
    return _serializer(stored).dumps({"session": secrets.token_hex(16), "until_s": until_s})


def is_valid_pass(stored: StoredPassword, given: str, now_s: float) -> bool:
    """True for a text of `signed_pass` that is not over, not signed out, and of this password."""
    try:
        # No pass outlives the longest stay, whatever it says of itself.
        claim = _serializer(stored).loads(given, max_age=STAY_S)
    except BadData:
        return False
    return bool(claim["until_s"] > now_s and claim["session"] not in stored.signed_out)


def end_pass(home: Home, given: str, now_s: float) -> None:
    """Ends a pass for whoever holds a copy of it, on disk; one not valid any more is left.

    Raises PasswordError when there is no password to read, OSError when it cannot be written.
    """
    stored = stored_password(home)
    if is_valid_pass(stored, given, now_s):
        claim = _serializer(stored).loads(given)
        end_session(home, claim["session"], claim["until_s"], now_s)


def guarded_home(address: str | None, home: Home) -> Home | None:
    """The home whose password is asked for; None when the server listens to this machine only.

    An address left out means all of them.
    """
    try:
        return None if ip_address(address or "0.0.0.0").is_loopback else home
    except ValueError:
        return None if address == "localhost" else home


def is_signed_in(home: Home, cookies: Mapping[str, str], port: int) -> bool:
    """True when a cookie shows that the password in force was given; never without a password."""
    return signed_in_as(door_of(home), cookies, port) is not None


def is_admitted(address: str | None, cookies: Mapping[str, str], port: int) -> bool:
    """True when the server listens to this machine only, or the visitor signed in.

    This is the second look, for an app started without its gate. `address` is the server's;
    .streamlit/config.toml beside the app sets it: it is None only where nothing listens at all.
    """
    home = home_folder(None)
    is_local = address is None or guarded_home(address, home) is None
    return is_local or is_signed_in(home, cookies, port)


def cookie_name(port: int, name: str = "tightlog") -> str:
    """Browsers share cookies between ports; two dashboards must not sign each other out."""
    return f"{name}_{port}"


def _serializer(stored: StoredPassword) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        bytes.fromhex(stored.signing_key),
        salt="tightlog dashboard",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
