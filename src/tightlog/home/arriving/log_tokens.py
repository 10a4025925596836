"""Tokens with which a phone logs a score, and may do nothing else: only their hashes are kept.

data/log-tokens, readable by its owner only:
{"format": 1, "tokens": [{"name": "phone", "hash": "9f…", "made_on": "2026-05-04"}]}

A token is 256 random bits, so that a plain hash is as good as a slow one, and every request can be
looked at quickly.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date

from tightlog.errors import TokenRefused
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

FORMAT, MOST = 1, 50
START = "tlog_"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)


@dataclass(frozen=True)
class LogToken:
    """What is kept of a token: its name, the SHA-256 of it, and the day it was made."""

    name: str
    hash: str
    made_on: str


def log_tokens(home: Home) -> tuple[LogToken, ...]:
    """The tokens in force; none where the file is missing. Raises TokenRefused for one not ours."""
    try:
        written = json.loads(plain_text(home.log_tokens))["tokens"]
        return tuple(LogToken(**{k: str(v) for k, v in one.items()}) for one in written)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise TokenRefused(
            phrase(
                "{log_tokens} cannot be read as it was written; move it away and make the "
                "tokens again",
                log_tokens=home.log_tokens,
            )
        ) from None


def make_token(home: Home, name: str, today: date) -> str:
    """A new token, to be shown once. Raises TokenRefused for a name that is taken or none."""
    if not NAME.fullmatch(name):
        raise TokenRefused(
            phrase("a token's name is of small letters, digits, - and _, not {name!r}", name=name)
        )
    token = START + secrets.token_urlsafe(32)
    with _held(home):
        known = log_tokens(home)
        if any(one.name == name for one in known):
            raise TokenRefused(
                phrase(
                    "there is a token {name!r}; revoke it first: {revoking}",
                    name=name,
                    revoking=_revoking(name),
                )
            )
        if len(known) >= MOST:
            raise TokenRefused(phrase("there are {most} tokens; revoke one first", most=MOST))
        _write(home, (*known, LogToken(name, hash_of(token), today.isoformat())))
    return token


def revoke_token(home: Home, name: str) -> None:
    """Ends a token at once. Raises TokenRefused where there is none of this name."""
    with _held(home):
        known = log_tokens(home)
        left = tuple(one for one in known if one.name != name)
        if len(left) == len(known):
            names = ", ".join(one.name for one in known) or phrase("there is none")
            raise TokenRefused(
                phrase("no token is called {name!r} ({names})", name=name, names=names)
            )
        _write(home, left)


def bearer(home: Home, given: str) -> str | None:
    """The name of the token given, None for what is none; no token is compared more quickly."""
    try:
        known = log_tokens(home)
    except TokenRefused:
        return None
    digest, found = hash_of(given), None
    for one in known:
        if hmac.compare_digest(one.hash.encode(), digest.encode()):
            found = one.name
    return found


def hash_of(token: str) -> str:
    """SHA-256 of a token, as text."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _revoking(name: str) -> str:
    return f"tightlog token revoke {name}"


@contextmanager
def _held(home: Home) -> Iterator[None]:
    handle = os.open(home.log_tokens.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(home: Home, tokens: tuple[LogToken, ...]) -> None:
    beside = home.log_tokens.with_name(f".{home.log_tokens.name}.new")
    beside.unlink(missing_ok=True)
    with open(beside, "x", encoding="utf-8", opener=private.secret_opener) as file:
        json.dump({"format": FORMAT, "tokens": [asdict(one) for one in tokens]}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(home.log_tokens)
    sync(home.log_tokens.parent)
