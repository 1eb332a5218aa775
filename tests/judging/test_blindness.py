"""Rounds that hide names: nothing that a juror can fetch says whose work it is."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select

from contest import clock, jobs, storage
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries import services as entries
from contest.entries.models import Attachment, Entry
from contest.judging import queries, services
from contest.judging.byline import Known, Place, Telling, What, telling
from contest.judging.models import Assignment, RedactedCopy, RoundEntry
from contest.judging.queries import Hidden
from contest.judging.refusals import NotSealedYet
from contest.judging.services.rounds import in_no_order
from contest.storage.models import Blob, Derivative
from tests.browser import Browser
from tests.judging.conftest import Room
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.entries import byline, instalment, make_draft, receipt_hour
from tests.makers.judging import make_assignment, make_panel, make_sheet
from tests.makers.judging import make_draft as make_draft_sheet
from tests.makers.storage import docx_bytes, image_bytes, mp3_bytes, mp4_bytes
from tests.tampering import written_so

BLIND = [(("blind = false", "blind = true"),)]
pytestmark = pytest.mark.parametrize("replacements", BLIND)

NAME, PEN, OUTLET, UNIT = "Quillan Zephyrine", "Bluebottle Marrow", "Gazette Oddfellow", "Vexillum Unit"
PHONE, MAIL, SLUG = "+84977123321", "quillan@zephyr.example", "quillan-zephyrine-4711"
ISSUE, PAGE_NO, CHANNEL = "issue88331", "page77119", "CHNL5591"
INSIDE = {kind: f"inside{kind}marker" for kind in ("exif", "xmp", "info", "thumb", "tag", "cover", "core")}
FILE_NAMES = {kind: f"oddfellow-logo-{kind}" for kind in ("pdf", "jpg", "mp3", "mp4", "docx")}


def pdf_of(*lines: str, author: str = "") -> bytes:
    """A PDF with a line of text on each page and an author in its properties."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for line in lines or ("A text about water",):
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        page.Contents = document.make_stream(f"BT /F1 18 Tf 60 700 Td ({line}) Tj ET".encode())
    if author:
        document.docinfo["/Author"] = author
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [author]
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def picture() -> bytes:
    """A picture with EXIF, XMP and a thumbnail that name somebody."""
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = INSIDE["exif"], INSIDE["exif"]
    return image_bytes("JPEG", exif=exif.tobytes() + INSIDE["thumb"].encode(), xmp=INSIDE["xmp"].encode())


@dataclass
class Hall:
    """A blind round with a work that names its author wherever one can."""

    room: Room
    entry: Entry
    juror: Any
    assignment: Assignment

    @property
    def work(self) -> RoundEntry:
        """The work in the round."""
        return db.session.scalars(select(RoundEntry).filter_by(entry_id=self.entry.id)).one()

    @property
    def secrets(self) -> list[str]:
        """Everything that must not be told, in small letters."""
        files = [file.sha256 for file in self.entry.attachments]
        told = [NAME, PEN, OUTLET, UNIT, PHONE, PHONE[3:], MAIL, SLUG, ISSUE, PAGE_NO, CHANNEL, *INSIDE.values()]
        told += [*FILE_NAMES.values(), self.entry.code, self.entry.shown_code, "2024-06-12", "12/06/2024", *files]
        return [secret.lower() for secret in told]

    def path(self, end: str = "") -> str:
        """An address of the juror's sheet."""
        return f"/{self.room.contest.slug}/ban-cham/{self.assignment.id}{end}"

    def office(self, end: str = "") -> str:
        """An address of the secretariat's side."""
        return f"/{self.room.contest.slug}/ban-thu-ky/cham-giai/so_khao{end}"


def attach(entry: Entry, slot: str, name: str, content: bytes) -> None:
    """Send a file through the same checks as a browser's."""
    moment = receipt_hour(entry.contest)
    received = storage.receive(io.BytesIO(content), limit=20 * storage.MEGABYTE)
    sniffed = storage.sniff(storage.path(received.sha256))
    with transaction():
        blob = storage.register(received, sniffed=sniffed)
        entries.attach(entry, slot, blob, name, begun_at=moment, by=entry.owner, now=moment)


