"""The home and its settings: where everything lies, and the runner's choices in
tightlog.toml.
"""

import hashlib
import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from tightlog.domain.diary import DiaryMapping
from tightlog.errors import HomeError, SettingsError
from tightlog.home import private
from tightlog.home.arriving.fetch_sections import Fetch, fetch_sections
from tightlog.home.arriving.remind_section import KNOWN as REMIND_KNOWN
from tightlog.home.arriving.remind_section import Remind, remind_section
from tightlog.home.arriving.source_list import source_list
from tightlog.home.sections.diary_sections import diary_sections
from tightlog.home.sections.mcp_section import MCP_KNOWN, mcp_section
from tightlog.home.sections.plain_values import DEFAULT_WATCH_S as DEFAULT_WATCH_S
from tightlog.home.sections.plain_values import LEAST_WATCH_S as LEAST_WATCH_S
from tightlog.home.sections.plain_values import MOST_WATCH_S as MOST_WATCH_S
from tightlog.home.sections.plain_values import SETTINGS_FILE as SETTINGS_FILE
from tightlog.home.sections.plain_values import (
    declared_kinds,
    default_sport,
    group_of,
    language_of,
    number_of,
    section_of,
    sex,
    thresholds_of,
    watch_every_s,
    yes_or_no,
)
from tightlog.home.sections.share_section import (
    NOTHING_SHARED,
    SHARE_KNOWN,
    Share,
    share_section,
)
from tightlog.home.sections.shoe_sections import Shoe, shoe_sections
from tightlog.home.sections.units_section import UNITS_KNOWN, units_section
from tightlog.home.time_zone import machine_zone, zone_named
from tightlog.language.catalogue import message, phrase
from tightlog.language.choice import ENGLISH
from tightlog.words.measures import METRIC, Measures

BYTE_ORDER_MARK = "\ufeff"
FORMAT = 1
# What tightlog.toml may hold, and what those of its sections that occur once may.
KNOWN_IN = {
    "runner": frozenset({"sex", "heart_rate_max_bpm", "heart_rate_rest_bpm"}),
    "nightly": frozenset({"cron", "watch_every_s"}),
    "home": frozenset({"group"}),
    "read": frozenset({"wellness"}),
    "units": UNITS_KNOWN,
    "mcp": MCP_KNOWN,
    "remind": REMIND_KNOWN,
    "share": SHARE_KNOWN,
}
KNOWN = {
    "format", "language", "time_zone", "default_sport", "declared", "thresholds", "diary", "shoe",
    "sources", "fetch", *KNOWN_IN,
}  # fmt: skip
SAMPLE_MARKER = "sample.json"
DEFAULT_CRON = "30 3 * * *"
RAW_GONE = message(
    "its folder data/raw is not there; connect the disk it lies on, or put the folder back"
)


@dataclass(frozen=True)
class Home:
    """The folder of one runner, with a name for every path in it."""

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
    def sealed_seeds(self) -> Path:
        """The seeds of running trials. Hidden and outside what is read, exported or queried."""
        return self.raw / "diary" / ".sealed"

    @property
    def warehouse(self) -> Path:
        return self.folder / "data" / "warehouse"

    @property
    def database(self) -> Path:
        return self.warehouse / "tightlog.duckdb"

    @property
    def prefect(self) -> Path:
        return self.warehouse / ".prefect"

    @property
    def nights_file(self) -> Path:
        return self.warehouse / "nightly.json"

    @property
    def second_readings_file(self) -> Path:
        return self.warehouse / "second-readings.json"

    @property
    def dashboard_password(self) -> Path:
        return self.folder / "data" / "dashboard-password"

    @property
    def keys_file(self) -> Path:
        """Keys of services and addresses of reminders, for the owner only."""
        return self.folder / "data" / "keys.toml"

    @property
    def log_tokens(self) -> Path:
        """Hashes of the tokens that may log a score."""
        return self.folder / "data" / "log-tokens"

    @property
    def fetched(self) -> Path:
        return self.raw / "fetched"

    @property
    def settings_file(self) -> Path:
        return self.folder / SETTINGS_FILE

    @property
    def sample_marker(self) -> Path:
        return self.folder / SAMPLE_MARKER

    @property
    def is_sample(self) -> bool:
        return self.sample_marker.exists()

    @property
    def sample(self) -> "Home":
        """The simulated runner's home inside this one, shown while `data/raw` is empty."""
        return Home(self.folder / "data" / "sample")


