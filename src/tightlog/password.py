"""The password of `dashboard --lan`: kept as a salted hash, with the key that signs the cookies of those who gave it.

    data/dashboard-password, readable by its owner only:
    {"scheme": "scrypt", "n": 32768, "r": 8, "p": 3, "salt": "…", "hash": "…", "signing_key": "…"}
"""

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from tightlog import private
from tightlog.errors import NoPassword, PasswordTooShort, PasswordUnreadable
from tightlog.settings import Home

LEAST_CHARACTERS = 8
SCHEME = "scrypt"
# 32 MB and a quarter of a second a guess: one of the settings OWASP's Password Storage Cheat Sheet names as equally strong.
N, R, P = 2**15, 8, 3
MOST_MEMORY_BYTES = 2**28


@dataclass(frozen=True)
class StoredPassword:
    """What the file holds: the hash with what it was made with, and the signing key; bytes as hexadecimal text."""

    scheme: str
    n: int
    r: int
    p: int
    salt: str
    hash: str
    signing_key: str


def set_password(home: Home, password: str) -> None:
    """Stores a new password in place of any other; cookies signed before are void. Raises PasswordTooShort."""
    if len(password) < LEAST_CHARACTERS:
        raise PasswordTooShort(LEAST_CHARACTERS)
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, N, R, P)
    _write(home.dashboard_password, StoredPassword(SCHEME, N, R, P, salt.hex(), digest.hex(), secrets.token_hex(32)))


def stored_password(home: Home) -> StoredPassword:
    """The password in force. Raises NoPassword when none was set, PasswordUnreadable when the file is not as we wrote it."""
    path = home.dashboard_password
    try:
        stored = StoredPassword(**json.loads(path.read_text(encoding="utf-8")))
        is_ours = stored.scheme == SCHEME and len(bytes.fromhex(stored.salt)) >= 16 and len(bytes.fromhex(stored.signing_key)) >= 32
    except FileNotFoundError as problem:
        raise NoPassword(home.folder) from problem
    except (OSError, ValueError, TypeError) as problem:
        raise PasswordUnreadable(path, home.folder) from problem
    if not is_ours:
        raise PasswordUnreadable(path, home.folder)
    return stored


def matches(stored: StoredPassword, given: str) -> bool:
    """True when this is the password; takes as long when it is not."""
    digest = _digest(given, bytes.fromhex(stored.salt), stored.n, stored.r, stored.p)
    return hmac.compare_digest(digest, bytes.fromhex(stored.hash))


def signed_pass(stored: StoredPassword, until_s: int) -> str:
    """A text that proves until `until_s` (seconds since 1970) that its bearer gave the password."""
    claim = f"{until_s}.{secrets.token_hex(8)}"
    return f"{claim}.{_signature(stored, claim)}"


def is_valid_pass(stored: StoredPassword, given: str, now_s: float) -> bool:
    """True for a text of `signed_pass` whose time is not over and whose password is still in force."""
    claim, _, signature = given.rpartition(".")
    # Bytes, because text with other than ASCII letters cannot be compared in constant time.
    if not hmac.compare_digest(signature.encode(), _signature(stored, claim).encode()):
        return False
    return int(claim.partition(".")[0]) > now_s


def _signature(stored: StoredPassword, claim: str) -> str:
    return hmac.digest(bytes.fromhex(stored.signing_key), claim.encode(), "sha256").hex()


def _digest(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # Keyboards differ in how they write an é: as one character or as two.
    text = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(text, salt=salt, n=n, r=r, p=p, maxmem=MOST_MEMORY_BYTES)


def _write(path: Path, stored: StoredPassword) -> None:
    """Replaces the file at once; nobody but its owner can read it at any moment."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with open(beside, "x", encoding="utf-8", opener=private.secret_opener) as file:
        json.dump(asdict(stored), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
