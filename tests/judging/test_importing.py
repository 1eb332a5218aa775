"""The rooms of the application can be entered one by one, in any order."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["contest.judging.queries", "contest.judging.services"])
def test_a_module_brings_everything_that_it_needs_to_be_imported(module):
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.stderr == ""
