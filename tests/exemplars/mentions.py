"""Three hundred exemplars as authors write them, and which of them are the same.

Made from how people, units and models of this province are called, not from how they are matched: nothing here knows
the rules under test. What is different is hard on purpose: namesakes elsewhere, brothers, one mark apart, the units of
two villages of one commune, the women's and the farmers' branch of one village, two co-operatives one letter apart.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from contest.exemplars.localities import Commune, Former, provinces
from tests.interests.bylines import GIVEN, MIDDLE, SURNAMES, bare, decomposed, drawn, other_mark

HRE = ["Đinh", "Phạm", "Hồ"]
HIGHLAND = {
    "m": ["Văn Y-Bao", "Văn Reo", "Văn Nía", "Văn Đỏ", "Văn Hrin", "Ngọc Y-Đê", "Văn Ông", "Văn Bút", "Văn Tía"],
    "f": ["Thị Rế", "Thị Y-Nơ", "Thị Nhếp", "Thị Xeo", "Thị Hrá", "Thị Dục", "Thị Trôi", "Thị Y-Ly", "Thị Bé"],
}
XO_DANG = ["A Biu", "A Thút", "Y Vêr", "Y Ngọc Ánh", "A Hyưt", "Y Pưn", "A Đoàn Kết", "Y Hrai", "A Brôl Vẽ", "Y Blếch"]
GIA_RAI = ["Rơ Châm H'Yéo", "Siu H'Bia", "Rơ Mah Blơn", "Ksor H'Nga", "Rơ Lan Blơi", "Kpă Thuih"]
TITLES = {
    "m": ["ông", "Ông", "anh", "Anh", "đồng chí", "Đồng chí", "đ/c", "già làng", "Già làng", "nghệ nhân", "thầy giáo",
          "Nghệ nhân ưu tú", "Thiếu tá", "Trung tá QNCN", "Đại úy", "cựu chiến binh", "CCB", "Bác sĩ", "Đại đức",
          "Linh mục", "Bí thư chi bộ", "Trưởng thôn", "ông giáo", "lão nông", "Thầy"],
    "f": ["bà", "Bà", "chị", "Chị", "cô giáo", "Cô giáo", "đồng chí", "Đồng chí", "Đ/c", "nghệ nhân", "Nữ hộ sinh",
          "bác sĩ", "Bác sĩ", "Chi hội trưởng", "mẹ", "Bí thư chi bộ", "bà mẹ", "cô", "Trưởng thôn", "NNƯT"],
}  # fmt: skip
DUTIES = ["Trưởng thôn", "Bí thư Chi bộ", "người có uy tín", "Chi hội trưởng Phụ nữ", "Trưởng ban công tác Mặt trận",
          "nông dân sản xuất giỏi", "Chủ tịch UBND xã", "Phó Bí thư Đảng ủy"]  # fmt: skip
VILLAGES = ["Gò Re", "Gò Rộc", "Làng Rào", "Làng Mâm", "Nước Min", "Nước Nẻ", "Tà Noát", "Tà Vay", "Phú Long",
            "Phú Lộc", "Phước Bình", "Phước Thiện", "An Vĩnh", "An Hải", "Thạch By 1", "Thạch By 2", "Long Bàn",
            "Mang Hin", "Đăk Lang", "Đăk Lan", "Kon Plông", "Kon Klông", "1", "2", "3", "5"]  # fmt: skip
BRANDS = ["Đức Thạnh", "Đức Thắng", "Bình Dương", "Bình Phú", "Hưng Thịnh", "Hưng Thạnh", "Tâm An", "Tân An",
          "Trà Bồng Xanh", "Sông Vệ", "Sông Re", "Làng Teng", "Làng Têng", "Phú Bình", "Phú Ninh"]  # fmt: skip
MODELS = ["Tiếng loa an ninh", "Tiếng kẻng an ninh", "Camera an ninh", "Camera nhân dân", "Ngôi nhà xanh",
          "Ngôi nhà trí tuệ", "Đường hoa nông thôn mới", "Thắp sáng đường quê", "Hũ gạo tình thương",
          "Heo đất tình thương", "Con nuôi đồn biên phòng", "Nâng bước em tới trường", "Biến rác thành tiền",
          "3 không, 3 sạch", "5 không, 3 sạch",
          "Chính quyền thân thiện", "Cà phê doanh nhân", "Ngày thứ Bảy vì dân", "Dân vận khéo trong hiến đất làm đường",
          "Vận động đồng bào bỏ hủ tục trong ma chay, cưới hỏi", "Trồng cây dược liệu dưới tán rừng"]  # fmt: skip

OF_COMMUNE = {
    "women": ["Hội Liên hiệp Phụ nữ {c}", "Hội LHPN {c}", "Hội Phụ nữ {c}", "HLHPN {c}"],
    "farmers": ["Hội Nông dân {c}", "HND {c}", "Hội ND {c}"],
    "veterans": ["Hội Cựu chiến binh {c}", "Hội CCB {c}", "CCB {c}"],
    "front": ["Ủy ban Mặt trận Tổ quốc Việt Nam {c}", "Uỷ ban MTTQ Việt Nam {c}", "UBMTTQVN {c}", "MTTQ {c}",
              "UB MTTQ {c}", "Mặt trận Tổ quốc {c}", "Ủy ban MTTQVN {c}"],
    "youth": ["Đoàn Thanh niên Cộng sản Hồ Chí Minh {c}", "Đoàn TNCS Hồ Chí Minh {c}", "Đoàn Thanh niên {c}",
              "Đoàn TNCSHCM {c}", "Đoàn {c}"],
    "police": ["Công an {c}", "CA {c}"],
    "council": ["Ủy ban nhân dân {c}", "UBND {c}", "Uỷ ban Nhân dân {c}"],
    "party": ["Đảng ủy {c}", "Đảng uỷ {c}"],
    "health": ["Trạm Y tế {c}", "Trạm y tế {c}", "TYT {c}"],
    "soldiers": ["Ban Chỉ huy Quân sự {c}", "Ban CHQS {c}", "BCH Quân sự {c}", "BCHQS {c}"],
    "border": ["Đồn Biên phòng {n}", "Đồn BP {n}", "Đồn BĐBP {n}", "Đồn Bộ đội Biên phòng {n}"],
    "school": ["Trường Phổ thông Dân tộc bán trú Tiểu học và Trung học cơ sở {n}", "Trường PTDTBT TH&THCS {n}",
               "Trường PTDTBT Tiểu học và THCS {n}", "PTDTBT TH và THCS {n}"],
}  # fmt: skip
OF_VILLAGE = {
    "women": ["Chi hội Phụ nữ {v}", "Chi hội PN {v}", "CHPN {v}", "Chi hội phụ nữ {v}"],
    "farmers": ["Chi hội Nông dân {v}", "Chi hội ND {v}", "Chi hội nông dân {v}"],
    "front": ["Ban Công tác Mặt trận {v}", "Ban CTMT {v}", "Ban công tác MT {v}"],
    "cell": ["Chi bộ {v}", "Chi bộ Đảng {v}"],
    "mobilizers": ["Tổ Dân vận cộng đồng {v}", "Tổ DVCĐ {v}", "Tổ dân vận {v}"],
    "people": ["Nhân dân {v}", "Cán bộ và nhân dân {v}", "Bà con nhân dân {v}"],
    "self": ["Tổ tự quản {v}", "Tổ Tự quản {v}"],
    "music": ["Câu lạc bộ Cồng chiêng {v}", "CLB Cồng chiêng {v}", "CLB cồng chiêng {v}"],
}  # fmt: skip
BRANDED = {
    "coop": ["Hợp tác xã Nông nghiệp {b}", "HTX nông nghiệp {b}", "HTXNN {b}", "HTX NN {b}", "Hợp tác xã NN {b}"],
    "services": ["Hợp tác xã Dịch vụ Nông nghiệp {b}", "HTX DVNN {b}", "HTX Dịch vụ NN {b}"],
    "group": ["Tổ hợp tác {b}", "THT {b}"],
    "club": ["Câu lạc bộ Hát sắc bùa {b}", "CLB Hát sắc bùa {b}", "CLB hát sắc bùa {b}"],
    "firm": ["Công ty Trách nhiệm hữu hạn {b}", "Công ty TNHH {b}", "Cty TNHH {b}"],
}  # fmt: skip
MODEL = ["Mô hình “{m}”", 'mô hình "{m}"', "{m}", "Mô hình {m}", "MH {m}", "Mô hình dân vận khéo “{m}”", "“{m}”"]


MOST = 5
"""Mentions of one exemplar: those of which everybody writes would decide every figure."""


class Mention(NamedTuple):
    """An exemplar as a work names it, which one it is, and how it came to be written so."""

    name: str
    kind: str
    locality: str
    unit: str
    who: int
    how: str


@dataclass(frozen=True)
class Place:
    """A village of a commune, as it was and as it is."""

    village: str
    former: Former
    commune: Commune

    @property
    def hamlet(self) -> str:
        """The village with the word for it."""
        return f"thôn {self.village}"


@dataclass(frozen=True)
class Subject:
    """Somebody or something that works are about.

    :ivar names: every way in which it is called; `{c}` is its commune, `{n}` that without its kind, `{v}` the village
    """

    names: tuple[str, ...]
    kind: str
    place: Place
    sex: str = ""
    of_village: bool = True


def places(chance: random.Random) -> list[Place]:
    """A few communes, some of which became one, with several villages each."""
    province = provinces()[0]
    single = [one for one in province.former if one.district and len(one.communes) == 1]
    found = []
    for former in chance.sample(single, 12):
        joined = [one for one in single if one.communes == former.communes]
        for one in joined[:2]:
            for village in chance.sample(VILLAGES, 4):
                found.append(Place(village, one, province.communes[one.communes[0]]))
    return found


def person(place: Place, chance: random.Random) -> Subject:
    sex = chance.choice("mf")
    kind = chance.random()
    if kind < 0.25:
        name = f"{chance.choice(HRE)} {chance.choice(HIGHLAND[sex])}"
    elif kind < 0.33:
        name = chance.choice(XO_DANG + GIA_RAI)
    else:
        name = f"{drawn(SURNAMES, chance)} {drawn(MIDDLE[sex], chance)} {chance.choice(GIVEN[sex])}"
    return Subject((name,), "person", place, sex)


def collective(place: Place, chance: random.Random) -> Subject:
    group = chance.choices([OF_COMMUNE, OF_VILLAGE, BRANDED, {"model": MODEL}], [30, 30, 15, 25])[0]
    ways = group[chance.choice(list(group))]
    of_village = group is OF_VILLAGE or (group not in (OF_COMMUNE, OF_VILLAGE) and chance.random() < 0.5)
    brand, model = chance.choice(BRANDS), chance.choice(MODELS)
    filled = tuple(way.replace("{b}", brand).replace("{m}", model) for way in ways)
    return Subject(filled, "collective", place, of_village=of_village)


# How the same is written differently ------------------------------------------------------------------------------


def other_school(text: str) -> str:
    """The other school of spelling: the tone on the other vowel, i for y."""
    swaps = [("òa", "oà"), ("óa", "oá"), ("ọa", "oạ"), ("úy", "uý"), ("ủy", "uỷ"), ("Mỹ", "Mĩ"), ("Quý", "Quí"),
             ("Lý", "Lí"), ("Kỳ", "Kì"), ("Vỹ", "Vĩ")]  # fmt: skip
    for one, other in swaps:
        wanted = one if re.search(rf"{one}\b", text) else other
        text = re.sub(rf"{wanted}\b", other if wanted == one else one, text)
    return text


def slip(text: str, chance: random.Random) -> str:
    """One slip of the finger in a long name: letters exchanged, doubled or left out."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha() and not word.isupper()]
    if not long or len(text) < 22:
        return text
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    words[place] = chance.choice([
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 :],
    ])  # fmt: skip
    return " ".join(words)