@dataclass(frozen=True)
class Settings:
    """The settings in tightlog.toml; the defaults suit a new runner."""

    time_zone: str
    sex: str | None = None
    heart_rate_max_bpm: float | None = None
    heart_rate_rest_bpm: float | None = None
    declared: frozenset[str] = frozenset()
    thresholds: Mapping[str, Mapping[str, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    cron: str = DEFAULT_CRON
    # How often `tightlog schedule` looks for new files; 0 is never.
    watch_every_s: float = DEFAULT_WATCH_S
    diaries: tuple[DiaryMapping, ...] = ()
    shoes: tuple[Shoe, ...] = ()
    fingerprint: str = ""
    # The group of this machine that may read the home, such as that of a practice.
    group: str | None = None
    # What the recordings are whose kind nothing says.
    default_sport: str | None = None
    # False leaves the nights and days of watches, phones and vendors unread.
    reads_wellness: bool = True
    measures: Measures = METRIC
    # Of sentences; what a language lacks is English.
    language: str = ENGLISH
    # What `tightlog mcp` tells besides training and scores, of SHAREABLE.
    shared: tuple[str, ...] = ()
    # Folders outside the home whose files are read in place, as written.
    sources: tuple[str, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    remind: Remind | None = None
    # What a coach, a clinic or a study gets of this home.
    share: Share = NOTHING_SHARED

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def diary_fingerprint(self) -> str:
        """SHA-256 of the settings about diary files; when it changes, they are read again."""
        return hashlib.sha256(repr(self.diaries).encode()).hexdigest()


def home_folder(given: str | None) -> Home:
    """Home given on the command line, else TIGHTLOG_HOME, else the current folder when it is a
    home, else ~/tightlog; made when missing.
    """
    home = Home(_folder(given))
    try:
        for part in (home.raw, home.warehouse):
            # Asked first: making a folder waits for the disk even where it exists.
            if not part.is_dir():
                private.folder(part)
    except OSError as problem:
        raise HomeError(
            home.folder,
            phrase(
                "{strerror}; choose another folder with --home",
                strerror=problem.strerror or problem,
            ),
        ) from problem
    return home


def named_home(given: str | None) -> Home:
    """The same home in any state; nothing is checked or created."""
    return Home(_folder(given))


def existing_home(given: str | None) -> Home:
    """The same home, never made: at night a data/raw that is gone means a disk that is not there
    and not a new runner. Raises HomeError.
    """
    home = Home(_folder(given))
    if not home.raw.is_dir():
        raise HomeError(home.folder, phrase(RAW_GONE))
    return home


def _folder(given: str | None) -> Path:
    return (
        Path(given or os.environ.get("TIGHTLOG_HOME") or _default_folder()).expanduser().absolute()
    )


def _default_folder() -> Path:
    here = Path.cwd()
    return here if (here / "data" / "raw").is_dir() else Path.home() / "tightlog"


def settings_of(home: Home) -> Settings:
    """Settings of a home.

    Raises SettingsError for a file that is not TOML, an unknown key or a value of the wrong kind.
    """
    # Line ends as on any system mean the same.
    return settings_in(settings_text(home).replace("\r\n", "\n").replace("\r", "\n"))


def settings_text(home: Home) -> str:
    """Text of the tightlog.toml of a home, line ends and byte-order mark as they are; '' without
    one.

    Raises SettingsError for a file that is not UTF-8, and for a pipe or device, which could block.
    """
    if home.settings_file.exists() and not (
        home.settings_file.is_file() or home.settings_file.is_dir()
    ):
        raise SettingsError(SETTINGS_FILE, phrase("it is a pipe or a device, not a file"))
    data = home.settings_file.read_bytes() if home.settings_file.exists() else b""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SettingsError(
            SETTINGS_FILE,
            phrase("it is saved as UTF-16; save it as UTF-8 (in Notepad: Save as, Encoding)"),
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise SettingsError(
            SETTINGS_FILE, phrase("this is not TOML: {problem}", problem=problem)
        ) from problem


def settings_in(text: str) -> Settings:
    """Settings in the text of a tightlog.toml. Raises SettingsError like `settings_of`."""
    text = text.removeprefix(BYTE_ORDER_MARK)  # Windows Notepad writes one
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise SettingsError(
            SETTINGS_FILE, phrase("this is not TOML: {problem}", problem=problem)
        ) from problem
    return _settings(table, text)


def _settings(table: Mapping[str, Any], text: str) -> Settings:
    _refuse_newer(table)
    _refuse_unknown(table, KNOWN, "")
    once = {name: section_of(table, name) for name in KNOWN_IN}
    for name, section in once.items():
        _refuse_unknown(section, KNOWN_IN[name], f"{name}.")
    runner = once["runner"]
    time_zone = zone_named(table.get("time_zone") or machine_zone())
    return Settings(
        time_zone=time_zone,
        sex=sex(runner.get("sex")),
        heart_rate_max_bpm=number_of(runner, "heart_rate_max_bpm"),
        heart_rate_rest_bpm=number_of(runner, "heart_rate_rest_bpm"),
        declared=declared_kinds(table.get("declared", [])),
        thresholds=thresholds_of(section_of(table, "thresholds")),
        cron=str(once["nightly"].get("cron", DEFAULT_CRON)),
        watch_every_s=watch_every_s(once["nightly"]),
        diaries=diary_sections(table.get("diary", []), SETTINGS_FILE),
        shoes=shoe_sections(table.get("shoe", []), SETTINGS_FILE),
        group=group_of(once["home"].get("group")),
        default_sport=default_sport(table.get("default_sport")),
        reads_wellness=yes_or_no(once["read"].get("wellness", True), "read.wellness"),
        measures=units_section(once["units"], SETTINGS_FILE),
        language=language_of(table.get("language")),
        shared=mcp_section(once["mcp"], SETTINGS_FILE),
        sources=source_list(table.get("sources", []), SETTINGS_FILE),
        fetches=fetch_sections(table.get("fetch", []), SETTINGS_FILE),
        remind=remind_section(once["remind"], SETTINGS_FILE) if "remind" in table else None,
        share=share_section(once["share"], SETTINGS_FILE),
        fingerprint=hashlib.sha256(f"{time_zone}\n{text}".encode()).hexdigest(),
    )


def _refuse_newer(table: Mapping[str, Any]) -> None:
    if (number := table.get("format", FORMAT)) != FORMAT:
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "it is of format {number!r} and this tightlog knows format {format}; install "
                "the newer tightlog",
                number=number,
                format=FORMAT,
            ),
        )


def _refuse_unknown(table: Mapping[str, Any], known: Collection[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise SettingsError(
                SETTINGS_FILE,
                phrase(
                    "{prefix}{key} is not a setting; the settings here are {sorted}",
                    prefix=prefix,
                    key=key,
                    sorted=", ".join(sorted(known)),
                ),
            )
