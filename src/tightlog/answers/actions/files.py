"""Files given to tightlog, and how to read a diary table among them."""

from pathlib import Path
from typing import IO

from tightlog.answers.missing_disk import refuse_hidden_file
from tightlog.domain.diary import DiaryMapping
from tightlog.home import diary_mapping
from tightlog.home.settings import Home
from tightlog.ingest import inbox
from tightlog.ingest.inbox import Kept


def keep_upload(home: Home, name: str, content: IO[bytes]) -> Kept:
    """Where an uploaded file lies in data/raw, whole and on disk. Raises InboxError."""
    refuse_hidden_file(home, name)
    return inbox.keep(home, name, content)


def keep_path(home: Home, source: Path) -> Kept:
    """Where the copy of a file or folder lies in data/raw/inbox. Raises InboxError."""
    refuse_hidden_file(home, source.name)
    return inbox.keep_path(home, source)


def add_diary_mapping(home: Home, mapping: DiaryMapping) -> None:
    """Writes how to read a diary table into tightlog.toml. Raises SettingsError."""
    diary_mapping.add_mapping(home, mapping)
