"""Invented winners, for seeing how a certificate will stand before there are real ones: the shortest and the longest.

Their names and titles have the longest shapes that real contests have had. They are Vietnamese, as all that is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from contest.certificates.choosing import TemplateKind
from contest.certificates.wording import Printed, printed_words
from contest.regulations.issuing import CertificateRule

Names = tuple[tuple[str, str], ...]

SHORT: Names = (("Lê Na", ""),)
PAIR: Names = (("Lê Na", ""), ("Hồ Vũ", ""))
LONG: Names = (("Nguyễn Hoàng Phương Thảo Nguyên", "Phương Thảo, Thảo Nguyên, Hoàng Nguyên"),)
SIX: Names = (
    ("Nguyễn Thị Hồng Nhung", ""),
    ("Trương Quang Phương", "Quang Phương"),
    ("Huỳnh Thị Thanh Thúy", ""),
    ("Đinh Văn Rố", "Ka Rố"),
    ("Phạm Nguyễn Khánh Quỳnh", ""),
    ("Võ Trường Giang", ""),
)
SHORT_TITLE = "Mùa vàng"
LONG_TITLE = (
    "Loạt 5 kỳ: Người giữ lửa giữa đại ngàn – chuyện vận động bà con xóa nhà tạm, hiến đất mở đường, giữ nếp làng văn "
    "hóa ở các xã vùng cao Trà Bồng, Sơn Tây và Ba Tơ"
)
OF_KIND: Mapping[TemplateKind, tuple[Names, Names]] = {
    TemplateKind.GROUP: (PAIR, SIX),
    TemplateKind.INDIVIDUAL: (SHORT, LONG),
    TemplateKind.BOTH: (SHORT, SIX),
}


def samples(
    copy: Mapping[str, Any], line: Mapping[str, Any], rule: CertificateRule, kind: TemplateKind, *, given_on: date
) -> tuple[Printed, Printed]:
    """Word the shortest and the longest certificate of a kind.

    :param copy: letterhead, contest and decision, as in the frozen copy of a decision
    :param line: what a prize says besides authors and title
    """
    shortest, longest = OF_KIND[kind]
    return (
        _worded(copy, line, rule, shortest, SHORT_TITLE, given_on),
        _worded(copy, line, rule, longest, LONG_TITLE, given_on),
    )


def _worded(
    copy: Mapping[str, Any], line: Mapping[str, Any], rule: CertificateRule, people: Names, title: str, given_on: date
) -> Printed:
    authors = [{"name": name, "pen_names": pen_names} for name, pen_names in people]
    return printed_words(copy, {**line, "title": title}, authors, rule, given_on)
