"""Asking the limited process: every file of a stranger is read there and nowhere else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from contest.storage.errors import ParserFailed

CHILD = Path(__file__).with_name("child.py")
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


def ask(file: str, function: str, *, seconds: int, megabytes: int = 1536, **arguments: Any) -> dict[str, Any]:
    """Run a function of a sibling file in a process of its own.

    :param seconds: of processor time; the wall clock gets twice as many
    :param megabytes: of address space
    :raise ParserFailed: if the process was stopped, died or answered nonsense
    """
    limits = {"seconds": seconds, "megabytes": megabytes, "written_megabytes": 4096}
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and no shell
            [sys.executable, "-I", str(CHILD), file, function],
            input=json.dumps({"limits": limits, "arguments": arguments}).encode(),
            capture_output=True,
            timeout=seconds * 2,
            env=ENVIRONMENT | {"PATH": os.environ.get("PATH", "")},
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise ParserFailed(str(error)) from error
    return answer
