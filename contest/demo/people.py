"""Invented people: Vietnamese names, pen names, telephone numbers and addresses, from a seeded generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from contest.web.text import fold

SURNAMES = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Phan", "Trương", "Đinh", "Đoàn", "Tạ", "Cao", "Lương", "Mai", "Tô", "Châu", "Hà", "Từ",
)  # fmt: skip
MIDDLES = (
    "Thị", "Văn", "Hoài", "Minh", "Thanh", "Quốc", "Ngọc", "Đông", "Gia", "Khánh", "Bích", "Thục", "Hữu", "Quỳnh",
    "Trường", "Xuân", "Mỹ", "Đức", "Thu", "Hoàng", "Nhật", "Tường", "Kim", "Anh", "Bảo", "Diệu", "Trọng", "Phương",
)  # fmt: skip
GIVEN = (
    "Khuê", "Trà", "Thạch", "Miên", "Lam", "Giang", "Thưởng", "Uyên", "Sơn", "Ẩn", "Quyên", "Ỷ", "Tuyết", "Vượng",
    "Diễm", "Rố", "Chi", "Thảo", "Hải", "Bình", "Nhân", "Phúc", "Hạnh", "Tâm", "Vy", "Đạt", "Ánh", "Hằng", "Lực", "Nghĩa",
    "Quế", "Thủy", "Long", "Yến", "Duyên", "Trâm", "Hiếu", "Kiên", "Loan", "Tiến", "Trung", "Vân", "Xuyến", "Thịnh",
)  # fmt: skip
PEN_NAMES = (
    "Trà Giang", "Cỏ Tranh", "Lam Sơn Hạ", "An Hải", "Sông Vệ", "Ba Tô", "Hải Đăng", "Trà Khúc", "Thiên Ấn", "Sa Kỳ",
    "Mộc Miên", "Cà Đam", "Hương Quế", "Núi Bút", "Gò Cỏ", "Thạch Bích", "Mỹ Khê", "Lúa Non", "Sóng Cồn", "Đá Bạc",
    "Rừng Nà", "Nắng Hạ", "Bàu Giang", "Đồng Dinh", "Châu Ổ", "Phú Thọ", "Sương Mai", "Liên Chiểu", "Đất Cày", "Tre Ngà",
)  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    """One invented person."""

    name: str
    pen_names: str
    phone: str
    email: str


def address_of(name: str, number: int) -> str:
    """Make an address from a name, at a domain that can belong to nobody."""
    letters = "".join(letter for letter in fold(name) if letter.isalpha() or letter == " ").split()
    return f"{letters[-1]}.{''.join(word[0] for word in letters[:-1])}{number}@toasoan.example"


def invented(random: Random) -> Iterator[Somebody]:
    """Invent people one after another, no name twice; about six in ten have pen names, one in ten several."""
    taken: set[str] = set()
    number = 0
    while True:
        words = [random.choice(SURNAMES), random.choice(MIDDLES), random.choice(GIVEN)]
        if random.random() < 0.25 or len(taken) > 2000:
            words.insert(2, random.choice(MIDDLES))
        name = " ".join(dict.fromkeys(words))
        if name in taken or len(words) != len(set(words)):
            continue
        taken.add(name)
        number += 1
        chance = random.random()
        several = random.sample(PEN_NAMES, 3 if chance < 0.03 else 2 if chance < 0.1 else 1)
        pen_names = ", ".join(several) if chance < 0.6 else ""
        # The range 0700 is given to nobody.
        yield Somebody(name, pen_names, f"0700{number:06d}", address_of(name, number))
