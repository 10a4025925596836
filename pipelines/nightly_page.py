"""The page of a nightly run: what it read, what it could not read, what the warehouse holds."""

import polars as pl

from tightlog.refresh.summary import RefreshSummary
from tightlog.words.files import STATUS_WORDS

SHOWN_FILES = 20


def nightly_page(outcome: RefreshSummary, files: pl.DataFrame) -> str:
    """Markdown of the summary, and of the files of `source_file` that are unreadable, with their
    reasons.
    """
    rows = [
        f"| {words.counted} | {outcome.files[status]:,} |" for status, words in STATUS_WORDS.items()
    ]
    return "\n".join(
        [
            (
                f"**{outcome.activities:,}** activities, **{outcome.scores:,}** tightness scores, "
                f"**{outcome.days:,}** days."
            ),
            "",
            "| files | number |",
            "|---|---:|",
            *rows,
            f"| known before | {outcome.files['unchanged']:,} |",
            f"| taken out, no longer there | {outcome.removed:,} |",
            *_kept(outcome),
            "",
            *_unreadable(files),
        ]
    )


def _kept(outcome: RefreshSummary) -> list[str]:
    row = f"| cannot be opened now, kept as read before | {outcome.kept:,} |"
    return [row] if outcome.kept else []


def _unreadable(files: pl.DataFrame) -> list[str]:
    broken = files.filter(pl.col("status") == "unreadable").sort("path", "member", nulls_last=True)
    if broken.is_empty():
        return []
    rows = [
        f"| {_cell(path if member is None else f'{path} > {member}')} | {_cell(reason)} |"
        for path, member, reason in broken.select("path", "member", "reason")
        .head(SHOWN_FILES)
        .iter_rows()
    ]
    more = broken.height - len(rows)
    rest = [f"| … and {more:,} more | `tightlog files --status unreadable` |"] if more else []
    return ["| unreadable file | reason |", "|---|---|", *rows, *rest]


def _cell(text: str | None) -> str:
    """Text that cannot end a table cell: file names may hold anything."""
    return " ".join(
        (text or "").replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split()
    )
