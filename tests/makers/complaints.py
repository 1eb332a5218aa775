"""Complaints about a posted list. Everything made is committed."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from contest import storage
from contest.complaints import services
from contest.complaints.models import Complaint
from contest.complaints.rules import About
from contest.complaints.services import Evidence, Sender, Subject
from contest.database import transaction
from contest.regulations.models import Contest
from contest.results import queries as results
from tests.makers.storage import pdf_bytes

TEXT = "Bài này đã đăng ở báo khác từ năm 2019, tôi gửi kèm bản chụp trang báo."
SENDER = Sender("Võ Thị Thu Hà", email="thuha@vidu.example", unit="Xã Ba Vì, tỉnh Quảng Ngãi")


def make_complaint(
    contest: Contest,
    subject: Subject | None = None,
    *,
    sender: Sender = SENDER,
    now: datetime | None = None,
    evidence: bool = False,
) -> Complaint:
    """One complaint about the first line of the posted list, an hour after the posting."""
    return make_complaint_with_code(contest, subject, sender=sender, now=now, evidence=evidence)[0]


def make_complaint_with_code(
    contest: Contest,
    subject: Subject | None = None,
    *,
    sender: Sender = SENDER,
    now: datetime | None = None,
    evidence: bool = False,
) -> tuple[Complaint, str]:
    """The same with its follow-up code."""
    posting: Any = results.newest_posting(contest)
    files = [_page()] if evidence else []
    with transaction():
        return services.receive(
            contest,
            subject or Subject(About.LINE, line=f"{posting.version}.a0"),
            TEXT,
            sender,
            files,
            now=now or posting.at + timedelta(hours=1),
        )


def _page() -> Evidence:
    received = storage.receive(BytesIO(pdf_bytes()), limit=storage.MEGABYTE)
    return Evidence("trang báo.pdf", received, storage.sniff(storage.path(received.sha256)))