def any_case(text: str, chance: random.Random) -> str:
    """All capitals, all small, or each word with a capital."""
    return chance.choice([str.upper, str.lower, lambda words: " ".join(each.capitalize() for each in words.split())])(
        text
    )


def one_middle_less(text: str) -> str:
    """Văn and Thị are left out, and one of two middle names."""
    words = text.split()
    if len(words) == 4:
        return " ".join([words[0], *words[2:]])
    left = [word for word in words if word not in ("Văn", "Thị")]
    return " ".join(left) if len(left) == len(words) - 1 and len(left) >= 2 else text


def hyphens(text: str, chance: random.Random) -> str:
    """Names of the highlands are written with a hyphen, apart, together, or with another apostrophe."""
    text = re.sub(r"(?<=Y)-(?=\w)", lambda _: chance.choice([" ", "", " - ", "-"]), text)
    return text.replace("'", chance.choice(["’", "'", "", " "]))


def locality(subject: Subject, chance: random.Random) -> str:
    """Where it is, as an author writes that: then or now, long or short."""
    place, former, commune = subject.place, subject.place.former, subject.place.commune
    was, district = f"{former.kind} {former.name}", former.district
    forms = [
        f"{was}, {district}", f"{was}, {district}, tỉnh Quảng Ngãi", f"{former.name}, {district.split(' ', 1)[1]}",
        f"{place.hamlet}, {was}, {district}", f"{place.hamlet}, {was}", f"{was[:1].upper()}{was[1:]}",
        f"{was} ({district})", f"{place.hamlet}, {commune.full_name}", f"{commune.full_name}, tỉnh Quảng Ngãi",
        f"{commune.kind.capitalize()} {commune.name}",
        f"{was}, {district} (nay là {commune.full_name})",
    ]  # fmt: skip
    text = chance.choices(forms, [6, 4, 4, 4, 3, 4, 2, 5, 5, 5, 2])[0]
    if chance.random() < 0.12:
        text = bare(text)
    return text.lower() if chance.random() < 0.05 else text


