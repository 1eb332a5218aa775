"""What a certificate says."""

from datetime import date
from unicodedata import normalize

import pytest

from contest.certificates import wording
from contest.regulations.issuing import CertificateRule

RULE = CertificateRule(
    title="GIẤY CHỨNG NHẬN",
    lead="Chứng nhận",
    wording="{name}",
    individual_copies=True,
    register_format="{number}/{year}",
)
AUTHOR = {"subject": "s1", "name": "Huỳnh Đông Trà", "pen_names": "Sông Vệ", "role": "author"}
OTHER = {"subject": "s2", "name": "Đinh Văn Rố", "pen_names": "", "role": "author"}
LINE = {
    "award_id": 5,
    "entry_code": "BI-0001",
    "category_name": "Báo in",
    "genre_name": "Phóng sự",
    "tier": "A",
    "tier_name": "Giải A",
    "title": "Giữ nước đầu nguồn sông Re",
    "unit": "Báo Quảng Ngãi",
    "authors": [AUTHOR],
}
COPY = {
    "contest": {"name": "Cuộc thi báo chí viết về tấm gương “Dân vận khéo”"},
    "letterhead": {
        "profile": "party",
        "superior": "TỈNH ỦY QUẢNG NGÃI",
        "issuer": "BAN TUYÊN GIÁO VÀ DÂN VẬN",
        "place": "Quảng Ngãi",
        "signer_power": ["T/M BAN TỔ CHỨC"],
        "signer_title": "TRƯỞNG BAN",
        "signer_name": "Phạm Trường Giang",
    },
    "decision": {"number": "127-QĐ/BTGDVTU", "decided_on": "2025-10-06"},
    "awards": [LINE],
    "collective": [],
}
GIVEN_ON = date(2025, 10, 15)


def issues(*lines, rule=RULE):
    return list(wording.issues({**COPY, "awards": list(lines)}, rule, given_on=GIVEN_ON))


def test_a_single_author_gets_one_certificate():
    (issue,) = issues(LINE)

    assert (issue.award_id, issue.position, issue.subject) == (5, 0, "s1")
    assert issue.printed["lead"] == "Chứng nhận tác giả"


def test_a_group_gets_one_together_and_one_each():
    made = issues({**LINE, "authors": [AUTHOR, OTHER]})

    assert [(issue.position, issue.subject) for issue in made] == [(0, None), (1, "s1"), (2, "s2")]
    assert [issue.printed["lead"] for issue in made] == [
        "Chứng nhận nhóm tác giả",
        "Chứng nhận tác giả",
        "Chứng nhận tác giả",
    ]
    assert [len(issue.printed["authors"]) for issue in made] == [2, 1, 1]


def test_own_copies_are_left_out_where_the_regulation_does_not_want_them():
    made = issues({**LINE, "authors": [AUTHOR, OTHER]}, rule=RULE.model_copy(update={"individual_copies": False}))

    assert [issue.position for issue in made] == [0]


def test_the_words_are_those_of_decision_and_regulation():
    printed = issues(LINE)[0].printed

    assert printed["award"] == "GIẢI A"
    assert printed["organiser"] == "BAN TỔ CHỨC CUỘC THI BÁO CHÍ VIẾT VỀ TẤM GƯƠNG “DÂN VẬN KHÉO”"
    assert printed["decision"] == "Quyết định số 127-QĐ/BTGDVTU ngày 06 tháng 10 năm 2025"
    assert printed["place"] == "Quảng Ngãi, ngày 15 tháng 10 năm 2025"
    assert printed["power"] == ["T/M BAN TỔ CHỨC", "TRƯỞNG BAN"]


def test_every_word_is_frozen_in_nfc_with_single_spaces():
    printed = issues({**LINE, "title": normalize("NFD", "Giữ  nước\nđầu nguồn ")})[0].printed

    assert printed["work"] == normalize("NFC", "Giữ nước đầu nguồn")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 10, 6), "ngày 06 tháng 10 năm 2025"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
    ],
)
def test_dates_are_written_as_official_documents_do(day, words):
    assert wording.in_words(day) == words
