"""Processes that are forked off to serve."""

from __future__ import annotations

import signal
import subprocess
import sys

TOLD_EARLY = """
import os, signal, time
from functools import partial
from contest.operations.serving import end_when_told

signal.signal(signal.SIGTERM, lambda *_: None)
os.register_at_fork(after_in_child=partial(end_when_told, os.getpid()))
ready, begun = os.pipe()
child = os.fork()
if child == 0:
    os.write(begun, b".")
    time.sleep(30)
    os._exit(0)
os.read(ready, 1)
os.kill(child, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


LEFT_ALONE = """
import os, signal, time
from functools import partial
from contest.operations.serving import end_when_told

os.register_at_fork(after_in_child=partial(end_when_told, os.getpid()))
ready, begun = os.pipe()
if os.fork() == 0:
    os.write(begun, b".")
    time.sleep(30)
    print("still there")
    os._exit(0)
os.read(ready, 1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_told_to_end_before_it_serves_ends():
    told = subprocess.run([sys.executable, "-c", TOLD_EARLY], capture_output=True, text=True, check=True)

    assert told.stdout.split() == [str(-signal.SIGTERM)]


def test_a_process_whose_parent_was_killed_ends_as_well():
    """Until it has ended it holds the end of the pipe that is read here."""
    told = subprocess.run([sys.executable, "-c", LEFT_ALONE], capture_output=True, text=True, check=False, timeout=60)

    assert (told.returncode, told.stdout) == (-signal.SIGKILL, "")
