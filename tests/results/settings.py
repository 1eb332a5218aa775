"""Words of the default regulation replaced, for contests that differ from it in how they judge and award."""

from __future__ import annotations

SPECIAL = """[[special_prizes]]
code = "DB"
name = "Giải Đặc biệt"
from_tiers = ["A", "B"]
by = "act"
money = {in_kind = "Chuyến tham quan nước ngoài", worth = 130_000_000}

"""
THEMATIC = """[[thematic_prizes]]
code = "CD"
name = "Giải chuyên đề"
by = "mean"
floor = 40
money = 6_000_000

"""
COLLECTIVE = """[[collective_prizes]]
code = "TT"
name = "Giải tập thể"
by = "formula"
minimum_works = 1
points_per_work = 1
points_per_prize = {A = 5, B = "5/2"}
money = 7_000_000

"""
POOLED = '[awarding]\nscope = "pooled"\n\n'

_CHAPTERS = "\n[certificate]"
_FIRST_PRIZE = '\n[[prizes]]\ncode = "A"'
_FIRST_TERMS = 'advancement = {kind = "share", share = "1/2"}'
_LAST_TIES = '"chair_sheet", "act"]\n\n[[prizes]]'


def with_prizes(*tables: str) -> tuple[str, str]:
    """Add prizes over the groups, or how the tiers are given."""
    return _CHAPTERS, f"\n{''.join(tables)}[certificate]"


def pooled() -> tuple[str, str]:
    """Let all works compete together."""
    return _FIRST_PRIZE, f'\n{POOLED}[[prizes]]\ncode = "A"'


SEVERAL_PRIZES = (_FIRST_PRIZE, '\n[awarding]\none_prize = false\n\n[[prizes]]\ncode = "A"')
"""Lets a work take prizes over the groups beside the one of its tier."""


MOVING_UP = (
    (_FIRST_PRIZE, '\n[awarding]\non_revocation = "next_moves_up"\n\n[[prizes]]\ncode = "A"'),
    ("{one_prize}.", "{one_prize}. {revocation}."),
)
"""Lets works move up into the place of a revoked award, and says so in the text."""


def advancing_by(terms: str) -> tuple[str, str]:
    """Let works go on from the first round by other terms."""
    return _FIRST_TERMS, f"advancement = {terms}"


def ties_by(method: str) -> tuple[str, str]:
    """Leave the last tie of the last round to a vote or a lot."""
    return _LAST_TIES, f'"chair_sheet", "{method}"]\n\n[[prizes]]'


def differing(consequence: str) -> tuple[str, str]:
    """Say what follows where the sheets of the last round differ too far; its panel has jurors to spare then."""
    before, rest = (
        "jurors_per_entry = 7\n",
        "panel_size = 7\nminimum_sheets = 5\nblind = false\nscale = 100\ndiscrepancy = ",
    )
    consequent = f'{{limit = 20, consequence = "{consequence}"}}'
    return f"{before}{rest}20", f"jurors_per_entry = 5\n{rest}{consequent}"


BONUS = (
    _FIRST_TERMS,
    f'{_FIRST_TERMS}\nbonus = [{{code = "clip", name = "Có clip hoàn chỉnh", points = 2, by_act = true}}]',
)
EXACTLY_ONE_A = ('code = "A"\nname = "Giải A"\nquota = 1\n', 'code = "A"\nname = "Giải A"\nquota = 1\nexact = true\n')


def gates(line: str) -> tuple[str, str]:
    """Say one thing of what stands between the sealing and the wall."""
    return ("\n[certificate]", f"\n[gates]\n{line}\n\n[certificate]")


NO_COMPLAINT = ("\n[certificate]", "\n[gates]\nno_open_complaint = true\n\n[certificate]")
TWO_BODIES = (
    "\n[certificate]",
    '\n[gates]\napprovals = ["Hội đồng chung khảo", "Ban Chỉ đạo cuộc thi"]\n\n[certificate]',
)