def called(subject: Subject, chance: random.Random) -> tuple[str, str]:
    """A name in one of the usual ways, and how."""
    if subject.kind == "person":
        return person_called(subject, chance)
    place = subject.place
    was = f"{place.former.kind} {place.former.name}"
    text = chance.choice(subject.names)
    commune = chance.choice([was, was, was, place.former.name])
    village = place.hamlet + (f", {was}" if chance.random() < 0.25 else f" {was}" if chance.random() < 0.1 else "")
    fixed = "{" not in text
    text = text.replace("{c}", commune).replace("{n}", place.former.name).replace("{v}", village)
    if fixed and subject.of_village and chance.random() < 0.7:
        text = f"{text} {village}"
    elif fixed and chance.random() < 0.5:
        text = f"{text}{chance.choice([' ', ' ở ', ' tại ', ', '])}{was}"
    how = "as it is"
    if chance.random() < 0.14:
        text, how = bare(text), "without marks"
    elif chance.random() < 0.15:
        text, how = slip(text, chance), "with a slip"
    elif chance.random() < 0.15:
        text, how = other_school(text), "the other spelling"
    if chance.random() < 0.15:
        text, how = any_case(text, chance), f"{how}, other case"
    return (decomposed(text, chance), f"{how}, decomposed") if chance.random() < 0.04 else (text, how)