def work_off() -> None:
    """Let a worker do everything that is due."""
    while jobs.work_once():
        pass


@pytest.fixture
def hall(room: Room) -> Hall:
    """Files come in from the last slot to the first; each is named after its newsroom."""
    outlet = make_outlet(name=OUTLET)
    moment = receipt_hour(room.contest)
    entry = make_draft(
        room.contest,
        make_user(name=NAME, pen_names=PEN),
        "BAO_DIEN_TU",
        files=False,
        title="Water that stays",
        bylines=[byline(name=NAME, pen_names=PEN, unit=UNIT, phone=PHONE, email=MAIL)],
        instalments=[
            instalment(
                title="Part one",
                outlet_id=outlet.id,
                url=f"https://oddfellow.example/{SLUG}.htm",
                issue=ISSUE,
                page=PAGE_NO,
                channel=CHANNEL,
            )
        ],
    )
    attach(entry, "da_phuong_tien", f"{FILE_NAMES['jpg']}.jpg", picture())
    attach(entry, "ban_chup", f"{FILE_NAMES['pdf']}.pdf", pdf_of("A text", "Its end", author=INSIDE["info"]))
    with transaction():
        entries.submit(entry, by=entry.owner, now=moment)
    with transaction():
        entry.state = "accepted"
    juror = make_member(room.contest, "juror", name="Ngô Bảo Thoa")
    assignment = make_assignment(room.round, entry, juror)
    make_panel(room.round, [juror], "BAO_DIEN_TU")
    work_off()
    return Hall(room, entry, juror, assignment)


def with_recordings(hall: Hall) -> None:
    """Add a tagged sound and a tagged video to the revision that is judged."""
    rows = []
    for kind, content in (("mp3", mp3_bytes(title=INSIDE["tag"])), ("mp4", mp4_bytes(title=INSIDE["tag"]))):
        received = storage.receive(io.BytesIO(content), limit=20 * storage.MEGABYTE)
        sniffed = storage.sniff(storage.path(received.sha256))
        with transaction():
            blob = storage.register(received, sniffed=sniffed)
            storage.derive_later(blob, now=clock.now())
            row = Attachment(
                entry_id=hall.entry.id,
                slot="da_phuong_tien",
                name=f"{FILE_NAMES[kind]}.{kind}",
                sha256=blob.sha256,
                size=blob.size,
                media_type=blob.media_type,
                begun_at=clock.now(),
                stored_at=clock.now(),
            )
            db.session.add(row)
            db.session.flush()
            rows.append(row.described())
    with transaction(), written_so():
        content = hall.work.revision.content
        hall.work.revision.content = content | {"attachments": [*content["attachments"], *rows]}
    work_off()


# The matrix --------------------------------------------------------------------------------------------------------


def readable(answer: Any) -> str:
    """Everything an answer says, in small letters: address, head, bytes, and the text and properties of a PDF."""
    body = answer.get_data()
    told = (
        f"{answer.request.path} {answer.headers} {body.decode('utf-8', 'ignore')} {body.decode('utf-16-le', 'ignore')}"
    )
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        told += " ".join(page.get_textpage().get_text_range() for page in document) + str(document.get_metadata_dict())
    return told.lower()


def everything(page: Browser, start: list[str], inside: str, known: Collection[str] = ()) -> dict[str, Any]:
    """Follow every address on every page below a path.

    :param known: files that were fetched before and cannot have changed
    """
    found: dict[str, Any] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path in found or path in known or "lang=" in path:
            continue
        answer = page.get(path, buffered=True)
        found[path] = answer
        if answer.mimetype == "text/html":
            for tag in page.soup.select("[href], [src], [data-src], [data-larger]"):
                for name in ("href", "src", "data-src", "data-larger"):
                    address = urlsplit(urljoin(path, tag.get(name) or "#"))
                    if address.netloc == "" and address.path.startswith(inside):
                        waiting.append(address.path + (f"?{address.query}" if address.query else ""))
    return found


