"""The exception tree: misuse and a broken environment raise; bad data never does (it becomes a row
with a reason).

TightlogError
├── SettingsError          tightlog.toml or the environment says something we cannot use
├── HomeError              the home folder cannot be used
├── InboxError             a file given cannot be put into data/raw/inbox
├── KeysUnusable           data/keys.toml cannot be read, or others can read it
├── FetchFailed            a service or command gave nothing
├── TokenRefused           a token that cannot be made or revoked
├── FileUnexplained        a file whose messages cannot be shown
├── CohortError            a cohort, or what was asked of it, that cannot be
├── ExtraMissing           a part of tightlog that was not installed
├── OutputUnwritten        what a command says cannot be written where it was sent
├── WarehouseError
│   ├── NoWarehouse        nothing was published yet
│   ├── WarehouseOutdated  made by an older tightlog: a refresh reads everything again
│   ├── WarehouseAhead     made by a newer tightlog: this one leaves it alone
│   ├── WriterBusy         another refresh holds the lock
│   └── QueryError         a query the read-only warehouse refuses
├── PasswordError
│   ├── NoPassword         none was set for this home
│   ├── PasswordTooShort
│   └── PasswordUnreadable its file is not as we wrote it
├── FrameError             a frame of the runner's own that does not fit the days
├── TrialTableError        a table of tosses that cannot be a trial's
└── DiaryError
    ├── ScoreOutOfRange    a tightness score outside 0–10
    ├── UnknownIntervention
    ├── UnknownRedFlag
    ├── UnknownEntry
    ├── UnreadableMoment   a point in time we cannot read
    ├── MomentAhead        a day that has not come yet
    ├── DayTooEarly        a day before 1990
    ├── HypothesisRefused  a hypothesis that cannot be written down or withdrawn
    ├── TrialRefused       a step of a trial that cannot be taken now
    ├── DiaryUnreadable    the journal's file cannot be opened
    └── DiaryUnwritten     an entry could not be put on the disk
        └── DiaryGone      the disk of the journal may not be connected, and would hide the entry
Each holds the facts and writes its own message: what happened, where, what to do next."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from tightlog.language.catalogue import message, phrase

MAKE_ROOM = message("make room on the disk, or see whether the folder is yours to write")
# What a limit of the session or the file system refuses, however much room there is.
RAISE_LIMIT = message("raise the limit on the size of a file (`ulimit -f unlimited`)")


class TightlogError(Exception):
    """Anything tightlog says no to; its message is meant for the user."""


class SettingsError(TightlogError):
    def __init__(self, where: str, problem: str) -> None:
        self.where, self.problem = where, problem
        super().__init__(f"{where}: {problem}")


class HomeError(TightlogError):
    def __init__(self, home: Path, problem: str) -> None:
        self.home, self.problem = home, problem
        words = phrase("the home {home} cannot be used: {problem}", home=home, problem=problem)
        super().__init__(words)


class InboxError(TightlogError):
    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        super().__init__(phrase("{name!r} was not kept: {problem}", name=name, problem=problem))


class KeysUnusable(TightlogError):
    def __init__(self, path: Path, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(phrase("{path} cannot be used: {problem}", path=path, problem=problem))


class FetchFailed(TightlogError):
    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{name}: {problem}")


class TokenRefused(TightlogError):
    """A token that cannot be made or revoked; the message says why."""


class FileUnexplained(TightlogError):
    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{name}: {problem}")


class CohortError(TightlogError):
    """A cohort that cannot be used, or a step that cannot be taken; the message says why."""


class ExtraMissing(TightlogError):
    def __init__(self, command: str, extra: str) -> None:
        self.command, self.extra = command, extra
        super().__init__(
            phrase(
                "`tightlog {command}` needs a part that is not installed; add it with: pip "
                "install 'tightlog[{extra}]'",
                command=command,
                extra=extra,
            )
        )


class OutputUnwritten(TightlogError):
    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            phrase(
                "the output cannot be written ({problem}); what was done before that stands, "
                "so look before you repeat it: `tightlog diary` lists what was logged",
                problem=problem,
            )
        )


class WarehouseError(TightlogError):
    """The warehouse cannot do what was asked."""


class NoWarehouse(WarehouseError):
    def __init__(self, home: Path, sample: Path | None = None) -> None:
        self.home, self.sample = home, sample
        instead, quote = "", shlex.quote(str(sample))
        if sample:
            instead = phrase(
                "; to read the simulated runner's: tightlog --home {quote}", quote=quote
            )
        super().__init__(
            phrase(
                "there is no warehouse in {home} yet; put run files into {home_2} and run: "
                "tightlog refresh{instead}",
                home=home,
                home_2=home / "data" / "raw",
                instead=instead,
            )
        )


class WarehouseOutdated(WarehouseError):
    def __init__(self, format_number: int, known: int) -> None:
        self.format_number, self.known = format_number, known
        super().__init__(
            phrase(
                "the warehouse was made by an older tightlog (format {format_number}, now "
                "{known}); `tightlog refresh` reads everything again from data/raw; nothing is "
                "lost",
                format_number=format_number,
                known=known,
            )
        )


class WarehouseAhead(WarehouseError):
    def __init__(self, format_number: int, known: int) -> None:
        self.format_number, self.known = format_number, known
        super().__init__(
            phrase(
                "the warehouse was made by a newer tightlog (format {format_number}, this one "
                "knows {known}); install the newer one again, or let this one rebuild it from "
                "data/raw with `tightlog rebuild`",
                format_number=format_number,
                known=known,
            )
        )


class WriterBusy(WarehouseError):
    def __init__(self, lock: Path, holder: str) -> None:
        self.lock, self.holder = lock, holder
        super().__init__(
            phrase(
                "another refresh holds the lock ({holder}); wait until it is done, then try again",
                holder=holder,
            )
        )


class QueryError(WarehouseError):
    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(phrase("the query was refused: {problem}", problem=problem))


class PasswordError(TightlogError):
    """The password of `dashboard --lan` is missing, too short or cannot be read."""


class NoPassword(PasswordError):
    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(
            phrase(
                "whoever reaches the dashboard over the network could read and write your "
                "diary, so it needs a password first; set one with: tightlog --home {quote} "
                "dashboard --set-password",
                quote=shlex.quote(str(home)),
            )
        )


class PasswordTooShort(PasswordError):
    def __init__(self, least_characters: int) -> None:
        self.least_characters = least_characters
        super().__init__(
            phrase(
                "a password has {least_characters} characters or more; a few words in a row "
                "are easy to type on a phone",
                least_characters=least_characters,
            )
        )


class PasswordUnreadable(PasswordError):
    def __init__(self, path: Path, home: Path) -> None:
        self.path = path
        super().__init__(
            phrase(
                "{path} cannot be read as a password; set a new one with: tightlog --home "
                "{home} dashboard --set-password",
                path=path,
                home=home,
            )
        )


class DiaryError(TightlogError):
    """A diary entry that cannot be written as given."""


class ScoreOutOfRange(DiaryError):
    def __init__(self, score: object) -> None:
        self.score = score
        super().__init__(
            phrase(
                "a tightness score is a number from 0 (none) to 10 (worst imaginable), not {shown}",
                shown=f"{score:g}" if isinstance(score, float) else score,
            )
        )


class TrialTableError(TightlogError):
    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            phrase(
                "this is no table of a trial: {problem}; it needs one row a toss with day, "
                "block, is_assigned, is_done, score_before and score_after",
                problem=problem,
            )
        )


class FrameError(TightlogError):
    def __init__(self, problem: str) -> None:
        self.problem = problem
        words = phrase("this frame cannot be joined to the days: {problem}", problem=problem)
        super().__init__(words)


class TrialRefused(DiaryError):
    """A step of a trial that cannot be taken now; the message says why."""


class HypothesisRefused(DiaryError):
    """A hypothesis that cannot be written down or withdrawn; the message says why."""


class UnknownIntervention(DiaryError):
    def __init__(self, name: str, suggestions: Sequence[str]) -> None:
        self.name, self.suggestions = name, tuple(suggestions)
        listing = 'tightlog sql "select intervention, title from intervention"'
        hint = (
            phrase("; did you mean {suggestions}?", suggestions=", ".join(suggestions))
            if suggestions
            else phrase("; `{listing}` lists them all", listing=listing)
        )
        super().__init__(phrase("no intervention is called {name!r}{hint}", name=name, hint=hint))


class UnknownRedFlag(DiaryError):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(
            phrase(
                "no red flag is called {name!r}; known are: {known}",
                name=name,
                known=", ".join(known),
            )
        )


class UnknownEntry(DiaryError):
    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id
        super().__init__(
            phrase(
                "the diary has no standing entry {entry_id!r}; `tightlog diary` lists them",
                entry_id=entry_id,
            )
        )


class UnreadableMoment(DiaryError):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            phrase(
                "cannot read {text!r} as a time; write 2026-05-31, 2026-05-31T07:30, 07:30, "
                "today or yesterday",
                text=text,
            )
        )


class MomentAhead(DiaryError):
    def __init__(self, text: str) -> None:
        self.text = text
        words = phrase("{text} lies in the future; the diary holds what has been", text=text)
        super().__init__(words)


class DayTooEarly(DiaryError):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            phrase(
                "{text} lies before 1990; the diary holds days from 1990 on, so look at the year",
                text=text,
            )
        )


class DiaryUnreadable(DiaryError):
    def __init__(self, journal: Path, problem: str) -> None:
        self.journal, self.problem = journal, problem
        super().__init__(
            phrase(
                "the diary {journal} cannot be opened ({problem}), so nobody can say whether a "
                "warning sign stands; make it a file you may read, then try again",
                journal=journal,
                problem=problem,
            )
        )


class DiaryUnwritten(DiaryError):
    """An entry that is not saved; the warning signs it names stop other advice all the same."""

    red_flags: tuple[str, ...] = ()

    def __init__(self, journal: Path, problem: str, remedy: str = MAKE_ROOM) -> None:
        self.journal, self.problem = journal, problem
        super().__init__(
            phrase(
                "the entry is not saved: {journal} cannot be written ({problem}), and is as it "
                "was before; {remedy}, then log it again",
                journal=journal,
                problem=problem,
                remedy=phrase(remedy),
            )
        )


class DiaryGone(DiaryUnwritten):
    """`known_files` is the number of files known while data/raw holds none, else 0."""

    def __init__(self, journal: Path, known_files: int = 0) -> None:
        self.journal, self.known_files = journal, known_files
        self.problem = (
            phrase(
                "{parent} is empty, with {known_files:,} files known before",
                parent=journal.parent.parent,
                known_files=known_files,
            )
            if known_files
            else phrase(
                "{journal} is gone or empty, and was not at the last refresh", journal=journal
            )
        )
        DiaryError.__init__(
            self,
            phrase(
                "the entry is not saved: {problem}. Its disk may not be connected, and would "
                "hide what is written now. Connect it or wait for the sync, then log it again; "
                "if you removed it yourself, run: tightlog rebuild",
                problem=self.problem,
            ),
        )
