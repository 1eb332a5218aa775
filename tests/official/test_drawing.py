"""Every document: the same words as PDF and as DOCX, whole rows, no heading alone, a file that needs no mending."""

from io import BytesIO

import docx as library
import pikepdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from contest.official.documents.payment import payment_list
from contest.official.drafting import authority
from contest.official.kinds import Kind
from contest.official.material import Payment
from contest.official.setting import giving
from contest.printing import official
from tests.official.reading import check_document
from tests.official.samples import DOCUMENTS, PARTY, STATE, setting

MANY = 300
#: In every check: each document with nothing in it and with one line, and one of many pages. The rest is in the proofs.
CHEAP = [*((kind, rows) for kind in DOCUMENTS for rows in (0, 1)), (Kind.NOTICE, MANY)]


@pytest.mark.parametrize(("kind", "rows"), CHEAP, ids=str)
def test_a_document_says_the_same_in_both_files_and_breaks_where_it_may(app, tmp_path, kind, rows):
    check_document(DOCUMENTS[kind](setting(PARTY if rows else STATE), rows), tmp_path)


def test_drawing_twice_gives_the_same_bytes(app):
    document = DOCUMENTS[Kind.REPORT](setting(), 1)

    assert official.pdf(document) == official.pdf(document)
    assert official.docx(document) == official.docx(document)


def test_a_pdf_is_tagged_and_named(app):
    with pikepdf.open(BytesIO(official.pdf(DOCUMENTS[Kind.REPORT](setting(), 2)))) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo.Title).startswith("Báo cáo tổng kết")
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_a_docx_is_set_as_the_decree_asks(app):
    book = library.Document(BytesIO(official.docx(DOCUMENTS[Kind.DECISION](setting(), 9))))

    upright, lying = book.sections
    assert [round(size.mm) for size in (upright.top_margin, upright.left_margin, upright.right_margin)] == [20, 30, 15]
    assert (upright.orientation, lying.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert upright.different_first_page_header_footer
    assert lying._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    annex = book.tables[-1]
    assert annex.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in annex.rows[1:])
    assert book.styles["Normal"].font.name == "Times New Roman"
    assert [each.text for each in book.paragraphs if each.style.name == "Heading 1"] == ["QUYẾT ĐỊNH", "DANH SÁCH"]


def test_a_payment_list_counts_what_was_paid_and_sums_what_is_to_be_paid_and_to_be_returned(app, tmp_path):
    payments = [
        Payment("Lê Na", "Giữ nước", "Giải A", "Báo Quảng Ngãi", 15_000_000, paid=10_000_000, left=5_000_000),
        Payment("Đinh Thị Mai", "Tổ dân vận", "Giải A", "Báo Quảng Ngãi", 0, paid=15_000_000, left=-15_000_000),
    ]
    document = payment_list(setting(), payments, decision="Quyết định số 140-QĐ/BTGDVTU ngày 09/10/2025")

    table, to_pay, to_return = document.sheets[0].blocks[:3]
    assert table.rows[-1].cells == ("Tổng cộng", 15_000_000, 25_000_000, 5_000_000, 15_000_000, "")
    assert "Năm triệu đồng" in str(to_pay)
    assert "Mười lăm triệu đồng" in str(to_return)
    check_document(document, tmp_path)


def test_a_body_decides_itself_where_its_signer_leads_another_committee():
    assert authority("TRƯỞNG BAN", "BAN TUYÊN GIÁO VÀ DÂN VẬN") == "TRƯỞNG BAN TUYÊN GIÁO VÀ DÂN VẬN"
    assert authority("CHỦ TỊCH", "HỘI NHÀ BÁO TỈNH") == "CHỦ TỊCH HỘI NHÀ BÁO TỈNH"
    assert authority("TRƯỞNG BAN", "ỦY BAN NHÂN DÂN TỈNH") == "ỦY BAN NHÂN DÂN TỈNH"
    assert giving("Giải báo chí “Đất và người”") == "tặng Giải báo chí “Đất và người”"