def test_nothing_a_blind_juror_can_fetch_says_whose_work_it_is(hall, browser):
    room, desk = hall.room, f"/{hall.room.contest.slug}/ban-cham"
    with_recordings(hall)

    def is_begun() -> None:
        make_draft_sheet(hall.assignment, {"bam_sat": "1"}, at=room.during)

    def is_sealed() -> None:
        room.set_clock(room.closes + timedelta(hours=2))
        with transaction():
            room.round.sealed_at = room.closes + timedelta(hours=1)

    leaks, kinds, files = set(), set(), set()
    for stage in (room.set_clock, is_begun, lambda: make_sheet(hall.assignment), is_sealed):
        stage()
        ends = ("", "/tu-choi", "/phieu.pdf", "/phieu.pdf?trong=1", "/ban-truoc")
        start = [desk, f"{desk}/mang-theo", f"{desk}/phieu.pdf", f"{desk}/so-sanh", f"{desk}/so-sanh/gui"]
        found = everything(browser(hall.juror), start + [hall.path(end) for end in ends], desk, files)
        files |= {path for path in found if "/tep/" in path}
        kinds |= {answer.mimetype for answer in found.values() if answer.status_code == 200}
        leaks |= {(path, word) for path, answer in found.items() for word in hall.secrets if word in readable(answer)}

    assert {"text/html", "application/pdf", "image/webp", "audio/mpeg", "video/mp4"} <= kinds
    # Whoever declares interests chooses from the newsrooms that everybody knows.
    assert {(path, word) for path, word in leaks if "/xung-dot-loi-ich" not in path or word != OUTLET.lower()} == set()


def test_files_stand_in_the_order_of_the_slots_under_numbers(hall, browser):
    page = browser(hall.juror)

    page.get(hall.path())

    pictures = [image["src"] for image in page.soup.select("img[src*='/tep/']")]
    assert pictures[0] == hall.path("/tep/1/page/1")
    slots = [file.attachment.slot for file in queries.files_of(hall.work, ["ban_chup", "da_phuong_tien"])]
    assert slots == ["ban_chup", "da_phuong_tien"]


def test_no_mark_of_a_file_is_the_hash_of_what_was_sent_or_made(hall, browser):
    answer = browser(hall.juror).get(hall.path("/tep/1/page/1"), buffered=True)

    tag = answer.headers["ETag"].strip('"')
    hashes = {*db.session.scalars(select(Blob.sha256)), *db.session.scalars(select(Derivative.sha256))}
    assert tag not in hashes
    assert tag not in {sha256[:32] for sha256 in hashes}


def test_what_was_made_of_a_word_document_carries_no_properties(room, browser):
    core = f"<x><dc:creator>{INSIDE['core']}</dc:creator></x>".encode()
    attach_to = make_draft(room.contest, make_user(), "BAO_IN")
    attach(attach_to, "van_ban", f"{FILE_NAMES['docx']}.docx", docx_bytes("Lời văn", extra={"docProps/core.xml": core}))
    moment = receipt_hour(room.contest)
    with transaction():
        entries.submit(attach_to, by=attach_to.owner, now=moment)
    with transaction():
        attach_to.state = "accepted"
    assignment = make_assignment(room.round, attach_to, room.juror)
    work_off()
    page = browser(room.juror)
    desk = f"/{room.contest.slug}/ban-cham"

    found = everything(page, [f"{desk}/{assignment.id}"], f"{desk}/{assignment.id}/tep")

    assert "application/pdf" in {answer.mimetype for answer in found.values()}
    told = " ".join(map(readable, found.values()))
    assert [secret for secret in (INSIDE["core"], FILE_NAMES["docx"]) if secret in told] == []


