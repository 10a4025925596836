"""The warehouse: whether it can be read, its versions, and whether its content is plausible."""

from datetime import UTC, datetime, timedelta

from tightlog.answers.doctor.check import Check, access_remedy, aside_remedy
from tightlog.errors import TightlogError, WarehouseAhead
from tightlog.home.settings import Home
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
            f"{home.database} is a folder, but must be a link to a version",
            f"{aside_remedy(home, home.database)}; then: tightlog refresh",
        )
    try:
        row = store.relation(store.published_version(home), "publication").row(0, named=True)
    except TightlogError as problem:
        is_ahead = isinstance(problem, WarehouseAhead)
        remedy = "install the newer tightlog again" if is_ahead else "run: tightlog refresh"
        return Check("warehouse", False, str(problem), remedy)
    except OSError as problem:
        return Check(
            "warehouse",
            False,
            f"{home.database} cannot be opened ({problem.strerror})",
            f"{access_remedy(home.warehouse)}; or: tightlog rebuild",
        )
    return Check("warehouse", True, f"published {row['refreshed_at']:%Y-%m-%d %H:%M} UTC")


def versions(home: Home) -> Check:
    """Whether the folder of versions holds only files of tightlog."""
    folder = home.warehouse / "versions"
    if not folder.is_dir():
        return Check("versions", True, "none yet")
    foreign = sorted(foreign_files(home))
    if not foreign:
        return Check("versions", True, "only tightlog's own")
    names = ", ".join(path.name for path in foreign[:SHOWN_FOREIGN])
    more = f" and {len(foreign) - SHOWN_FOREIGN} more" if len(foreign) > SHOWN_FOREIGN else ""
    moves = "; ".join(aside_remedy(home, path) for path in foreign)
    return Check(
        "versions",
        False,
        f"not from tightlog, perhaps from a sync program: {names}{more} in {folder}",
        f"move them out: {moves}",
    )


def recordings(home: Home) -> Check:
    """Whether the files are there that hold the records of the published version."""
    try:
        where = records(store.published_version(home))
    except TightlogError:
        return Check("records", True, "none yet")
    folder = home.warehouse / "segments"
    if where is Records.MOVED:
        moved = (
            f"the warehouse looks for its records elsewhere than in {folder}: the home was moved"
        )
        return Check("records", False, moved, "run: tightlog refresh")
    if where is Records.LOST:
        lost = f"files with records are missing in {folder}"
        return Check("records", False, lost, "run: tightlog refresh, which reads data/raw again")
    return Check("records", True, "all there")


def clock(home: Home) -> Check:
    """Whether this machine's clock agrees with the last refresh and the newest recording."""
    now = datetime.now(UTC)
    try:
        started_at, refreshed_at = store.answer(
            store.published_version(home), "newest_instants"
        ).row(0)
    except TightlogError:
        return Check("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")
    is_now = f"this machine's clock says {now:%Y-%m-%d %H:%M} UTC"
    remedy = "set the clock of this machine (with systemd: timedatectl set-ntp true)"
    if refreshed_at - now > AHEAD_HERE:
        return Check(
            "clock",
            False,
            f"{is_now}, but the last refresh was on {refreshed_at:%Y-%m-%d %H:%M}",
            f"{remedy}; if it is right now, it was ahead then: tightlog rebuild",
        )
    if started_at is not None and started_at - now > AHEAD:
        return Check(
            "clock",
            False,
            f"{is_now}, but the newest recording is from {started_at:%Y-%m-%d}",
            f"{remedy}; if it is right, the watch's clock was wrong: tightlog activity ID "
            "--ignore, then: tightlog refresh",
        )
    return Check("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")


def files(home: Home) -> Check:
    """How many files could not be read; a fifth or less may be broken downloads."""
    try:
        counts = dict(store.answer(store.published_version(home), "file_counts").iter_rows())
    except TightlogError:
        return Check("files", True, "nothing read yet")
    unreadable = counts.get("unreadable", 0)
    with_something = sum(counts.values()) - counts.get("no_activity", 0)
    reasons = "`tightlog files --status unreadable` shows why"
    if 5 * unreadable > with_something:
        return Check(
            "files",
            False,
            f"{unreadable:,} of {with_something:,} files could not be read",
            (
                f"{reasons}; download them again or take them out of data/raw, then: "
                "tightlog refresh"
            ),
        )
    return Check(
        "files", True, f"{unreadable:,} unreadable" + (f"; {reasons}" if unreadable else "")
    )


def kinds(home: Home) -> Check:
    """Whether tightlog knows which recordings are runs; a twentieth may be unknown."""
    try:
        count, unknown = store.answer(store.published_version(home), "kinds_known").row(0)
    except TightlogError:
        return Check("kinds", True, "nothing read yet")
    if unknown and MOST_UNKNOWN_KINDS * unknown > count:
        listing = question_line("kinds_unknown")
        return Check(
            "kinds",
            False,
            f"{unknown_words(unknown)} (of {count:,} in all)",
            f'list them with: tightlog sql "{listing}"; if they are runs: {TREAT_AS_RUNS}; '
            "then: tightlog refresh",
        )
    known = f"known of {count - unknown:,} of {count:,} activities"
    return Check("kinds", True, f"{known}. {settling_words(unknown)}" if unknown else known)
