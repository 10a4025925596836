"""Workbooks with the least a spreadsheet program writes: rows of cells → .xlsx and .ods."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS = "urn:oasis:names:tc:opendocument:xmlns"
# Style numbers of a day, of a day with its time, of a time, and of a percentage.
DAY, INSTANT, CLOCK, PERCENT = 1, 2, 3, 4


@dataclass(frozen=True)
class Styled:
    """A number shown by a style of the workbook, such as a day number as a date."""

    number: float
    style: int


Cell = str | float | Styled | None
Rows = Sequence[Sequence[Cell]]


def xlsx_file(
    sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), counts_from_1904: bool = False
) -> bytes:
    """Bytes of an Excel workbook with these sheets."""
    numbered = list(enumerate(sheets.items(), start=1))
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for number, (name, _) in numbered
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    epoch = '<workbookPr date1904="1"/>' if counts_from_1904 else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{epoch}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId0" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="9"/></cellXfs>'
        "</styleSheet>",
    }
    for number, (_, rows) in numbered:
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows)
    return _zipped(parts)


def ods_file(sheets: Mapping[str, Rows], *, last_row: int = 0) -> bytes:
    """Bytes of a LibreOffice workbook; empty rows follow to `last_row`, as it fills its sheets."""
    body = ""
    for name, rows in sheets.items():
        filler = (
            f'<table:table-row table:number-rows-repeated="{last_row}">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            if last_row
            else ""
        )
        lines = "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        body += f"<table:table table:name={quoteattr(name)}>{lines}{filler}</table:table>"
    content = (
        f'<office:document-content xmlns:office="{ODS}:office:1.0" '
        f'xmlns:table="{ODS}:table:1.0" xmlns:text="{ODS}:text:1.0"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{ODS}:manifest:1.0"/>'
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def _sheet(rows: Rows) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(cell, place, number) for place, cell in enumerate(row))}'
        "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(cell: Cell, place: int, number: int) -> str:
    where = f'r="{chr(ord("A") + place)}{number}"'
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f'<c {where} t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    style = f' s="{cell.style}"' if isinstance(cell, Styled) else ""
    return f"<c {where}{style}><v>{cell.number if isinstance(cell, Styled) else cell}</v></c>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        kind, value, text = "string", "", cell
    elif isinstance(cell, Styled) and cell.style == CLOCK:
        minutes = round(cell.number * 1440)
        hours, rest = divmod(minutes, 60)
        kind, text = "time", f"{hours:02}:{rest:02}"
        value = f' office:time-value="PT{hours:02}H{rest:02}M00S"'
    else:
        number = cell.number if isinstance(cell, Styled) else cell
        is_percent = isinstance(cell, Styled) and cell.style == PERCENT
        kind, value = "percentage" if is_percent else "float", f' office:value="{number}"'
        text = f"{number:.0%}" if is_percent else f"{number:g}"
    return (
        f'<table:table-cell office:value-type="{kind}"{value}><text:p>{escape(text)}</text:p>'
        "</table:table-cell>"
    )


def _zipped(parts: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()
