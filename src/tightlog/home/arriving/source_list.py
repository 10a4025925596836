"""The list `sources` of tightlog.toml: folders outside the home whose files are read in place."""

from pathlib import Path, PurePosixPath

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase

EXAMPLE = 'sources = ["~/Sync/phone"]'
# What the path of a source's file begins with, and that of a file under data/raw never does.
STARTS = ("/", "~/")
MOST = 50
# What the system shows as files there is made up as it is read, or is no file at all.
SYSTEM = ("/proc", "/sys", "/dev")


def source_list(given: object, file: str) -> tuple[str, ...]:
    """The folders as written, without a slash at the end: with it, a path of a file is made.

    Raises SettingsError for what is no list of absolute paths, and for one inside another.
    """
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise SettingsError(
            file, phrase("sources is a list of folders, such as {example}", example=EXAMPLE)
        )
    if len(given) > MOST:
        raise SettingsError(file, phrase("sources names at most {most} folders", most=MOST))
    sources = tuple(_source(one, file) for one in given)
    for one in sources:
        if other := next((two for two in sources if is_below(one, two)), None):
            raise SettingsError(
                file,
                phrase(
                    "source {one!r} lies in {other!r}, which is read anyway", one=one, other=other
                ),
            )
    if len(set(map(folder_of, sources))) < len(sources):
        raise SettingsError(file, phrase("sources names a folder twice"))
    return sources


def folder_of(source: str) -> Path:
    """Where a source lies now; `~` stays where nobody knows the home of the user, and is absent."""
    try:
        return Path(source).expanduser()
    except RuntimeError:
        return Path(source)


def is_of_source(path: str) -> bool:
    """True for the path of a file that was found in a source, not under data/raw."""
    return path.startswith(STARTS)


def is_below(path: str, source: str) -> bool:
    """True for a path in the source, at any depth."""
    return path.startswith(f"{source}/")


def _source(text: str, file: str) -> str:
    if not text.startswith(STARTS) or not text.isprintable() or ".." in PurePosixPath(text).parts:
        raise SettingsError(
            file,
            phrase(
                "source {text!r} must be a whole path that begins with / or ~/, without .. and "
                "without letters that cannot be seen",
                text=text,
            ),
        )
    source = str(PurePosixPath(text))
    if source.startswith("//"):
        source = source[1:]
    if source in ("/", "~", *SYSTEM) or any(is_below(source, one) for one in SYSTEM):
        raise SettingsError(
            file, phrase("source {text!r} is too much: name the folder with your files", text=text)
        )
    return source