def person_called(subject: Subject, chance: random.Random) -> tuple[str, str]:
    text, how = hyphens(subject.names[0], chance), "as it is"
    kind = chance.random()
    if kind < 0.16:
        text, how = bare(text), "without marks"
    elif kind < 0.26:
        text, how = other_school(text), "the other spelling"
    elif kind < 0.36:
        text, how = one_middle_less(text), "one middle name less"
    elif kind < 0.44:
        text, how = any_case(text, chance), "other case"
    elif kind < 0.47:
        text, how = decomposed(text, chance), "decomposed"
    elif kind < 0.49:
        first, *rest = text.split()
        text, how = " ".join([*rest, first]) if len(rest) == 2 and "Y" not in text else text, "family name last"
    if chance.random() < 0.4:
        text, how = f"{chance.choice(TITLES[subject.sex])} {text}", f"{how}, titled"
    extra, born = chance.random(), random.Random(f"{subject.names[0]} {subject.place}").randrange(1940, 1999)
    if extra < 0.08:
        text, how = f"{text}, {chance.choice(DUTIES)}", f"{how}, with a duty"
    elif extra < 0.12:
        text, how = f"{text} ({subject.place.hamlet})", f"{how}, with the village"
    elif extra < 0.15:
        text, how = f"{text} - {chance.choice(DUTIES)} {subject.place.hamlet}", f"{how}, with a duty"
    elif extra < 0.18:
        text, how = f"{text} (SN {born})", f"{how}, with a year"
    return text, how


def mention(subject: Subject, number: int, chance: random.Random) -> Mention:
    name, how = called(subject, chance)
    where = locality(subject, chance)
    if subject.of_village and subject.kind == "collective" and subject.place.hamlet not in name and "thôn" not in where:
        where = f"{subject.place.hamlet}, {where}"  # what tells two villages apart stands somewhere
    unit = f"Thôn {subject.place.village}" if subject.of_village and chance.random() < 0.25 else ""
    return Mention(name, subject.kind, where, unit, number, how)


# What is hard to keep apart ---------------------------------------------------------------------------------------


def placed(subject: Subject, place: Place) -> Subject:
    return Subject(subject.names, "collective", place, of_village=subject.of_village)


def neighbouring(subject: Subject, all_places: list[Place], chance: random.Random) -> Subject | None:
    """The like unit of the next village, or of the commune with which this one was joined."""
    place = subject.place
    if subject.of_village:
        near = [one for one in all_places if one.former == place.former and one.village != place.village]
    elif "{" in subject.names[0]:
        near = [one for one in all_places if one.former != place.former and one.commune == place.commune]
    else:
        return None
    return placed(subject, chance.choice(near)) if near else None


