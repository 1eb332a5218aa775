"""Draw certificates with and without a signature: ``python -m tests.bench.signing FOLDER COUNT``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import select

from contest import clock, create_app
from contest.certificates import documents, signing
from contest.certificates.models import Certificate
from contest.config import Settings
from contest.database import db
from contest.printing.batch import Sheet


def seconds_for(sheets: Sequence[Sheet], sealing: signing.Sealing | None) -> float:
    """Draw all sheets, and say how long it took."""
    start = time.perf_counter()
    for _ in documents.draw(sheets, finish=sealing):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Draw, and print one line of JSON."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(instance=folder, base_url="http://localhost")
    app = create_app(settings)
    with app.app_context():
        signing.make_self_signed(folder, "Ban Tổ chức", clock.now())
        certificates = list(db.session.scalars(select(Certificate).order_by(Certificate.id)))
        sheets = list(islice(cycle(documents.sheets_of(certificates)), count))
        credentials = signing.of_settings(settings)
        assert credentials is not None
        seconds_for(sheets[:40], None)
        drawn = seconds_for(sheets, None)
        signed = seconds_for(sheets, signing.Sealing(credentials, clock.now()))
    print(json.dumps({"drawn": drawn, "signed": signed, "count": count}))


if __name__ == "__main__":
    main()
