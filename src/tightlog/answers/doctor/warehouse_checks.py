"""The warehouse: whether it can be read, its versions, and whether its content is plausible."""

from datetime import UTC, datetime, timedelta

from tightlog.answers.doctor.check import Check, access_remedy, aside_remedy
from tightlog.errors import TightlogError, WarehouseAhead
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.warehouse.build import question_line
from tightlog.warehouse.publish import foreign_files
from tightlog.warehouse.published import Records, records
from tightlog.words.kinds import TREAT_AS_RUNS, settling_words, unknown_words

SHOWN_FOREIGN = 3
MOST_UNKNOWN_KINDS = 20
# A watch set to a Pacific time zone may be a day ahead.
AHEAD = timedelta(days=1, hours=1)
AHEAD_HERE = timedelta(hours=1)


def warehouse(home: Home) -> Check:
    """Whether the published version can be read."""
    if home.database.is_dir():
        return Check(
            "warehouse",
            False,
            phrase(
                "{database} is a folder, but must be a link to a version", database=home.database
            ),
            phrase(
                "{aside_remedy}; then: tightlog refresh",
                aside_remedy=aside_remedy(home, home.database),
            ),
        )
    try:
        row = store.relation(store.published_version(home), "publication").row(0, named=True)
    except TightlogError as problem:
        is_ahead = isinstance(problem, WarehouseAhead)
        remedy = (
            phrase("install the newer tightlog again")
            if is_ahead
            else phrase("run: tightlog refresh")
        )
        return Check("warehouse", False, str(problem), remedy)
    except OSError as problem:
        return Check(
            "warehouse",
            False,
            phrase(
                "{database} cannot be opened ({strerror})",
                database=home.database,
                strerror=problem.strerror,
            ),
            phrase(
                "{access_remedy}; or: tightlog rebuild", access_remedy=access_remedy(home.warehouse)
            ),
        )
    return Check(
        "warehouse",
        True,
        phrase("published {refreshed_at:%Y-%m-%d %H:%M} UTC", refreshed_at=row["refreshed_at"]),
    )


def versions(home: Home) -> Check:
    """Whether the folder of versions holds only files of tightlog."""
    folder = home.warehouse / "versions"
    if not folder.is_dir():
        return Check("versions", True, phrase("none yet"))
    foreign = sorted(foreign_files(home))
    if not foreign:
        return Check("versions", True, phrase("only tightlog's own"))
    names = ", ".join(path.name for path in foreign[:SHOWN_FOREIGN])
    more = (
        phrase(" and {foreign} more", foreign=len(foreign) - SHOWN_FOREIGN)
        if len(foreign) > SHOWN_FOREIGN
        else ""
    )
    moves = "; ".join(aside_remedy(home, path) for path in foreign)
    return Check(
        "versions",
        False,
        phrase(
            "not from tightlog, perhaps from a sync program: {names}{more} in {folder}",
            names=names,
            more=more,
            folder=folder,
        ),
        phrase("move them out: {moves}", moves=moves),
    )


def recordings(home: Home) -> Check:
    """Whether the files are there that hold the records of the published version."""
    try:
        where = records(store.published_version(home))
    except TightlogError:
        return Check("records", True, phrase("none yet"))
    folder = home.warehouse / "segments"
    if where is Records.MOVED:
        moved = phrase(
            "the warehouse looks for its records elsewhere than in {folder}: the home was moved",
            folder=folder,
        )
        return Check("records", False, moved, phrase("run: tightlog refresh"))
    if where is Records.LOST:
        lost = phrase("files with records are missing in {folder}", folder=folder)
        return Check(
            "records", False, lost, phrase("run: tightlog refresh, which reads data/raw again")
        )
    return Check("records", True, phrase("all there"))


def clock(home: Home) -> Check:
    """Whether this machine's clock agrees with the last refresh and the newest recording."""
    now = datetime.now(UTC)
    try:
        started_at, refreshed_at = store.answer(
            store.published_version(home), "newest_instants"
        ).row(0)
    except TightlogError:
        return Check("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")
    is_now = phrase("this machine's clock says {now:%Y-%m-%d %H:%M} UTC", now=now)
    remedy = phrase("set the clock of this machine (with systemd: timedatectl set-ntp true)")
    if refreshed_at - now > AHEAD_HERE:
        return Check(
            "clock",
            False,
            phrase(
                "{is_now}, but the last refresh was on {refreshed_at:%Y-%m-%d %H:%M}",
                is_now=is_now,
                refreshed_at=refreshed_at,
            ),
            phrase(
                "{remedy}; if it is right now, it was ahead then: tightlog rebuild", remedy=remedy
            ),
        )
    if started_at is not None and started_at - now > AHEAD:
        return Check(
            "clock",
            False,
            phrase(
                "{is_now}, but the newest recording is from {started_at:%Y-%m-%d}",
                is_now=is_now,
                started_at=started_at,
            ),
            phrase(
                "{remedy}; if it is right, the watch's clock was wrong: tightlog activity ID "
                "--ignore, then: tightlog refresh",
                remedy=remedy,
            ),
        )
    return Check("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")


def files(home: Home) -> Check:
    """How many files could not be read; a fifth or less may be broken downloads."""
    try:
        counts = dict(store.answer(store.published_version(home), "file_counts").iter_rows())
    except TightlogError:
        return Check("files", True, phrase("nothing read yet"))
    unreadable = counts.get("unreadable", 0)
    with_something = sum(counts.values()) - counts.get("no_activity", 0)
    reasons = phrase("`tightlog files --status unreadable` shows why")
    if 5 * unreadable > with_something:
        return Check(
            "files",
            False,
            phrase(
                "{unreadable:,} of {with_something:,} files could not be read",
                unreadable=unreadable,
                with_something=with_something,
            ),
            (
                phrase(
                    "{reasons}; download them again or take them out of data/raw, then: "
                    "tightlog refresh",
                    reasons=reasons,
                )
            ),
        )
    return Check(
        "files",
        True,
        phrase("{unreadable:,} unreadable", unreadable=unreadable)
        + (f"; {reasons}" if unreadable else ""),
    )


def kinds(home: Home) -> Check:
    """Whether tightlog knows which recordings are runs; a twentieth may be unknown."""
    try:
        count, unknown = store.answer(store.published_version(home), "kinds_known").row(0)
    except TightlogError:
        return Check("kinds", True, phrase("nothing read yet"))
    if unknown and MOST_UNKNOWN_KINDS * unknown > count:
        listing = question_line("kinds_unknown")
        return Check(
            "kinds",
            False,
            phrase(
                "{unknown_words} (of {count:,} in all)",
                unknown_words=unknown_words(unknown),
                count=count,
            ),
            phrase(
                'list them with: tightlog sql "{listing}"; if they are runs: '
                "{treat_as_runs}; then: tightlog refresh",
                listing=listing,
                treat_as_runs=TREAT_AS_RUNS,
            ),
        )
    known = phrase(
        "known of {count:,} of {count_2:,} activities", count=count - unknown, count_2=count
    )
    return Check("kinds", True, f"{known}. {settling_words(unknown)}" if unknown else known)
