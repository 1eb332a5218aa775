"""The commands that bring everything over are run without pages, and know all tables nevertheless."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from contest.audit.protection import PROTECTED
from contest.database import db
from contest.privacy import registry

KNOWN = """
import json, sys
from contest import create_app
from contest.audit.protection import PROTECTED
from contest.database import db
from contest.privacy import registry

app = create_app(shell_of="upkeep")
with app.app_context():
    rooms = sorted(registry.rooms())
print(json.dumps([sorted(db.metadata.tables), sorted(PROTECTED), rooms, sorted(app.cli.commands)]))
assert "contest.showcase.views" not in sys.modules
"""


def test_a_shell_without_pages_knows_every_table_every_protection_and_everything_personal(app, tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", KNOWN],
        env=os.environ | {"CONTEST_INSTANCE": str(tmp_path), "CONTEST_BASE_URL": "http://localhost"},
        capture_output=True,
        text=True,
        check=True,
    )

    tables, protected, personal, commands = json.loads(told.stdout)

    assert tables == sorted(db.metadata.tables)
    assert protected == sorted(PROTECTED)
    assert personal == sorted(registry.rooms())
    assert commands == ["backup", "clock", "restore"]
