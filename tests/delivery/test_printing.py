"""The register of printed sheets."""

import csv
import io

import pytest

from contest.database import db, transaction
from contest.delivery import queries, refusals, services
from contest.delivery.models import CertificateDownload, CertificatePrint, Taken
from tests.makers.accounts import make_member
from tests.makers.certificates import make_drawn_certificates


def sheets(contest):
    return [
        (sheet.certificate.number, sheet.copy, sheet.spoiled_why)
        for sheet in db.session.scalars(queries.prints(contest))
    ]


def test_every_sheet_is_counted_and_a_further_one_says_why(app, now):
    contest, organizer, _ = make_drawn_certificates()

    def record(number=None, reason=""):
        with transaction():
            services.record_prints(contest, number, source=Taken.PRINT_FILE, reason=reason, by=organizer, now=now)

    record()
    with pytest.raises(refusals.NothingToPrint):
        record()
    with pytest.raises(refusals.ReasonNeeded):
        record(2)
    with pytest.raises(refusals.NoSuchNumber):
        record(99)
    record(2, "Thất lạc khi vận chuyển.")
    with transaction():
        for sheet in db.session.scalars(queries.prints(contest, 3)):
            services.spoil(sheet, "Lem mực.", by=organizer, now=now)
    with pytest.raises(refusals.SpoiledAlready), transaction():
        services.spoil(db.session.scalar(queries.prints(contest, 3)), "Nhàu.", by=organizer, now=now)

    assert [each.number for each in queries.to_be_printed(contest)] == [3]
    assert sheets(contest) == [(1, 1, ""), (2, 1, ""), (2, 2, ""), (3, 1, "Lem mực."), (4, 1, "")]


def test_the_office_enters_sheets_notes_spoiled_ones_and_sees_who_took_files(app, browser):
    contest, _, _ = make_drawn_certificates()
    secretary = browser(make_member(contest, "secretary", name="Thư Ký"))
    office = f"/{contest.slug}/ban-thu-ky/giay-chung-nhan"

    for path in ("ban-in.pdf", "1.pdf", "ban-in-dau-cat.pdf"):
        secretary.get(f"{office}/{path}").close()
    assert secretary.post_form(f"{office}/da-in", action="/da-in").status_code == 303
    spoil = f"{office}/da-in/{db.session.query(CertificatePrint).order_by(CertificatePrint.id).first().id}/hong"
    assert secretary.post_form(spoil, {}).status_code == 422
    assert secretary.post_form(spoil, {"why": "Rách góc trái."}).status_code == 303
    again = secretary.post_form(f"{office}/da-in", {"number": "1"}, action="/da-in")
    assert (again.status_code, "đã có bản in" in secretary.text) == (422, True)

    secretary.get(f"{office}/da-in")
    assert "Rách góc trái." in secretary.text
    assert [taken.what for taken in db.session.query(CertificateDownload).order_by(CertificateDownload.id)] == [
        Taken.PRINT_FILE,
        Taken.SINGLE,
        Taken.MARKED,
    ]
    saved = secretary.get(f"{office}/da-in?dang=csv")
    table = list(csv.reader(io.StringIO(saved.get_data(as_text=True))))
    saved.close()
    assert len(table) == 5
    assert "Rách góc trái." in ",".join(table[1])
    observer = browser(make_member(contest, "observer"))
    assert observer.get(f"{office}/da-in").status_code == 200
    assert observer.soup.select("main form") == []
