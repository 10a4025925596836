"""The environment tightlog's own Prefect lives in: its own folder, its own password, this machine
only, no statistics sent.

data/warehouse/.prefect/            run history, logs; may be deleted while nothing runs
data/warehouse/.prefect/password    what the run page asks for
"""

import atexit
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from tightlog.home import private
from tightlog.home.settings import Home

HOST = "127.0.0.1"
# A fresh history is migrated first, which took 28 s on a busy small machine and two minutes on an
# overloaded one.
STARTUP_TIMEOUT_S = 300
PASSWORD = re.compile(r"tightlog:[\w-]{16,}", re.ASCII)


def prefect_folder(home: Home) -> Path:
    """Folder of the home's Prefect, made when missing, for its owner only."""
    return private.folder(home.prefect, is_secret=True)


def password(folder: Path) -> str:
    """User and password of the run page, drawn once; drawn anew when the file is not as written
    here.

    Without one, any web page open in a browser of this machine could reach the server by DNS
    rebinding and have it run code.
    """
    path = folder / "password"
    try:
        written = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        written = ""
    if PASSWORD.fullmatch(written):
        return written
    return keep_password(folder, f"tightlog:{secrets.token_urlsafe(16)}")


def keep_password(folder: Path, text: str) -> str:
    """The password given, written for its owner only. Raises OSError."""
    path = folder / "password"
    unfinished = path.with_name(f".password-{os.getpid()}")
    with open(unfinished, "w", encoding="ascii", opener=private.secret_opener) as file:
        file.write(text)
    unfinished.replace(path)
    return text


def own_environment(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The given environment with every Prefect setting replaced by ours: a server or account the
    user's shell names is not this one's.
    """
    own = {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_AUTH_STRING": password(folder),
        "PREFECT_SERVER_API_AUTH_STRING": password(folder),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_TIMEOUT_S),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_LEVEL": "INFO",
        # A proxy for the outside world must not be asked for this machine.
        "NO_PROXY": ",".join(
            part for part in (HOST, given.get("NO_PROXY") or given.get("no_proxy")) if part
        ),
    }
    own["no_proxy"] = own["NO_PROXY"]
    return {name: value for name, value in given.items() if not name.startswith("PREFECT_")} | own


def server_environment(api_url: str) -> dict[str, str]:
    """Settings that depend on where the server listens: pages of other sites may not call it."""
    origin = api_url.removesuffix("/api")
    return {
        "PREFECT_API_URL": api_url,
        "PREFECT_UI_API_URL": api_url,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": origin,
    }


def leave_quietly() -> None:
    """Drops what the interpreter says on stderr after this process is through.

    Prefect's threads still hold DuckDB objects then, and DuckDB's binding reports each as a leak:
    forty lines a night nobody can act on.
    """
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))
