"""Draw certificates of a published demo, and say what it took: ``python -m tests.bench.certificates FOLDER COUNT``."""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import select

from contest import create_app
from contest.certificates import documents
from contest.certificates.models import Certificate
from contest.config import Settings
from contest.database import db
from tests.certificates.plain import plain

PLAIN = 5  # certificates drawn the plain way, for comparison in the same run


class Watch:
    """The largest memory that this process and its children held together."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        page = resource.getpagesize()
        me = Path("/proc/self")
        while not self._over.wait(0.02):
            own = int((me / "smaps_rollup").read_text().split("Pss:")[1].split()[0]) / 1024
            for child in (me / "task" / str(threading.main_thread().native_id) / "children").read_text().split():
                try:
                    shared = Path(f"/proc/{child}/smaps_rollup").read_text()
                except (FileNotFoundError, ProcessLookupError):
                    continue
                own += int(shared.split("Pss:")[1].split()[0]) / 1024 if "Pss:" in shared else page / 2**20
            self.megabytes = max(self.megabytes, own)

    def stop(self) -> float:
        """End, and say how much it was."""
        self._over.set()
        self._thread.join()
        return self.megabytes


def main() -> None:
    """Draw, and print one line of JSON."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    app = create_app(Settings(instance=folder, base_url="http://localhost"))
    with app.app_context():
        certificates = list(db.session.scalars(select(Certificate).order_by(Certificate.id)))
        chosen = list(islice(cycle(certificates), count))
        watch = Watch()
        start = time.perf_counter()
        drawn = sum(1 for _ in documents.draw(documents.sheets_of(chosen)))
        seconds = time.perf_counter() - start
        megabytes = watch.stop()
        start = time.perf_counter()
        for each, sheet in zip(certificates[:PLAIN], documents.sheets_of(certificates[:PLAIN]), strict=True):
            plain(each.printed, each.code, sheet.address, each.payload)
        each_plainly = (time.perf_counter() - start) * 1000 / len(certificates[:PLAIN])
    figures = {"seconds": seconds, "each": seconds * 1000 / drawn, "megabytes": megabytes, "plain_each": each_plainly}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
