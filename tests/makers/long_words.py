"""Names, groups and titles as they really come, and somewhat worse: what certificates must be able to carry.

The same seed gives the same words. Every Vietnamese letter comes up in both cases, composed and decomposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from unicodedata import normalize

from contest.certificates.wording import Printed
from tests.makers.certificates import make_printed

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Đặng",
    "Võ",
    "Đỗ",
    "Tôn Nữ",
    "Tôn Thất",
    "Đinh",
    "Hồ",
    "Phùng",
    "Ông",
)
MIDDLES = (
    "Thị",
    "Văn",
    "Hoàng",
    "Ngọc",
    "Thị Ánh",
    "Nguyễn Trường",
    "Hoàng Phương",
    "Thị Mỹ",
    "Đức",
    "Quế",
    "Thị Như",
    "",
)
GIVEN = (
    "Ỹ",
    "Ẩn",
    "Ẫm",
    "Quyên",
    "Khuyên",
    "Trâm Anh",
    "Nghiêng",
    "Phượng",
    "Dưỡng",
    "Ỷ Lan",
    "Tuyết",
    "Huỳnh Như",
    "Lựu",
)
WHOLE = (
    "Công Tằng Tôn Nữ Nguyễn Hoàng Phương Quỳnh",
    "Y-Moan Niê-Kđăm",
    "H’Hen Niê",
    "Đinh Thị K’Rể",
    "Lê T. Ánh-Nguyệt",
    "Ka Să Hoa-Trà Giang",
    "Đ. Q. V.",
    "Ý",
)
OUTLETS = (
    "Báo và Phát thanh, Truyền hình Quảng Ngãi",
    "Trung tâm Văn hóa – Thể thao và Truyền thông Trà Bồng",
    "Thường trú Thông tấn xã Việt Nam tại Quảng Ngãi",
    "Cộng tác viên, Trung tâm Truyền thông – Văn hóa – Thể thao huyện đảo Lý Sơn, tỉnh Quảng Ngãi",
    "",
)
PRIZES = ("Giải A", "Giải B", "Khuyến khích", "Giải đặc biệt", "Giải chuyên đề về xây dựng nông thôn mới")
SAID = (
    "khi lòng dân là nền móng chuyện hiến đất mở đường dựng trường xóa nhà tạm ở vùng cao Sơn Tây giữ rừng quế giữ "
    "biển đảo Lý Sơn của những người cán bộ dân vận khéo nghiêng mình trước những mẹ già 90 tuổi góp 1.200 mét ruộng "
    "bậc thang quanh thôn Gò Da bền bỉ ngược dòng sông Re gieo chữ gieo niềm tin người vác đá kê lòng tin trên đỉnh "
    "Cà Đam"
)
BEGINNINGS = ("", "", "Loạt 3 kỳ: ", "Loạt 5 kỳ: ", "“Dân vận khéo” ở xã Trà Bùi: ", "Kỳ 2 – ")
LONGEST_TITLE = 205  # letters


def words(count: int, seed: int = 2025) -> Iterator[Printed]:
    """Give the words of so many certificates."""
    chance = Random(seed)
    for number in range(count):
        printed = _newsroom(chance) if number % 23 == 22 else _work(chance, number)
        register = f"{number + 1:03}/2025"
        printed |= {"register_number": register, "register": f"Vào sổ số {register}"}
        yield _decomposed(printed) if number % 3 == 1 else printed


def _work(chance: Random, number: int) -> Printed:
    people = chance.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 6, 8, 10))
    authors = [_author(chance, number + place) for place in range(people)]
    prize = chance.choice(PRIZES)
    return make_printed(
        profile=chance.choice(("party", "state")),
        lead="Chứng nhận nhóm tác giả" if people > 1 else "Chứng nhận tác giả",
        authors=authors,
        unit=chance.choice(OUTLETS),
        award=prize.upper(),
        special=prize.endswith("đặc biệt"),
        work=_title(chance, chance.choice((12, 40, 80, 120, 160, LONGEST_TITLE))),
    )


def _newsroom(chance: Random) -> Printed:
    return make_printed(
        authors=[{"name": chance.choice(OUTLETS[:3]), "pen_names": ""}],
        award="GIẢI TẬP THỂ",
        lead="Chứng nhận tập thể",
        **dict.fromkeys(("unit", "category", "work"), ""),
    )


def _author(chance: Random, number: int) -> dict[str, str]:
    pens = [_pen_name(chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))]
    return {"name": _name(chance, number), "pen_names": ", ".join(pens)}


def _name(chance: Random, number: int) -> str:
    if number % 7 == 3:
        return chance.choice(WHOLE)
    vowel = VOWELS[number % len(VOWELS)]
    last = chance.choice((chance.choice(GIVEN), f"Ph{vowel}n", f"Đ{vowel}"))
    if number // len(VOWELS) % 2:
        last = f"{vowel.upper()}n"
    return " ".join(f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {last}".split())


def _pen_name(chance: Random) -> str:
    return chance.choice(("H.T.", "Trà My", "Sông Re", "Ng. Q. Phượng-Vỹ", "Thảo Nguyên", "Cẩm Thành", "P.V."))


def _title(chance: Random, letters: int) -> str:
    said = SAID.split()
    start = chance.randrange(len(said))
    title = chance.choice(BEGINNINGS)
    for word in said[start:] + said + said:
        if len(title) + len(word) + 1 > letters:
            break
        title += word + " "
    return title.strip()[0].upper() + title.strip()[1:] + chance.choice(("", "", "!", "?", "…"))


def _decomposed(printed: Printed) -> Printed:
    authors = [{key: normalize("NFD", value) for key, value in author.items()} for author in printed["authors"]]
    return printed | {"authors": authors, "work": normalize("NFD", printed["work"])}
