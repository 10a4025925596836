"""The home and its settings: where everything lies, and what the runner told us in tightlog.toml."""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tightlog.errors import HomeError, SettingsError

SETTINGS_FILE = "tightlog.toml"
SAMPLE_MARKER = "sample.json"
DEFAULT_CRON = "30 3 * * *"


@dataclass(frozen=True)
class Home:
    """The folder of one runner; every path of it has its name here."""

    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "data" / "raw"

    @property
    def inbox(self) -> Path:
        return self.raw / "inbox"

    @property
    def journal(self) -> Path:
        return self.raw / "diary" / "journal.jsonl"

    @property
    def warehouse(self) -> Path:
        return self.folder / "data" / "warehouse"

    @property
    def database(self) -> Path:
        return self.warehouse / "tightlog.duckdb"

    @property
    def settings_file(self) -> Path:
        return self.folder / SETTINGS_FILE

    @property
    def sample_marker(self) -> Path:
        return self.folder / SAMPLE_MARKER

    @property
    def is_sample(self) -> bool:
        return self.sample_marker.exists()


@dataclass(frozen=True)
class Settings:
    """What tightlog.toml says; every default is one a new runner can live with."""

    time_zone: str
    sex: str | None = None
    heart_rate_max_bpm: float | None = None
    heart_rate_rest_bpm: float | None = None
    declared: frozenset[str] = frozenset()
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType({}))
    cron: str = DEFAULT_CRON
    fingerprint: str = ""

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def home_folder(given: str | None) -> Home:
    """Home given on the command line, else TIGHTLOG_HOME, else the current folder when it is a home, else ~/tightlog; made when missing."""
    folder = Path(given or os.environ.get("TIGHTLOG_HOME") or _default_folder()).expanduser().absolute()
    home = Home(folder)
    try:
        home.raw.mkdir(parents=True, exist_ok=True)
        home.warehouse.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise HomeError(folder, f"{problem.strerror or problem}; choose another folder with --home") from problem
    return home


def _default_folder() -> Path:
    here = Path.cwd()
    return here if (here / "data" / "raw").is_dir() else Path.home() / "tightlog"


def settings_of(home: Home) -> Settings:
    """Settings of a home.

    Raises SettingsError for a file that is not TOML, an unknown key or a value of the wrong kind.
    """
    try:
        text = home.settings_file.read_text(encoding="utf-8") if home.settings_file.exists() else ""
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsError(SETTINGS_FILE, f"this is not TOML: {problem}") from problem
    return _settings(table, text)


def _settings(table: Mapping[str, Any], text: str) -> Settings:
    _refuse_unknown(table, {"time_zone", "runner", "declared", "thresholds", "nightly"}, "")
    runner, nightly = _section(table, "runner"), _section(table, "nightly")
    _refuse_unknown(runner, {"sex", "heart_rate_max_bpm", "heart_rate_rest_bpm"}, "runner.")
    _refuse_unknown(nightly, {"cron"}, "nightly.")
    time_zone = _zone(table.get("time_zone") or _machine_zone())
    sex = runner.get("sex")
    if sex not in (None, "female", "male"):
        raise SettingsError(SETTINGS_FILE, "runner.sex is 'female' or 'male' (it chooses the constants of the training impulse)")
    return Settings(
        time_zone=time_zone,
        sex=sex,
        heart_rate_max_bpm=_number(runner, "heart_rate_max_bpm"),
        heart_rate_rest_bpm=_number(runner, "heart_rate_rest_bpm"),
        declared=frozenset(str(name) for name in table.get("declared", ())),
        thresholds=_thresholds(_section(table, "thresholds")),
        cron=str(nightly.get("cron", DEFAULT_CRON)),
        fingerprint=hashlib.sha256(f"{time_zone}\n{text}".encode()).hexdigest(),
    )


def _section(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = table.get(name, {})
    if not isinstance(section, Mapping):
        raise SettingsError(SETTINGS_FILE, f"[{name}] must be a section")
    return section


def _refuse_unknown(table: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise SettingsError(SETTINGS_FILE, f"{prefix}{key} is not a setting; known here are {', '.join(sorted(known))}")


def _number(section: Mapping[str, Any], name: str) -> float | None:
    value = section.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SettingsError(SETTINGS_FILE, f"{name} must be a number, not {value!r}")
    return float(value)


def _thresholds(section: Mapping[str, Any]) -> Mapping[str, Mapping[str, float]]:
    return {pattern: {name: number for name in _section(section, pattern) if (number := _number(_section(section, pattern), name)) is not None}
            for pattern in section}


def _zone(name: object) -> str:
    try:
        return ZoneInfo(str(name)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise SettingsError(SETTINGS_FILE, f"time_zone {name!r} is not a zone such as 'Europe/Zurich'") from problem


def _machine_zone() -> str:
    """Zone name of this machine: TZ, /etc/timezone or the target of /etc/localtime, else UTC."""
    for name in (os.environ.get("TZ"), _text_of(Path("/etc/timezone")), str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]):
        if name and _is_zone(name):
            return name
    return "UTC"


def _text_of(path: Path) -> str:
    return path.read_text(encoding="ascii", errors="ignore").strip() if path.is_file() else ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
