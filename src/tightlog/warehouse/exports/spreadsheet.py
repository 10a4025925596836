"""CSV that no spreadsheet takes for formulas; every CSV tightlog writes goes through here.

A cell of text that begins like a formula gets an apostrophe before it, a heading too. Numbers stay
as they are, also those that came as text. To undo it take one apostrophe away where what follows
is guarded; docs/sql.md has the expression for DuckDB.
"""

import polars as pl

# Spaces and signs that are not seen may stand before it; `＝` is read as `=` by some. What begins
# with an apostrophe and then so is guarded too, so that it can be undone.
FORMULA = r"^'*(?:[\t\r]|[\s\p{Z}\p{C}]*[=+\-@＝＋－＠﹦﹢﹣﹫−])"
NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$"


def spreadsheet_csv(frame: pl.DataFrame, *, has_heading: bool = True) -> str:
    """The frame as CSV, lists joined by `; `, text that would be a formula guarded."""
    plain = frame.select(_plain(name, kind) for name, kind in frame.schema.items())
    guarded = plain.with_columns(_guarded(pl.col(pl.String)))
    headings = _guarded_headings(frame.columns)
    return guarded.rename(headings).write_csv(include_header=has_heading)


def _plain(name: str, kind: pl.DataType) -> pl.Expr:
    """The column as a type that CSV has."""
    column = pl.col(name)
    if isinstance(kind, pl.List | pl.Array):
        return column.cast(pl.List(pl.String)).list.join("; ")
    if isinstance(kind, pl.Struct):
        return column.struct.json_encode()
    if isinstance(kind, pl.Categorical | pl.Enum):
        return column.cast(pl.String)
    return column.bin.encode("hex") if isinstance(kind, pl.Binary) else column


def _guarded(text: pl.Expr) -> pl.Expr:
    is_formula = text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
    return pl.when(is_formula).then("'" + text).otherwise(text).name.keep()


def _guarded_headings(names: list[str]) -> dict[str, str]:
    column = pl.Series(names, dtype=pl.String)
    guarded: dict[str, str] = {}
    for name, is_formula in zip(names, column.str.contains(FORMULA), strict=True):
        heading = f"'{name}" if is_formula else name
        while heading in guarded.values():
            heading += "_"
        guarded[name] = heading
    return guarded
