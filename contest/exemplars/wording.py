"""How units and models are written: in full or in the letters that everybody uses for them.

A name becomes words in full, without those that some write and some leave out, so that "UBMTTQVN", "Uỷ ban MTTQ Việt
Nam" and "Mặt trận Tổ quốc" are the same three words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from contest.exemplars.slips import is_slip, is_syllable
from contest.exemplars.whereabouts import Word, plain

SHORT = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "ubmttqvn": "mặt trận tổ quốc",
    "ubmttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc", "mttq": "mặt trận tổ quốc", "ubmt": "mặt trận tổ quốc", "mt": "mặt trận",
    "htx": "hợp tác xã", "htxnn": "hợp tác xã nông nghiệp", "htxdvnn": "hợp tác xã dịch vụ nông nghiệp",
    "dvnn": "dịch vụ nông nghiệp", "dv": "dịch vụ", "nn": "nông nghiệp", "tht": "tổ hợp tác", "clb": "câu lạc bộ",
    "hlhpn": "hội phụ nữ", "lhpn": "phụ nữ", "pn": "phụ nữ", "chpn": "chi hội phụ nữ", "hpn": "hội phụ nữ",
    "hnd": "hội nông dân", "nd": "nông dân", "chnd": "chi hội nông dân", "hccb": "hội cựu chiến binh",
    "ccb": "cựu chiến binh", "bđbp": "biên phòng", "bp": "biên phòng", "tncs": "thanh niên", "đtn": "đoàn thanh niên",
    "tncshcm": "thanh niên", "tn": "thanh niên", "ca": "công an", "qs": "quân sự", "bch": "ban chỉ huy",
    "chqs": "chỉ huy quân sự", "bchqs": "ban chỉ huy quân sự", "ptdtbt": "phổ thông dân tộc bán trú",
    "ptdtnt": "phổ thông dân tộc nội trú", "th": "tiểu học", "thcs": "trung học cơ sở", "thpt": "trung học phổ thông",
    "mn": "mầm non", "tyt": "trạm y tế", "tnhh": "trách nhiệm hữu hạn", "cty": "công ty", "cp": "cổ phần",
    "ctmt": "công tác mặt trận", "bctmt": "ban công tác mặt trận", "dvcđ": "dân vận cộng đồng", "mh": "mô hình",
    "dvk": "dân vận khéo", "anttqc": "an ninh trật tự", "antt": "an ninh trật tự", "ntm": "nông thôn mới",
    "kdc": "khu dân cư", "tdp": "tổ dân phố", "gđ": "gia đình", "vh": "văn hóa", "tt": "trung tâm", "ub": "ủy ban",
    "llvt": "lực lượng vũ trang", "hs": "học sinh", "hv": "học viên", "ct": "công tác", "cb": "cán bộ",
}  # fmt: skip
"""Letters for words, as they are used in this country."""

LEFT_OUT = (
    "uy ban mat tran to quoc viet nam|uy ban mat tran to quoc|mat tran to quoc viet nam|mat tran to quoc>mat tran",
    "uy ban mat tran>mat tran",
    "hoi lien hiep phu nu viet nam|hoi lien hiep phu nu|hoi phu nu|lien hiep phu nu>hoi phu nu",
    "hoi nong dan viet nam>hoi nong dan",
    "hoi hoi>hoi",
    "hoi cuu chien binh>cuu chien binh",
    "doan thanh nien cong san ho chi minh|doan thanh nien ho chi minh|doan thanh nien>doan",
    "tieu hoc va trung hoc>tieu hoc trung hoc",
    "truong pho thong>pho thong",
    "truong tieu hoc>tieu hoc",
    "truong trung hoc>trung hoc",
    "bo doi bien phong>bien phong",
    "chi bo dang|dang bo>chi bo",
    "can bo va nhan dan|ba con nhan dan|ba con>nhan dan",
    "mo hinh dan van kheo|dan van kheo|mo hinh>",
    "to dan van cong dong>to dan van",
    "trach nhiem huu han>",
)
"""Words that some write and some leave out: on the left all ways, on the right what is kept."""

_RULES = tuple((re.compile(rf"\b(?:{ways})\b"), kept) for ways, _, kept in (rule.partition(">") for rule in LEFT_OUT))
_SHORT = {plain(short): full for short, full in SHORT.items()}
PHRASES = (
    *SHORT.values(),
    "ủy ban mặt trận tổ quốc việt nam", "hội liên hiệp phụ nữ", "chi hội phụ nữ", "hội nông dân", "hội cựu chiến binh",
    "đoàn thanh niên cộng sản hồ chí minh", "đồn bộ đội biên phòng", "ban chỉ huy quân sự", "chi bộ đảng", "đảng ủy xã",
    "tổ dân vận cộng đồng", "mô hình dân vận khéo", "cán bộ và nhân dân", "bà con nhân dân", "tổ tự quản", "trạm y tế",
    "trường tiểu học", "hội phụ nữ", "hội người cao tuổi", "hợp tác xã dịch vụ nông nghiệp", "công an xã",
)  # fmt: skip
"""How the words for kinds of units follow one another."""

GENERAL = frozenset(word for phrase in PHRASES for word in plain(phrase).split())
"""Words that say what kind of unit something is."""

_FOLLOWING = frozenset(
    pair for phrase in PHRASES for pair in zip(plain(phrase).split(), plain(phrase).split()[1:], strict=False)
)


@lru_cache(maxsize=32768)
def in_full(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of the name of a unit or a model in full, without those that may be left out."""
    full = [each for word in words for each in _unfolded(word)]
    mended = _mended(full)
    text = " ".join(word.folded for word in mended)
    for ways, kept in _RULES:
        text = ways.sub(kept, text)
    return tuple(_with_marks(text.split(), mended))


def _unfolded(word: Word) -> list[Word]:
    full = _SHORT.get(word.folded)
    return [word] if full is None else [Word(each, plain(each)) for each in full.split()]


def _mended(words: list[Word]) -> list[Word]:
    """Words with slips in those for kinds of units put right, so that the rules know them."""
    mended = list(words)
    for place, word in enumerate(words):
        if len(word.folded) < 2 or word.folded in GENERAL:
            continue
        before = mended[place - 1].folded if place else ""
        after = words[place + 1].folded if place + 1 < len(words) else ""
        meant = {general for general in GENERAL if len(general) > 2 and is_slip(word.folded, general)}
        fitting = {each for each in meant if (before, each) in _FOLLOWING or (each, after) in _FOLLOWING}
        if len(fitting) == 1 or (len(meant) == 1 and not is_syllable(word.folded)):
            (general,) = fitting or meant
            mended[place] = Word(general, general)
    return mended


def _with_marks(kept: list[str], words: list[Word]) -> list[Word]:
    """The words that were kept, each with its marks."""
    found, at = [], 0
    for folded in kept:
        place = next((place for place in range(at, len(words)) if words[place].folded == folded), None)
        if place is None:
            found.append(Word(folded, folded))
        else:
            found.append(words[place])
            at = place + 1
    return found
