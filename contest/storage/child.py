"""The process in which files of strangers are read: limited first, then told what to do, then gone.

Run as a script, so that it imports nothing of the application: ``python -I child.py FILE FUNCTION``. The task comes
as JSON on standard input and the answer goes as JSON to standard output; whatever a library prints goes nowhere.
"""

import json
import os
import resource
import runpy
import sys
from pathlib import Path


def limit(seconds: int, megabytes: int, written_megabytes: int) -> None:
    """Bound this process for good: processor time, memory, size of a written file; no core dumps."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written_megabytes << 20, written_megabytes << 20))


def main(file: str, function: str) -> None:
    """Read the task, do it, write the answer."""
    task = json.load(sys.stdin)
    answers = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    limit(**task["limits"])
    answer = runpy.run_path(str(Path(__file__).with_name(file)))[function](**task["arguments"])
    json.dump(answer, answers)
    answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