def elsewhere(place: Place, all_places: list[Place], chance: random.Random) -> Place:
    return chance.choice([one for one in all_places if one.commune != place.commune])


def stranger_like(subject: Subject, all_places: list[Place], chance: random.Random) -> Subject:
    """Somebody or something else that comes close to a subject."""
    if subject.kind == "person":
        return person_like(subject, all_places, chance)
    ways: list[Callable[[], Subject | None]] = [
        lambda: placed(subject, elsewhere(subject.place, all_places, chance)),
        lambda: neighbouring(subject, all_places, chance),
        lambda: neighbouring(subject, all_places, chance),
        lambda: sister(subject, chance),
        lambda: sister(subject, chance),
        lambda: other_level(subject, chance),
    ]
    while (found := chance.choice(ways)()) is None:
        pass
    return found


def person_like(subject: Subject, all_places: list[Place], chance: random.Random) -> Subject:
    words, place = subject.names[0].split(), subject.place
    # Two in one commune whom a mark alone tells apart are rare, and nobody tells them apart where it is left out.
    kind = chance.choices(["elsewhere", "brother", "middle", "mark"], [4, 4, 2, 1])[0]
    if kind == "elsewhere":
        place = elsewhere(place, all_places, chance)
    elif kind == "brother":
        words[-1] = chance.choice([name for name in GIVEN[subject.sex] if bare(name) != bare(words[-1])])
    elif kind == "mark":
        words[-1] = other_mark(words[-1], chance)
    elif len(words) > 2:
        words[1] = chance.choice([name for name in ("Hữu", "Tấn", "Kim", "Mỹ", "Ngọc") if name != words[1]])
    else:
        place = elsewhere(place, all_places, chance)
    return Subject((" ".join(words),), "person", place, subject.sex)


def sister(subject: Subject, chance: random.Random) -> Subject | None:
    """Another unit of the same place and kind, or another brand or model one word apart."""
    for group in (OF_COMMUNE, OF_VILLAGE):
        mine = next((kind for kind, ways in group.items() if subject.names == tuple(ways)), None)
        if mine:
            other = chance.choice([kind for kind in group if kind != mine])
            return Subject(tuple(group[other]), "collective", subject.place, of_village=subject.of_village)
    for words in (BRANDS, MODELS):
        mine = next((word for word in words if word in subject.names[0]), None)
        if mine:
            at = words.index(mine)
            other = words[at + 1 if at % 2 == 0 and at + 1 < len(words) else at - 1]
            names = tuple(name.replace(mine, other) for name in subject.names)
            return Subject(names, "collective", subject.place, of_village=subject.of_village)
    return None


def other_level(subject: Subject, chance: random.Random) -> Subject | None:
    """The unit of the village beside that of the commune."""
    for kind in ("women", "farmers", "front"):
        if subject.names == tuple(OF_VILLAGE[kind]):
            return Subject(tuple(OF_COMMUNE[kind]), "collective", subject.place, of_village=False)
        if subject.names == tuple(OF_COMMUNE[kind]):
            return Subject(tuple(OF_VILLAGE[kind]), "collective", subject.place)
    return None


def make_mentions(seed: int, size: int = 300) -> list[Mention]:
    """Make a set: half are mentions of what is mentioned already, a third of what comes close, the rest of anything."""
    chance = random.Random(seed)
    known = places(chance)
    subjects: list[Subject] = []
    made: list[Mention] = []
    taken: set[tuple[str, str]] = set()
    while len(made) < size:
        kind = chance.random()
        if subjects and kind < 0.5:
            number = chance.randrange(len(subjects))
            if sum(one.who == number for one in made) >= MOST:
                continue
        else:
            if subjects and kind < 0.8:
                subject = stranger_like(chance.choice(subjects), known, chance)
            else:
                subject = (person if chance.random() < 0.5 else collective)(chance.choice(known), chance)
            key = fingerprint(subject)
            if key in taken:
                continue
            taken.add(key)
            subjects.append(subject)
            number = len(subjects) - 1
        said = mention(subjects[number], number, chance)
        if all((said.name, said.locality) != (one.name, one.locality) for one in made):
            made.append(said)
    return made


def fingerprint(subject: Subject) -> tuple[str, str]:
    """By what two subjects are the same thing, so that no two are made of one."""
    place, name = subject.place, unicodedata.normalize("NFC", subject.names[0]).lower()
    if subject.of_village and subject.kind == "collective":
        return name, f"{place.hamlet}|{place.former}"
    return name, str(place.former) if "{" in name else place.commune.code
