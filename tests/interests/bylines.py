"""Five hundred bylines as they come in, and the jurors of whom some of them are.

Made from how Vietnamese names are given and printed, not from how they are matched: nothing here knows the rules under
test. Names are drawn by how common they are, so that two people of one name occur as often as in life. The strangers
are hard on purpose: relatives with the same family and middle name, one syllable apart, the middle and the given name
exchanged, a pen name that shares a word.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

SURNAMES = {
    "Nguyễn": 384, "Trần": 110, "Lê": 95, "Phạm": 70, "Huỳnh": 51, "Phan": 45, "Vũ": 20, "Võ": 39, "Đặng": 21,
    "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Đinh": 18, "Tạ": 6, "Trương": 14, "Lương": 6,
    "Cao": 6, "Đoàn": 7, "Trịnh": 6, "Châu": 4, "Mai": 5, "Tôn Thất": 2, "Nghiêm": 2,
}  # fmt: skip
MIDDLE = {
    "m": {
        "Văn": 330, "Hữu": 60, "Đức": 60, "Minh": 60, "Quốc": 50, "Thanh": 50, "Công": 40, "Đình": 40, "Xuân": 40,
        "Ngọc": 40, "Quang": 40, "Tấn": 35, "Trọng": 25, "Hồng": 20, "Anh": 20, "Duy": 20, "Bá": 15, "Viết": 15,
    },
    "f": {
        "Thị": 420, "Ngọc": 60, "Thanh": 50, "Thu": 45, "Kim": 40, "Mỹ": 30, "Bích": 30, "Phương": 30, "Quỳnh": 25,
        "Thúy": 25, "Hồng": 25, "Minh": 20, "Hoài": 15, "Diệu": 15, "Thị Thu": 30, "Thị Kim": 25, "Thị Thanh": 25,
        "Thị Quỳnh": 15, "Thị Mỹ": 15,
    },
}  # fmt: skip
GIVEN = {
    "m": [
        "Hùng", "Dũng", "Tuấn", "Nam", "Sơn", "Minh", "Hải", "Long", "Thắng", "Cường", "Đức", "Hưng", "Thành", "Hiếu",
        "Trung", "Phong", "Quang", "Tùng", "Bình", "Khánh", "Thịnh", "Tài", "Lộc", "Phúc", "Đạt", "Vinh", "Quý", "Kỳ",
        "Toàn", "Hòa", "Thọ", "Trí", "Nghĩa", "Luân", "Tiến", "Lâm", "Huy", "Danh", "Kiên", "Đăng", "Triều", "Vỹ",
    ],
    "f": [
        "Lan", "Hoa", "Hương", "Mai", "Hạnh", "Thảo", "Trang", "Linh", "Nga", "Thu", "Thủy", "Hà", "Ngọc", "Yến",
        "Phượng", "Hồng", "Nhung", "Oanh", "Vân", "Thúy", "Hiền", "Loan", "Tuyết", "Hòa", "Lý", "My", "Trâm", "Nguyện",
        "Nhi", "Quyên", "Diễm", "Lâm", "Sương", "Liên", "Dung", "Hằng", "Hằng", "Anh", "Châu", "Trà", "Mỹ", "Xuyến",
    ],
}  # fmt: skip
PEN_WORDS = [
    "Trà", "Giang", "Hoài", "Thanh", "Nhị", "Mai", "Phong", "Sa", "Huỳnh", "Lam", "Hạ", "Vy", "Sông", "Vệ", "Thạch",
    "Nham", "Bút", "Đồng", "Quê", "Sơn", "Ca", "Thiên", "Ấn", "Cẩm", "Thành", "Lê", "Nguyên", "Vũ", "Bình", "An",
    "Khánh", "Ngân", "Hải", "Đăng", "Trường", "Lũy", "Xuân", "Diệu", "Minh", "Tuệ", "Lý", "Sơn", "Ba", "Tơ",
]  # fmt: skip
TONES = "\u0300\u0301\u0303\u0309\u0323"


class Human(NamedTuple):
    """Somebody as they are registered."""

    name: str
    pen_names: str


class Printed(NamedTuple):
    """One byline, whose it is among the jurors (None: a stranger's), and how it was made."""

    name: str
    pen_names: str
    juror: int | None
    how: str


class Made(NamedTuple):
    """A set to hold rules against."""

    jurors: list[Human]
    bylines: list[Printed]


def drawn(odds: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(odds), list(odds.values()))[0]


def human(chance: random.Random) -> Human:
    sex = chance.choice("mf")
    name = f"{drawn(SURNAMES, chance)} {drawn(MIDDLE[sex], chance)} {chance.choice(GIVEN[sex])}"
    if chance.random() < 0.06:  # without any middle name
        name = f"{name.split()[0]} {name.split()[-1]}"
    return Human(name, pen_name(name, chance) if chance.random() < 0.6 else "")


def pen_name(name: str, chance: random.Random) -> str:
    """Most write under two words of their own choosing, or under the end of their own name."""
    if chance.random() < 0.4 and len(name.split()) > 2 and name.split()[-2] not in ("Văn", "Thị"):
        return " ".join(name.split()[-2:])
    return " ".join(chance.sample(PEN_WORDS, 2))


# How a name comes to be printed differently ---------------------------------------------------------------------------


def bare(text: str, _chance: random.Random | None = None) -> str:
    """Typed on a keyboard without Vietnamese."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def capitals(text: str, _chance: random.Random) -> str:
    return text.upper()


def decomposed(text: str, _chance: random.Random) -> str:
    """Copied from a PDF or a Mac."""
    return unicodedata.normalize("NFD", text)


def other_spelling(text: str, _chance: random.Random) -> str:
    """The other school of spelling: the tone on the other vowel, i for y."""
    pairs = ("Hòa", "Hoà"), ("Thúy", "Thuý"), ("Thủy", "Thuỷ"), ("Mỹ", "Mĩ"), ("Quý", "Quí"), ("Lý", "Lí"), ("Kỳ", "Kì")
    for one, other in pairs:
        text = text.replace(one, other)
    return text


def family_last(text: str, _chance: random.Random) -> str:
    first, *rest = text.split()
    return " ".join([*rest, first])


def given_first(text: str, _chance: random.Random) -> str:
    *rest, last = text.split()
    return " ".join([last, *rest])


def with_comma(text: str, chance: random.Random) -> str:
    """As libraries do it, family name last."""
    *rest, last = text.split()
    return f"{last}, {' '.join(rest)}"


def initials(text: str, chance: random.Random) -> str:
    *rest, last = text.split()
    stop = chance.choice([".", ". ", " "])
    return stop.join(word[0] for word in rest) + (stop if stop != " " else " ") + last


def clusters(text: str, chance: random.Random) -> str:
    """Ng. V. Hùng, Tr. Hữu Nam."""
    first, *rest = text.split()
    short = next((head for head in ("Ngh", "Ng", "Tr", "Ph", "Th") if first.startswith(head)), first[0])
    middle = [f"{word[0]}." for word in rest[:-1]] if chance.random() < 0.6 else rest[:-1]
    return " ".join([f"{short}.", *middle, rest[-1]])


def middle_initial(text: str, _chance: random.Random) -> str:
    first, *middle, last = text.split()
    return " ".join([first, *(f"{word[0]}." for word in middle), last])


def spacing(text: str, chance: random.Random) -> str:
    return chance.choice(["  ", " \u00a0", "-", ""]).join(text.split())


def titled(text: str, chance: random.Random) -> str:
    return f"{chance.choice(['Nhà báo', 'PV', 'BTV', 'ThS.', 'Phóng viên'])} {text}"


def in_company(text: str, chance: random.Random) -> str:
    return f"{text}{chance.choice([' - ', ' & ', ' và ', '; '])}{human(chance).name}"


def without_thi(text: str, _chance: random.Random) -> str:
    """Women's middle Thị, and men's Văn, are left out where enough of the name stays."""
    words = [word for word in text.split() if word not in ("Thị", "Văn")]
    return " ".join(words) if len(words) > 2 else text


def end_of_name(text: str, _chance: random.Random) -> str:
    return " ".join(text.split()[-2:])


def only_initials(text: str, _chance: random.Random) -> str:
    return ".".join(word[0] for word in text.split())


def then(*steps: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    def combined(text: str, chance: random.Random) -> str:
        for step in steps:
            text = step(text, chance)
        return text

    return combined


USUAL: dict[str, tuple[int, Callable[[str, random.Random], str]]] = {
    "as registered": (10, lambda text, _: text),
    "without marks": (14, bare),
    "capitals": (4, capitals),
    "capitals without marks": (3, then(bare, capitals)),
    "decomposed": (3, decomposed),
    "the other spelling": (5, other_spelling),
    "family name last": (6, family_last),
    "given name first": (6, given_first),
    "turned, without marks": (4, then(given_first, bare)),
    "with a comma": (2, with_comma),
    "initials": (8, initials),
    "initials without marks": (3, then(initials, bare)),
    "clusters": (5, clusters),
    "middle initial": (3, middle_initial),
    "spacing": (4, spacing),
    "with a title": (3, titled),
    "in company": (3, in_company),
    "without Thị or Văn": (2, without_thi),
    "the end of the name": (1, end_of_name),
    "initials alone": (1, only_initials),
}
PEN = 12  # of a hundred more: under the pen name


def of_juror(number: int, juror: Human, chance: random.Random) -> Printed:
    """A byline of somebody on the jury, printed in one of the usual ways."""
    if juror.pen_names and chance.random() < PEN / 60:
        text = chance.choice([juror.pen_names, juror.pen_names, bare(juror.pen_names), juror.pen_names.upper()])
        if chance.random() < 0.3:
            return Printed(human(chance).name, text, number, "pen name beside another name")
        return Printed(text, "", number, "pen name")
    how = chance.choices(list(USUAL), [weight for weight, _ in USUAL.values()])[0]
    pens = juror.pen_names if chance.random() < 0.2 else ""
    return Printed(USUAL[how][1](juror.name, chance), pens, number, how)


def near_stranger(jurors: list[Human], chance: random.Random) -> Printed:
    """A byline of somebody else whose name comes close to that of a juror, printed in one of the usual ways."""
    juror = chance.choice(jurors)
    words, fresh = juror.name.split(), human(chance).name.split()
    kind = chance.choice(["brother", "one syllable", "one mark", "exchanged", "other family", "pen word"])
    if kind == "brother":
        words[-1] = chance.choice([name for name in GIVEN["m"] + GIVEN["f"] if name != words[-1]])
    elif kind == "one syllable":
        place = chance.randrange(len(words))
        words[place] = chance.choice(["Tấn", "Hữu", "Kim", "Bảo", "Gia", "Thạch"]) if place else fresh[0]
    elif kind == "one mark":
        place = chance.randrange(1, len(words))
        words[place] = other_mark(words[place], chance)
    elif kind == "exchanged" and len(words) > 2:
        words[-1], words[-2] = words[-2], words[-1]
    elif kind == "other family":
        words[0] = chance.choice([name for name in SURNAMES if name != words[0]])
    elif kind == "pen word":
        own = (juror.pen_names or "Trà Giang").split()
        return Printed(" ".join(fresh), f"{own[0]} {chance.choice(PEN_WORDS)}", None, kind)
    name = " ".join(words)
    if name == juror.name:
        return stranger(chance)
    how = chance.choices(["as registered", "with a title", "capitals", "family name last"], [80, 8, 8, 4])[0]
    return Printed(USUAL[how][1](name, chance), "", None, kind)


def other_mark(word: str, chance: random.Random) -> str:
    """The same letters with another tone."""
    letters = unicodedata.normalize("NFD", word)
    bare_of_tone = "".join(letter for letter in letters if letter not in TONES)
    vowel = max((place for place, letter in enumerate(bare_of_tone) if letter.lower() in "aeiouy"), default=0)
    while vowel + 1 < len(bare_of_tone) and unicodedata.combining(bare_of_tone[vowel + 1]):
        vowel += 1
    tone = chance.choice([tone for tone in TONES if tone not in letters])
    return unicodedata.normalize("NFC", bare_of_tone[: vowel + 1] + tone + bare_of_tone[vowel + 1 :])


def stranger(chance: random.Random) -> Printed:
    """A byline of anybody, printed in one of the usual ways."""
    somebody = human(chance)
    how = chance.choices(list(USUAL), [weight for weight, _ in USUAL.values()])[0]
    pens = somebody.pen_names if chance.random() < 0.3 else ""
    return Printed(USUAL[how][1](somebody.name, chance), pens, None, f"stranger, {how}")


def make_bylines(seed: int, *, jurors: int = 40, bylines: int = 500) -> Made:
    """Make a set: two fifths are of jurors, a third of people who come close to one, the rest of anybody."""
    chance = random.Random(seed)
    jury = [human(chance) for _ in range(jurors)]
    made = []
    for _ in range(bylines):
        kind = chance.random()
        number = chance.randrange(jurors)
        if kind < 0.4:
            made.append(of_juror(number, jury[number], chance))
        elif kind < 0.73:
            made.append(near_stranger(jury, chance))
        else:
            made.append(stranger(chance))
    return Made(jury, made)