def test_works_and_assignments_are_numbered_in_no_order_of_their_coming(room):
    rows = list(range(40))

    drawn = in_no_order(room.round, rows)

    assert sorted(drawn) == rows
    assert drawn != rows


# Finding names -----------------------------------------------------------------------------------------------------

KNOWN = [Known(What.name, "Đặng Thị Mai Trà"), Known(What.pen_name, "An"), Known(What.outlet, "Báo Quảng Ngãi")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bài và ảnh: DANG THI MAI TRA", [What.name]),
        ("đặng  thị\nmai-trà", [What.name]),
        ("Mai Trang đi chợ", []),
        ("Bình an trên sông", []),
        ("Ảnh: An", [What.pen_name]),
        ("theo Báo Quảng Ngãi", [What.outlet]),
        ("Tỉnh Quảng Ngãi", []),
    ],
)
def test_names_are_found_however_they_are_written_and_not_in_other_words(replacements, text, found):
    assert [one.what for one in telling(text, KNOWN, Place.text)] == found


def test_names_are_found_where_an_address_runs_words_together(replacements):
    assert telling("baoquangngai.vn/tin", KNOWN, Place.link) == [Telling(Place.link, What.outlet)]
    assert telling("baoquangngai.vn/tin", KNOWN, Place.text) == []


def look(hall: Hall) -> queries.BlindWork:
    with transaction():
        services.look_for_names(hall.room.round, by=hall.room.secretary, now=clock.now())
    work_off()
    db.session.expire_all()
    (found,) = queries.blind_works(hall.room.round, [hall.entry.id])
    return found


def test_the_machine_says_where_somebody_is_named_and_keeps_no_name(hall):
    with transaction(), written_so():
        content = dict(hall.work.revision.content)
        hall.work.revision.content = content | {"title": f"Water, by {PEN}", "summary": "About water"}
    found = look(hall)

    assert Telling(Place.headline, What.pen_name) in found.telling
    assert {one.place for one in found.telling} == {Place.headline, Place.link}
    assert found.words is Hidden.named
    states = [file.state for file in found.files]
    assert states == [Hidden.clear, Hidden.look]
    kept = str([file.looked.telling for file in found.files]) + str(hall.work.telling)
    assert [name for name in (NAME, PEN, OUTLET, MAIL) if name.lower() in kept.lower()] == []


def supply(hall: Hall, page: Browser, content: bytes, name: str = "che.pdf") -> Any:
    attachment = queries.blind_works(hall.room.round, [hall.entry.id])[0].files[0].attachment
    return page.post_form(
        hall.office(f"/an-ten/{hall.entry.id}"),
        files={"file": (content, name)} if name else None,
        action=f"/ban-che/{attachment.id}",
    )


def test_jurors_see_the_redacted_copy_in_place_of_the_file(hall, browser):
    juror, secretary = browser(hall.juror), browser(hall.room.secretary)
    before = juror.get(hall.path("/tep/1/page/2"), buffered=True)
    copy = pdf_of("Only one page without a name")

    answer = supply(hall, secretary, copy)
    work_off()

    assert answer.status_code == 303
    assert before.status_code == 200
    assert juror.get(hall.path("/tep/1/page/1"), buffered=True).status_code == 200
    assert juror.get(hall.path("/tep/1/page/2")).status_code == 404
    (row,) = db.session.scalars(select(RedactedCopy))
    assert row.by_id == hall.room.secretary.id
    assert queries.blind_works(hall.room.round, [hall.entry.id])[0].files[0].state is Hidden.clear


def test_a_copy_is_taken_away_and_another_comes_in_its_place(hall, browser):
    secretary, juror = browser(hall.room.secretary), browser(hall.juror)
    supply(hall, secretary, pdf_of("One"))
    supply(hall, secretary, pdf_of("Two", "Three", "Four"))
    work_off()
    third = juror.get(hall.path("/tep/1/page/3"), buffered=True).status_code

    number = queries.blind_works(hall.room.round, [hall.entry.id])[0].files[0].attachment.id
    secretary.post_form(hall.office(f"/an-ten/{hall.entry.id}"), action=f"/ban-goc/{number}")

    assert third == 200
    assert juror.get(hall.path("/tep/1/page/3")).status_code == 404
    assert [copy.removed_at is None for copy in db.session.scalars(select(RedactedCopy))] == [False, False]


