"""The password of `dashboard --lan`: a salted hash, the key that signs cookies, and who signed out.

data/dashboard-password, readable by its owner only:
{"scheme": "scrypt", "n": 32768, "r": 8, "p": 3, "salt": "…", "hash": "…", "signing_key": "…",
 "signed_out": {"5f0c…": 1790000000}}
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

from tightlog.errors import NoPassword, PasswordTooShort, PasswordUnreadable
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home

LEAST_CHARACTERS = 8
SCHEME = "scrypt"
# 32 MB and a quarter of a second a guess: one of the settings OWASP's Password Storage Cheat Sheet
# names as equally strong.
N, R, P = 2**15, 8, 3
# What scrypt gives when it is not asked for fewer.
HASH_BYTES = 64
MOST_MEMORY_BYTES = 2**28


@dataclass(frozen=True)
class StoredPassword:
    """What the file holds; bytes as hexadecimal text.

    `signed_out` names sessions that are over, each with its end in seconds since 1970.
    """

    scheme: str
    n: int
    r: int
    p: int
    salt: str
    hash: str
    signing_key: str
    signed_out: Mapping[str, float] = field(default_factory=dict)


def set_password(home: Home, password: str) -> None:
    """Stores a new password in place of the old one; cookies signed earlier become invalid.

    Raises PasswordTooShort.
    """
    if len(password) < LEAST_CHARACTERS:
        raise PasswordTooShort(LEAST_CHARACTERS)
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, N, R, P)
    signing_key = secrets.token_hex(32)
    with _held(home):
        stored = StoredPassword(SCHEME, N, R, P, salt.hex(), digest.hex(), signing_key)
        _write(home.dashboard_password, stored)


def stored_password(home: Home) -> StoredPassword:
    """The password in force.

    Raises NoPassword when none was set, PasswordUnreadable when the file is not as we wrote it.
    """
    path = home.dashboard_password
    try:
        stored = StoredPassword(**json.loads(plain_text(path)))
        is_ours = (
            stored.scheme == SCHEME
            and (stored.n, stored.r, stored.p) == (N, R, P)
            and len(bytes.fromhex(stored.hash)) == HASH_BYTES
            and len(bytes.fromhex(stored.salt)) >= 16
            and len(bytes.fromhex(stored.signing_key)) >= 32
            and all(isinstance(until_s, int | float) for until_s in stored.signed_out.values())
        )
    except FileNotFoundError as problem:
        raise NoPassword(home.folder) from problem
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise PasswordUnreadable(path, home.folder) from problem
    if not is_ours:
        raise PasswordUnreadable(path, home.folder)
    return stored


@cache
def nobodys_password() -> StoredPassword:
    """A password nobody knows: what is given for a name nobody has is compared with it."""
    salt, unknown = secrets.token_bytes(16), secrets.token_hex(32)
    digest = _digest(unknown, salt, N, R, P)
    return StoredPassword(SCHEME, N, R, P, salt.hex(), digest.hex(), secrets.token_hex(32))


def matches(stored: StoredPassword, given: str) -> bool:
    """True when this is the password; takes equally long when it is not."""
    digest = _digest(given, bytes.fromhex(stored.salt), stored.n, stored.r, stored.p)
    return hmac.compare_digest(digest, bytes.fromhex(stored.hash))


def end_session(home: Home, session: str, until_s: float, now_s: float) -> None:
    """Stores that the sign-in of this name has ended, until it would have expired anyway.

    Raises PasswordError when there is no password to read, OSError when it cannot be written.
    """
    with _held(home):
        # Read again: the password may have been changed a moment ago.
        stored = stored_password(home)
        standing = {name: end for name, end in stored.signed_out.items() if end > now_s}
        ended = replace(stored, signed_out=standing | {session: until_s})
        _write(home.dashboard_password, ended)


def _digest(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # Keyboards differ in how they write an é: as one character or as two.
    text = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(text, salt=salt, n=n, r=r, p=p, maxmem=MOST_MEMORY_BYTES)


@contextmanager
def _held(home: Home) -> Iterator[None]:
    """A new password and a sign-out wait for each other, so that neither undoes the other."""
    folder = os.open(home.dashboard_password.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _write(path: Path, stored: StoredPassword) -> None:
    """Replaces the file at once; nobody but its owner can read it at any moment."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with open(beside, "x", encoding="utf-8", opener=private.secret_opener) as file:
        json.dump(asdict(stored), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)
