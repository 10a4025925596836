"""`make language`: the sentences of the program into each language's `.po`, its `.mo` compiled, and
the shares translated into docs/languages.md.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.language.gathering import TOP, sentences
from tightlog.language.catalogue import FOLDER
from tightlog.language.choice import ENGLISH, LANGUAGES

SHARES = TOP / "docs" / "languages.md"
TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)
# A date would change the file whenever it is written.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
# Areas of the program, by where a sentence is found first; the first that fits counts.
AREAS: Mapping[str, tuple[str, ...]] = {
    "Today, scores and red flags": (
        "dashboards/today", "dashboards/app_pages/today", "dashboards/shell", "dashboards/shown",
        "domain", "answers/morning", "answers/today",
        "answers/logged", "journal", "dashboards/streamlit_app",
    ),
    "Words shared by pages, findings and effects": (
        "words", "findings", "trials",
    ),
    "Patterns and advice": ("patterns", "advice"),
    "Interventions and exercises": ("interventions",),
    "Cohort": (
        "cohort", "cli/cohort", "cli/commands/cohort", "dashboards/cohort", "pipelines/cohort",
        "warehouse/lake",
    ),
    "Other pages": ("dashboards",),
    "Physio report": ("answers/report",),
    "Doctor": ("answers/doctor",),
    "Command line and answers": ("cli", "answers"),
    "Errors, settings, arrivals and nights": ("",),
}  # fmt: skip


def po_file(language: str) -> Path:
    """The translations of a language, as they are edited."""
    return FOLDER / language / "tightlog.po"


def translations(language: str) -> Catalog:
    """What the `.po` of a language holds; nothing without one."""
    if not po_file(language).exists():
        return Catalog(locale=language)
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str) -> Catalog:
    """The sentences of the program with the translations known."""
    known, whole = translations(language), _empty(language)
    for sentence in sentences():
        before = known.get(sentence.one)
        string = before.string if before is not None and _is_alike(before, sentence.id) else None
        whole.add(sentence.id, string, locations=[(sentence.file, 0)])
    return whole


def compiled(catalogue: Catalog) -> bytes:
    """The `.mo` of a catalogue."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def shares() -> str:
    """docs/languages.md: how much of each area is translated."""
    lines = [
        "# Languages", "",
        "`language = \"de\"` in tightlog.toml, or in the cohort.toml of a [cohort](cohort.md),",
        "chooses German; what it lacks is shown in English. Not in the catalogue, and so in",
        "English: why a file or line could not be read, and what each feature is. How much of the",
        "rest is translated, written by `make language`:", "",
        "| area | sentences | " + " | ".join(TRANSLATED) + " |",
        "|---|---:|" + "---:|" * len(TRANSLATED),
    ]  # fmt: skip
    catalogues = {language: renewed(language) for language in TRANSLATED}
    for area in (*AREAS, "all"):
        counts = {language: _counts(one, area) for language, one in catalogues.items()}
        whole = next(iter(counts.values()))[1]
        cells = " | ".join(f"{100 * done // whole} %" for done, _ in counts.values())
        lines.append(f"| {area} | {whole} | {cells} |")
    return "\n".join(lines) + "\n"


def area_of(file: str) -> str:
    """The area a sentence belongs to."""
    return next(area for area, places in AREAS.items() if file.startswith(places))


def texts(of: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The forms of an id or a translation."""
    return (of or "",) if isinstance(of, str | None) else tuple(of)


def is_translated(entry: Message) -> bool:
    """True with text in each form."""
    return all(texts(entry.string))


def _counts(catalogue: Catalog, area: str) -> tuple[int, int]:
    entries = [
        entry for entry in catalogue if entry.id and area in ("all", area_of(entry.locations[0][0]))
    ]
    return sum(map(is_translated, entries)), len(entries)


def _is_alike(before: Message, wanted: str | tuple[str, str]) -> bool:
    return before.id == wanted or (isinstance(before.id, tuple) == isinstance(wanted, tuple))


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language, project="tightlog", creation_date=MADE, revision_date=MADE,
        last_translator="the tightlog authors", language_team=language, fuzzy=False,
        header_comment=f"# tightlog in {language}. `make language` renews this file.",
    )  # fmt: skip


def main() -> None:
    """Writes the files of all languages."""
    for language in TRANSLATED:
        whole = renewed(language)
        po_file(language).parent.mkdir(exist_ok=True)
        with po_file(language).open("wb") as file:
            write_po(file, whole, width=100, include_lineno=False)
        po_file(language).with_suffix(".mo").write_bytes(compiled(whole))
    SHARES.write_text(shares(), encoding="utf-8")
    print(shares())


if __name__ == "__main__":
    main()