@pytest.mark.parametrize(("content", "name"), [(b"", ""), (b"no file of any kind", "x.pdf")])
def test_what_is_no_copy_is_refused_at_its_field(hall, browser, content, name):
    page = browser(hall.room.secretary)

    assert supply(hall, page, content, name=name).status_code == 422
    assert page.soup.select_one(".alert-danger") is not None
    assert db.session.scalars(select(RedactedCopy)).all() == []


def test_a_sound_does_not_stand_for_a_page(hall, browser):
    assert supply(hall, browser(hall.room.secretary), mp3_bytes(), name="x.mp3").status_code == 422


def test_the_queue_lists_what_waits_and_a_look_settles_it(hall, browser):
    picture_id = look(hall).files[1].attachment.id
    page = browser(hall.room.secretary)
    page.get(hall.office("/an-ten"))
    waiting = hall.entry.title in page.text

    page.post_form(hall.office(f"/an-ten/{hall.entry.id}"), action=f"/khong-lo/{picture_id}")
    page.get(hall.office("/an-ten"))

    assert waiting
    assert hall.entry.title not in page.text
    done = db.session.scalars(select(AuditLine.action).where(AuditLine.action == "work.found_nameless")).all()
    assert len(done) == 1


def test_other_words_for_a_title_stand_on_desk_and_sheet_and_links_open_only_when_allowed(hall, browser):
    secretary, juror = browser(hall.room.secretary), browser(hall.juror)

    secretary.post_form(hall.office(f"/an-ten/{hall.entry.id}"), {"title": "Another headline", "links_shown": "y"})

    for path in (hall.path(), f"/{hall.room.contest.slug}/ban-cham"):
        juror.get(path)
        assert "Another headline" in juror.text
        assert hall.entry.title not in juror.text
    juror.get(hall.path())
    assert juror.soup.select(f"a[href*='{SLUG}']")
    assert "Part one" not in juror.text


# Doors and the end -------------------------------------------------------------------------------------------------


def test_a_juror_finds_no_page_about_hidden_names(hall, browser):
    for user in (hall.juror, make_user(), make_member(hall.room.contest, "outlet")):
        for end in ("/an-ten", f"/an-ten/{hall.entry.id}", "/cong-bo-ten"):
            assert browser(user).get(hall.office(end)).status_code == 404


def test_names_are_told_after_the_sealing_by_an_organizer_with_a_reason(hall, browser):
    room = hall.room
    organizer = make_member(room.contest, "organizer")
    with pytest.raises(NotSealedYet), transaction():
        services.unblind(room.round, reason="Xong", by=organizer, now=room.closes)
    make_sheet(hall.assignment)
    room.set_clock(room.closes + timedelta(hours=2))
    with transaction():
        room.round.sealed_at = room.closes + timedelta(hours=1)
    page, juror = browser(organizer), browser(hall.juror)
    juror.get(hall.path())
    before = NAME in juror.text

    empty = page.post_form(hall.office("/cong-bo-ten"), {"reason": ""}).status_code
    told = page.post_form(hall.office("/cong-bo-ten"), {"reason": "Trao đổi rút kinh nghiệm"}).status_code
    juror.get(hall.path())

    assert (before, empty, told) == (False, 422, 303)
    assert NAME in juror.text
    assert OUTLET in juror.text
    assert "round.unblinded" in db.session.scalars(select(AuditLine.action)).all()


def test_a_secretary_does_not_tell_the_names(hall, browser):
    with transaction():
        hall.room.round.sealed_at = hall.room.closes

    page = browser(hall.room.secretary)
    page.get(hall.office("/cong-bo-ten"))

    assert page.soup.select("form[method=post] textarea") == []
