"""The world again, with a work in every contest whose every word is a marker that nobody writes by accident."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from contest.accounts.models import User
from contest.certificates.models import Certificate
from contest.council.models import AgendaItem
from contest.database import db, transaction
from contest.delivery.models import CertificatePrint
from contest.entries.models import Attachment, Entry
from contest.judging.models import Assignment, RoundEntry, ScoreSheet, SheetDraft
from contest.mail.models import Letter
from contest.privacy import pages
from contest.privacy import queries as privacy_queries
from contest.privacy import services as privacy
from contest.regulations.models import Contest
from contest.results.models import Award
from contest.web.text import fold
from contest.winners.lines import AWARD
from contest.winners.models import LineAnswer
from tests.makers import entries as make
from tests.makers.accounts import LONG_AGO, make_user
from tests.tampering import unprotected, written_so
from tests.world import Builder, World, build

TITLE = "Kỳ lân tím bên sông"
AUTHOR, PEN, PHONE, EMAIL = "Ẩn Thị Trăng Non", "Bút Sao Khuê", "+84987650321", "trangnon@kylan.example"
UNIT = "Đài Nguyệt Quế"
SUMMARY = "Chuyện hạt giống lưu ly gieo trong đá ong."
EXEMPLAR = "Tổ Hoa Quỳnh Đêm"
ADDRESS = "https://kylan.example/ky-lan-tim.htm"
FILE = "ky-lan-tim.pdf"
COMMENT = "Nhận xét lưu ly về bài này."
MARKERS = (TITLE, AUTHOR, PEN, PHONE, EMAIL, UNIT, SUMMARY, EXEMPLAR, "kylan.example", "ky-lan-tim", COMMENT)
"""Words of the secret works; looked for without marks and capitals."""

SHARES = {92: 93, 95: 96}
"""Marks of secret works, in per cent: what nobody else got."""


class Marking(Builder):
    """Makes the first work of every kind a secret one."""

    page_name = FILE

    def build(self) -> None:
        """Make everything, with comments of jurors that nobody else writes."""
        super().build()
        secret = select(Assignment.id).join(Assignment.entry).where(Entry.title == TITLE)
        with unprotected():
            for kind in (SheetDraft, ScoreSheet):
                db.session.execute(update(kind).where(kind.assignment_id.in_(secret)).values(comment=COMMENT))
        db.session.commit()

    def works(self, contest: Contest, number: int, category: str = "BAO_IN") -> list[Entry]:
        """Accepted works; the first of a contest is secret."""
        made = super().works(contest, number, category)
        if db.session.scalar(select(Entry.id).filter_by(contest_id=contest.id).order_by(Entry.id)) == made[0].id:
            _mark(made[0])
        return made

    def send(self, contest: Contest, owner: User, state: str, category: str = "BAO_IN", **typed: Any) -> Entry:
        """A work that was sent; the first of a contest is secret, and so is the one with a file that is looked at."""
        others = db.session.scalars(select(Entry.title).filter_by(contest_id=contest.id)).all()
        if contest.slug.endswith("judging") or TITLE not in others:
            printed = typed.pop("instalments", [make.instalment()])
            typed |= {
                "title": TITLE,
                "summary": SUMMARY,
                "instalments": [{**row, "url": ADDRESS} for row in printed],
                "bylines": [make.byline(name=AUTHOR, pen_names=PEN, phone=PHONE, email=EMAIL, unit=UNIT)],
                "exemplars": [make.EXEMPLAR | {"name": EXEMPLAR, "kind": "collective", "locality": "Ba Tơ"}],
            }
        return super().send(contest, owner, state, category, **typed)


def _mark(entry: Entry) -> None:
    """Put the marks into a work that was written straight into the rows."""
    revision = entry.revision
    entry.title = TITLE
    with written_so():
        revision.content = revision.content | {
            "title": TITLE,
            "summary": SUMMARY,
            "exemplars": [{**revision.content["exemplars"][0], "name": EXEMPLAR}],
        }
        for byline in revision.bylines:
            byline.name, byline.pen_names, byline.unit, byline.phone, byline.email = AUTHOR, PEN, UNIT, PHONE, EMAIL
        for row in revision.instalments:
            row.url = ADDRESS
    db.session.commit()


@dataclass
class Secret:
    """The secret works of one contest, and by what their addresses name them.

    :ivar ids: of the works
    :ivar codes: of the works, as addresses and documents write them
    :ivar places: what stands in addresses, by the name of the argument
    :ivar words: that only they hold, folded
    """

    contest_id: int
    ids: list[int]
    codes: list[str]
    places: dict[str, list[Any]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Place:
    """The world, and its secret works by the address of the contest."""

    world: World
    secrets: dict[str, Secret]

    @property
    def ids(self) -> list[int]:
        """The secret works of all contests."""
        return [number for secret in self.secrets.values() for number in secret.ids]


def make_secret(folder: Path) -> Place:
    """Build the world with its secret works."""
    world = build(folder, Marking)
    with world.app.app_context():
        found = {contest.slug: _of(contest) for contest in db.session.scalars(select(Contest))}
        _open_dossiers([number for secret in found.values() for number in secret.ids])
    return Place(world, {slug: secret for slug, secret in found.items() if secret.ids})


def _open_dossiers(ids: list[int]) -> None:
    """Let somebody without an interest have opened the dossiers of works."""
    with transaction():
        for work in db.session.scalars(select(Entry).where(Entry.id.in_(ids))):
            people, about = privacy_queries.authors_of(work), f"entry:{work.code}"
            privacy.opened(work.contest_id, people, pages.DOSSIER, about=about, by=make_user(), now=LONG_AGO)


def _of(contest: Contest) -> Secret:
    works = db.session.scalars(select(Entry).filter_by(contest_id=contest.id, title=TITLE).order_by(Entry.id)).all()
    ids = [work.id for work in works]

    def numbers(column: Any, *joined: Any) -> list[Any]:
        asked = select(column)
        for target in joined:
            asked = asked.join(target)
        return list(db.session.scalars(asked.where(Entry.id.in_(ids)).order_by(column)))

    secret = Secret(contest.id, ids, [str(work.code) for work in works])
    secret.words = {fold(word) for word in MARKERS} | {
        fold(work.alias) for work in db.session.scalars(select(RoundEntry).where(RoundEntry.entry_id.in_(ids)))
    }
    if len(works) == 1 or contest.version_id is not None:
        secret.words |= {fold(code) for code in secret.codes}
    letters = [
        letter.id
        for letter in db.session.scalars(select(Letter).filter_by(contest_id=contest.id))
        if tells(letter.subject + letter.text + letter.about, secret.words)
    ]
    secret.places = {
        "entry_id": ids,
        "entry_code": secret.codes,
        "assignment_id": numbers(Assignment.id, Assignment.entry),
        "attachment_id": numbers(Attachment.id, Attachment.entry),
        "work_id": numbers(RoundEntry.id, RoundEntry.entry),
        "sheet_id": numbers(ScoreSheet.id, ScoreSheet.assignment, Assignment.entry),
        "letter": letters,
        "letter_id": letters,
        "item_id": [
            item.id
            for item in db.session.scalars(select(AgendaItem).order_by(AgendaItem.id))
            if not set(ids).isdisjoint(item.entries)
        ],
        "award_id": numbers(Award.id, Award.entry),
        "key": [f"{AWARD}-{award}" for award in numbers(Award.id, Award.entry)],
        "line_answer_id": list(
            db.session.scalars(
                select(LineAnswer.id)
                .join(Award, Award.id == LineAnswer.award_id)
                .where(Award.entry_id.in_(ids))
                .order_by(LineAnswer.id)
            )
        ),
        "certificate": numbers(Certificate.number, Certificate.award, Award.entry),
        "print_id": numbers(CertificatePrint.id, CertificatePrint.certificate, Certificate.award, Award.entry),
    }
    return secret


def tells(text: str, words: set[str]) -> list[str]:
    """The words of a secret work that stand in a text; a code only where it is not part of a longer one."""
    folded = fold(text)
    return sorted(word for word in words if word in folded and re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", folded))


def headers_of(response: TestResponse) -> str:
    """The head of an answer, without the moment, the request, the session, and the length that the form makes."""
    left_out = ("Date", "Expires", "Set-Cookie", "Content-Length", "Content-Security-Policy", "X-Request-ID")
    return "\n".join(f"{name}: {value}" for name, value in response.headers if name not in left_out)


def said(content: bytes, media: str) -> str:
    """Everything that a document says, whatever it is written in, and what is packed in it."""
    if content.startswith(b"%PDF") and b"%%EOF" in content:
        document = pypdfium2.PdfDocument(content)
        pages = "\n".join(page.get_textpage().get_text_range() for page in document)
        return pages + "\n" + "\n".join(document.get_metadata_dict().values())
    if content.startswith(b"PK"):
        if "spreadsheet" in media:
            book = openpyxl.load_workbook(io.BytesIO(content))
            return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(name + "\n" + said(packed.read(name), "") for name in packed.namelist())
    if media == "application/json":
        return json.dumps(json.loads(content), ensure_ascii=False)
    return "" if media.startswith(("image/", "audio/", "video/")) else content.decode("utf-8", "replace")
