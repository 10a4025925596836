"""A child process that ends with this one."""

import signal
import subprocess
from pathlib import Path


def child_process(command: list[str], environment: dict[str, str]) -> int:
    """Exit code of the child process."""
    with subprocess.Popen(command, env=environment, cwd=Path.home()) as process:
        # `kill` and a service manager's stop reach this process only: pass them on.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            return 0
