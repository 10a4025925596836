"""What each command of the command line does; `cli` parses, these act and print."""

import argparse
from collections.abc import Callable

from tightlog.commands import diary, reading, refreshing, running

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "refresh": refreshing.refresh_command,
    "ingest": refreshing.ingest_command,
    "rebuild": refreshing.rebuild_command,
    "sample": refreshing.sample_command,
    "rate": diary.rate_command,
    "did": diary.did_command,
    "diary": diary.diary_command,
    "today": reading.today_command,
    "findings": reading.findings_command,
    "effects": reading.effects_command,
    "files": reading.files_command,
    "features": reading.features_command,
    "sql": reading.sql_command,
    "export": reading.export_command,
    "doctor": running.doctor_command,
    "dashboard": running.dashboard_command,
    "schedule": running.schedule_command,
}
