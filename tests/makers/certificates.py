"""Certificates for tests, taken as far as asked. Everything made is committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from contest import clock
from contest.accounts.models import User
from contest.certificates import background, seal, services, signing
from contest.certificates.choosing import TemplateKind
from contest.certificates.design import Design
from contest.certificates.models import Certificate, CertificateTemplate
from contest.certificates.wording import Printed
from contest.database import db, transaction
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.services import publish
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.makers.results import make_decided, make_sealed

NAME = "Cuộc thi báo chí viết về tấm gương “Dân vận khéo” tỉnh Quảng Ngãi, giai đoạn 2021–2025"


def make_printed(**changes: Any) -> Printed:
    """The frozen words of a certificate, with some of them changed."""
    return {
        "profile": "party",
        "superior": "TỈNH ỦY QUẢNG NGÃI",
        "issuer": "BAN TUYÊN GIÁO VÀ DÂN VẬN",
        "organiser": f"BAN TỔ CHỨC {NAME.upper()}",
        "title": "GIẤY CHỨNG NHẬN",
        "lead": "Chứng nhận tác giả",
        "authors": [{"name": "Lê Na", "pen_names": ""}],
        "unit": "Báo và Phát thanh, Truyền hình Quảng Ngãi",
        "verb": "đạt",
        "award": "GIẢI C",
        "special": False,
        "category": "Loại hình: Báo điện tử – Thể loại: Ghi chép; tác phẩm:",
        "work": "Ngày thứ Bảy vì dân ở Tịnh Khê",
        "decision": "Quyết định số 127-QĐ/BTGDVTU ngày 06 tháng 10 năm 2025",
        "register_number": "021/2025",
        "register": "Vào sổ số 021/2025",
        "place": "Quảng Ngãi, ngày 15 tháng 10 năm 2025",
        "power": ["T/M BAN TỔ CHỨC", "TRƯỞNG BAN"],
        "who": "Phạm Trường Giang",
        "facts": {
            "contest": NAME,
            "award": "Giải C",
            "category": "Báo điện tử",
            "decision": "127-QĐ/BTGDVTU",
            "decided_on": "2025-10-06",
            "given_on": "2025-10-15",
            "entry_code": "BDT-0042",
        },
    } | changes


def people(*names: str) -> list[dict[str, str]]:
    """Authors as printed; pen names after a bar: ``"Đinh Văn Rố|Ka Rố"``."""
    parts = [name.partition("|") for name in names]
    return [{"name": name, "pen_names": pen_names} for name, _, pen_names in parts]


def make_decided_contest(**options: Any) -> tuple[Contest, User]:
    """A contest with a decision on four prizes, and its organizer."""
    contest = make_contest(**options)
    organizer = make_member(contest, "organizer")
    make_sealed(contest=contest, by=organizer)
    make_decided(contest, by=organizer)
    db.session.commit()
    return contest, organizer


def make_prepared_certificates(**options: Any) -> tuple[Contest, User, list[Certificate]]:
    """A contest whose certificates have numbers and codes."""
    contest, organizer = make_decided_contest(**options)
    decision = services.decision_of(contest)
    with transaction():
        made = services.prepare(
            contest, key=seal.signing_key(Path(current_app.instance_path)), by=organizer, now=decision.at
        )
    return contest, organizer, made


def make_drawn_certificates(**options: Any) -> tuple[Contest, User, list[Certificate]]:
    """A contest whose certificates are drawn and wait for publication."""
    contest, organizer, made = make_prepared_certificates(**options)
    background.draw_decision(made[0].decision_id, by_id=organizer.id, progress=lambda done, total: None)
    return contest, organizer, certificates_of(contest)


def make_public_certificates(**options: Any) -> tuple[Contest, User, list[Certificate]]:
    """A contest whose certificates are public."""
    contest, organizer, _ = make_drawn_certificates(**options)
    decision = services.decision_of(contest)
    with transaction():
        publish(contest, by=organizer, now=decision.at + timedelta(hours=1))
    return contest, organizer, certificates_of(contest)


def make_template(
    contest: Contest,
    *,
    name: str = "Mẫu giải A",
    kind: TemplateKind = TemplateKind.BOTH,
    tiers: Sequence[str] = ("A",),
    design: Design | None = None,
    by: User,
) -> CertificateTemplate:
    """A template of certificates, without the frame unless another design is given."""
    meant = services.Meant(name, kind, list(tiers), design or Design(border="none"))
    with transaction():
        return services.begin_template(contest, meant, by=by, now=clock.now())


def certificates_of(contest: Contest) -> list[Certificate]:
    """The certificates of the decision in force, read anew."""
    from contest.certificates import queries

    decision = results.newest_decision(contest)
    assert decision is not None
    return queries.certificates_of(decision)


def make_signing_key(now: datetime | None = None) -> signing.Credentials:
    """Let this instance sign its files with a key that signs itself."""
    settings = current_app.config["SETTINGS"]
    signing.make_self_signed(settings.instance, "Ban Tổ chức cuộc thi", now or clock.now())
    credentials = signing.of_settings(settings)
    assert credentials is not None
    return credentials
