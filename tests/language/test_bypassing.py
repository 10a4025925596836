"""What a person reads comes from the catalogue."""

from pathlib import Path

from tests.language.bypassing import bypasses
from tests.language.gathering import TOP

# What programs and the owner read, in English on purpose: SQL with its guide, Python and models;
# files made for tests; what is logged.
ENGLISH = (
    "src/tightlog/api", "src/tightlog/mcp", "src/tightlog/warehouse", "src/tightlog/simulation",
    "src/tightlog/features", "dashboards/shown/feature_charts.py",
    "src/tightlog/answers/dictionary.py", "src/tightlog/answers/guide.py",
    "src/tightlog/domain/channels.py", "src/tightlog/domain/wellness.py", "pipelines",
)  # fmt: skip
# Stored as they were read, in English: reasons of files and lines, and names of formats.
NOT_YET = (
    "src/tightlog/readers", "src/tightlog/ingest", "src/tightlog/journal",
    "src/tightlog/domain/formats.py",
)  # fmt: skip
# Codes with a space, names of programs, and what a service is asked.
CODES = frozenset(
    {
        "watch stress", "distance run", "not stated", "what began", "cut off",
        "history renewed", "second reading", "sleep and days", "run history", "Prefect worker",
        "nightly time", "time zone", "cohort refresh", "run files",
        "public, immutable, max-age=31536000",
        "{}: share.with", "(storage_version '{}', block_size {})",
        "{} in English", "fitparse {}",
        "module {} has no attribute {}",
    }
)  # fmt: skip
# Of the warehouse, what a coach reads of the homes.
OF_LAKE = "src/tightlog/warehouse/lake"
SERVICES = ("src/tightlog/arrivals/intervals_icu.py", "src/tightlog/arrivals/polar.py")


def modules() -> list[Path]:
    """Modules whose texts a person reads in their language."""
    roots = (TOP / "src" / "tightlog", TOP / "dashboards")
    left_out = tuple(str(TOP / place) for place in (*ENGLISH, *NOT_YET, *SERVICES))
    files = (file for root in roots for file in sorted(root.rglob("*.py")))
    lake = str(TOP / OF_LAKE)
    return [
        file for file in files if str(file).startswith(lake) or not str(file).startswith(left_out)
    ]


def test_no_sentence_bypasses_the_catalogue() -> None:
    files = modules()
    assert len(files) > 250
    found = [
        f"{one.file.relative_to(TOP)}:{one.line}: {one.text}"
        for file in files
        for one in bypasses(file)
        if one.text not in CODES
    ]
    assert found == [], "give them to phrase() where they are shown, or to message() as a constant"


def test_places_left_out_are_there() -> None:
    assert [place for place in (*ENGLISH, *NOT_YET, *SERVICES) if not (TOP / place).exists()] == []


def test_each_code_left_out_is_still_in_the_code() -> None:
    found = {one.text for file in modules() for one in bypasses(file)}
    assert found >= CODES


def test_sentences_that_bypass_it_are_found(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text(
        '"""A docstring is for us."""\n'
        "st.text('Good morning, runner.')\n"
        "st.text(f'{count} runs')\n"
        "NAME = 'two words'\n"
        "def words(n):\n    return 'some text' if n else f'{n:g} of ten'\n"
        "st.text(phrase('Good morning, {name}.', name='my friend' if x else 'two words'))\n"
        "parser.add_argument('--notes', help='with your notes')\n"
        "raise DiaryError(f'no entry {name!r}')\n"
    )
    assert [(one.line, one.text) for one in bypasses(file)] == [
        (2, "Good morning, runner."),
        (3, "{} runs"),
        (4, "two words"),
        (6, "some text"),
        (6, "{} of ten"),
        (7, "my friend"),
        (7, "two words"),
        (8, "with your notes"),
        (9, "no entry {}"),
    ]


def test_what_is_no_sentence_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text(
        "phrase('A sentence of the catalogue.')\n"
        "WORDS = phrases({'a': 'One of them.'})\n"
        "counted(2, 'free day', 'free days')\n"
        "rows('select day from day')\n"
        "if name == 'two words':\n    raise ValueError('for us only')\n"
        "st.button(label, key=f'take it {name}')\n"
    )
    assert bypasses(file) == []
