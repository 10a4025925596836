"""Running a command of the runner's own that puts files into data/raw/fetched/NAME."""

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from tightlog.arrivals.asking import AskingFailed
from tightlog.arrivals.fetched_folder import fingerprints
from tightlog.arrivals.intervals_icu import Tally
from tightlog.home.arriving.fetch_sections import Fetch
from tightlog.home.arriving.keys import PREFIX, without_secrets
from tightlog.language.catalogue import phrase

FOLDER, VARIABLE = "{folder}", "TIGHTLOG_FETCH_FOLDER"
SHOWN_CHARACTERS, READ_BYTES = 300, 16_384
ENDS_WITHIN_S = 10.0


def words_of(given: Fetch, folder: Path) -> list[str]:
    """The command with the folder in its place. No shell reads it."""
    return [word.replace(FOLDER, str(folder)) for word in given.command]


def run_command(given: Fetch, folder: Path, own: dict[str, str], hidden: frozenset[str]) -> Tally:
    """What the command put there; `own` are its values of data/keys.toml, which it gets as
    variables, and no others. Raises AskingFailed with the end of what it said, without `hidden`.
    """
    before = fingerprints(folder)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(PREFIX)
    } | {VARIABLE: str(folder), **own}
    # A file and not a pipe: a child left behind by the command would keep a pipe open.
    with tempfile.TemporaryFile() as said:
        code = _run(words_of(given, folder), folder, environment, given.minutes * 60, said.fileno())
        said.seek(max(0, said.seek(0, os.SEEK_END) - READ_BYTES))
        # Replaced before it is cut: half a key is still a part of it.
        whole = without_secrets(said.read().decode("utf-8", "replace"), hidden)
        tail = " ".join(whole.split())[-SHOWN_CHARACTERS:]
    after = fingerprints(folder)
    if code != 0:
        how = (
            phrase("did not end in time")
            if code is None
            else phrase("ended with code {code}", code=code)
        )
        raise AskingFailed(
            phrase(
                "the command {how}{part}",
                how=how,
                part=phrase("; it said: {tail}", tail=tail) if tail else "",
            )
        )
    changed = sum(path in after and after[path] != facts for path, facts in before.items())
    return Tally(files=len(set(after) - set(before)), changed=changed)


def _run(
    words: list[str], folder: Path, environment: dict[str, str], within_s: float, said: int
) -> int | None:
    """The exit code; None when it had to be ended, with all it had started."""
    try:
        process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    except OSError as problem:
        raise AskingFailed(
            phrase(
                "the command {words!r} cannot be started ({strerror})",
                words=words[0],
                strerror=problem.strerror,
            )
        ) from None
    try:
        return process.wait(within_s)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.returncode is None:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the command and all it has started; what does not listen is killed."""
    os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(ENDS_WITHIN_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
