"""What homes have stored, part by part, as recorded for SCHEMA_VERSION:

    python -m tests.warehouse.stored_schema --raise         raises SCHEMA_VERSION where a part has
                                                            changed, and records it
    python -m tests.warehouse.stored_schema                 after SCHEMA_VERSION was raised by hand
    python -m tests.warehouse.stored_schema --same-content  after a change of form alone

Run by hand after a change of the SQL that stores, or of the list of features, channels or formats.
"""

import argparse
import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tightlog.domain.channels import CHANNELS
from tightlog.domain.formats import FORMATS
from tightlog.features.catalogue import FEATURES
from tightlog.warehouse import build
from tightlog.warehouse.segments.segment import KINDS

BUILD = Path(build.__file__)
SQL = BUILD.parent / "sql"
STORING = ("ingest", "segment", "input", "derive", "relation")
RECORDED = Path(__file__).with_name("stored_schema.toml")
Parts = Mapping[str, str]


def stored_parts() -> Parts:
    """Fingerprint of everything that decides which columns and rows are stored, by its name."""
    statements = {
        f"{folder}/{file.stem}": fingerprint(without_words(file.read_text(encoding="utf-8")))
        for folder in STORING
        for file in sorted((SQL / folder).glob("*.sql"))
    }
    names = {
        "names/channels": fingerprint(" ".join(one.name for one in CHANNELS)),
        "names/features": fingerprint(" ".join(one.feature for one in FEATURES)),
        "names/formats": fingerprint(" ".join(one.name for one in FORMATS)),
        "names/segments": fingerprint(" ".join(f"{kind} {list(KINDS[kind])}" for kind in KINDS)),
    }
    return statements | names


def without_words(sql: str) -> str:
    """A statement without comments, comments on columns and line breaks: those store no value."""
    told = re.compile(r"^comment on .*?;$", re.MULTILINE | re.DOTALL)
    code = re.sub(r"--.*", "", told.sub("", sql))
    return " ".join(code.split())


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def recorded() -> tuple[int, Parts]:
    """The version and the parts of the last record."""
    record = tomllib.loads(RECORDED.read_text(encoding="utf-8"))
    return record["schema_version"], record["part"]


def changed(before: Parts, now: Parts) -> list[str]:
    """Names of the parts that are new, gone or different."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def advice(names: list[str]) -> str:
    """What to do when these parts have changed; '' for none."""
    return (
        f"stored otherwise than before: {', '.join(names)}. Homes that exist have the old content: "
        "run `python -m tests.warehouse.stored_schema --raise`, which raises SCHEMA_VERSION in "
        "src/tightlog/warehouse/build.py. Where the same is stored in another form, run it with "
        "--same-content."
        if names
        else ""
    )


def record(version: int, parts: Parts) -> str:
    """The record as TOML, a line a part, so that two branches meet only in the same part."""
    lines = [f'"{name}" = "{parts[name]}"' for name in sorted(parts)]
    return "\n".join([f"schema_version = {version}", "", "[part]", *lines, ""])


def raised(module: str, version: int) -> str:
    """The text of build.py with this SCHEMA_VERSION in it."""
    return re.sub(
        r"^SCHEMA_VERSION = \d+$",
        f"SCHEMA_VERSION = {version}",
        module,
        count=1,
        flags=re.MULTILINE,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.warehouse.stored_schema")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--raise", action="store_true", dest="is_raised", help="raise SCHEMA_VERSION")
    how.add_argument("--same-content", action="store_true", help="the stored content is as was")
    given = parser.parse_args()
    version, before = recorded()
    now, made_by = stored_parts(), build.SCHEMA_VERSION
    if (names := changed(before, now)) and version >= made_by and not given.same_content:
        if not given.is_raised:
            parser.exit(1, f"{advice(names)}\n")
        made_by = version + 1
        BUILD.write_text(raised(BUILD.read_text(encoding="utf-8"), made_by), encoding="utf-8")
    RECORDED.write_text(record(made_by, now), encoding="utf-8")


if __name__ == "__main__":
    main()
