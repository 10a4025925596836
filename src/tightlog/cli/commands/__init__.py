"""What the help of each command teaches: three uses of it, each with what it is for. The tests
parse every one of them.
"""

Example = tuple[str, str]

EXAMPLES: dict[str, tuple[Example, Example, Example]] = {
    "refresh": (
        ("tightlog refresh", "after you put files into data/raw"),
        ("tightlog --home ~/runs refresh", "for another home"),
        ("tightlog refresh --json", "for a script: what was read and why not"),
    ),
    "ingest": (
        ("tightlog ingest ~/Downloads/export.zip", "take a vendor's export in"),
        ("tightlog ingest /media/watch/GARMIN/Activity", "take a watch's whole folder in"),
        ("tightlog ingest --json", "only read what already lies in data/raw"),
    ),
    "rebuild": (
        ("tightlog rebuild", "make the warehouse anew, as if it never was"),
        ("tightlog rebuild --json", "the same for a script"),
        ("tightlog --home ~/restored rebuild", "after restoring a backup of data/raw"),
    ),
    "rate": (
        ("tightlog rate 3", "this morning's tightness"),
        ("tightlog rate 5 --at yesterday --moment evening --note 'long drive'", "one you forgot"),
        ("tightlog rate 6 --red-flag night_pain", "with a warning sign: it stops all other advice"),
    ),
    "did": (
        ("tightlog did plank --minutes 3", "just now"),
        ("tightlog did cat-cow --at 2026-05-31", "on another day"),
        ("tightlog did swimming --minutes 40 --rpe 4", "with how hard it was"),
    ),
    "diary": (
        ("tightlog diary", "everything that stands, with its id"),
        ("tightlog diary correct r5f1c09ab --score 4", "what you meant"),
        ("tightlog diary withdraw r5f1c09ab", "it was nothing"),
    ),
    "activity": (
        ("tightlog activity 3f2a", "look at one, by the start of its id"),
        ("tightlog activity 3f2a --sport treadmill --shoe 'blue pair'", "say what it was"),
        ("tightlog activity 3f2a --ignore", "it was the car: never count it"),
    ),
    "today": (
        ("tightlog today", "what is building up, and what to do"),
        ("tightlog --home data/sample today", "the same of the simulated runner"),
        ("tightlog today --json", "for a script or a status bar"),
    ),
    "findings": (
        ("tightlog findings", "what goes with your tightness, so far"),
        ("tightlog findings --json", "with intervals and p-values"),
        ("tightlog sql 'from finding order by p_value'", "the same table in SQL"),
    ),
    "effects": (
        ("tightlog effects", "did what you logged help?"),
        ("tightlog effects --json", "with intervals"),
        ("tightlog sql 'from effect'", "the same table in SQL"),
    ),
    "files": (
        ("tightlog files", "every file and what became of it"),
        ("tightlog files --status unreadable", "what could not be read, and why"),
        (
            "tightlog files --status duplicate --json",
            "what is counted once although it lies there twice",
        ),
    ),
    "features": (
        ("tightlog features", "what is computed for each day, by family"),
        ("tightlog features --json", "with sources"),
        ("tightlog sql 'select day, run_distance_m from day'", "the numbers themselves"),
    ),
    "sql": (
        ("tightlog sql", "a prompt"),
        ('tightlog sql "from relation_guide"', "every table and column with its meaning and unit"),
        (
            "tightlog sql --format csv 'select day, tightness_score from day' > scores.csv",
            "into a file",
        ),
    ),
    "export": (
        ("tightlog export ~/tightlog-export", "Parquet, records and days by year"),
        ("tightlog export ~/tightlog-export --format csv", "for a spreadsheet"),
        ("tightlog export ~/tightlog-export --json", "with the number of rows of each"),
    ),
    "doctor": (
        ("tightlog doctor", "is all well, and did last night run?"),
        ("tightlog doctor --json", "for a script: exit code 1 when something is not"),
        ("tightlog --home ~/runs doctor", "for another home"),
    ),
    "dashboard": (
        ("tightlog dashboard", "on http://127.0.0.1:8501, until Ctrl-C"),
        ("tightlog dashboard --fresh", "refresh first"),
        (
            "tightlog dashboard --port 8600 --no-browser",
            "beside another one, without opening a window",
        ),
    ),
    "schedule": (
        ("tightlog schedule", "every night, with a page of every run; stays up"),
        ("tightlog schedule --print systemd", "the same without a server, for systemd's timer"),
        ("tightlog schedule --once", "one nightly run, now"),
    ),
    "sample": (
        ("tightlog sample ~/tightlog-sample", "18 months of a simulated runner as real files"),
        ("tightlog sample ~/tightlog-sample --json", "with how much it holds"),
        ("tightlog --home ~/tightlog-sample refresh", "then read it"),
    ),
    "report": (
        ("tightlog report ~/back.html", "the last three months, for a physiotherapist"),
        (
            "tightlog report ~/back.html --from 2026-01-01 --to 2026-05-31 --name 'A. Runner'",
            "the days that matter, with a name",
        ),
        ("tightlog report ~/back.html --notes", "with what you wrote beside the scores"),
    ),
    "completion": (
        (
            "tightlog completion bash > ~/.local/share/bash-completion/completions/tightlog",
            "for bash",
        ),
        (
            "tightlog completion zsh > ~/.zfunc/_tightlog",
            "for zsh, with fpath+=(~/.zfunc) before compinit in ~/.zshrc",
        ),
        ("tightlog completion fish > ~/.config/fish/completions/tightlog.fish", "for fish"),
    ),
}


def examples_of(command: str) -> str:
    """The examples of a command as the end of its help."""
    lines = [f"  {example}\n      {meaning}" for example, meaning in EXAMPLES[command]]
    return "\n".join(["examples:", *lines])
