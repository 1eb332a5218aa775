"""What people may have written into an act or onto a ballot; anything else would be guessed at by the computation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from contest.errors import N_
from contest.regulations.prizes import CollectivePrize, SpecialPrize, ThematicPrize
from contest.regulations.schema import Regulation
from contest.regulations.voting import VoteRule
from contest.results import lots, material
from contest.results.acts import JOIN, REPLACE
from contest.results.recount.flaws import shown

REMARK_ASKED = "remark_asked"
THIRD_ASKED = "third_asked"
COUNTS = (JOIN, REPLACE)
ADVANCED = "advanced"
LOT = "lot"

WITHOUT = N_("An act of the kind %(kind)s says %(name)s, and this one says it not or wrongly.")
UNKNOWN_KIND = N_("There is no such kind of act: %(kind)s.")
UNKNOWN_WORK = N_("The act names a work that is not in the round: %(code)s.")
UNKNOWN_SUBJECT = N_("The act names what can have no such prize: %(code)s.")
UNKNOWN_PRIZE = N_("The regulation has no such prize: %(code)s.")
UNKNOWN_GROUP = N_("The regulation has no such group: %(code)s.")
UNKNOWN_BONUS = N_("The regulation gives no such bonus in this round: %(code)s.")
OTHER_LOT = N_("The lot drawn from this seed puts them in another order.")

NO_BALLOT = N_("Ballots are counted from 1.")
UNKNOWN_QUESTION = N_("The regulation puts no such question to the vote: %(code)s.")
UNKNOWN_ON_BALLOT = N_("This work or newsroom is not on the ballot: %(code)s.")
UNKNOWN_CHOICE = N_("This cannot be voted here: %(code)s. Expected: %(expected)s.")
NOTHING_AND_SOMETHING = N_("A ballot on which nothing stands is one row without a subject and without a choice.")


class Wrong(NamedTuple):
    """What is wrong with an act or a vote, and in which column."""

    column: str
    message: str
    parameters: dict[str, Any]


# Acts ----------------------------------------------------------------------------------------------------------------


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_order(value: object) -> bool:
    return isinstance(value, list) and _is_texts(value) and len(set(value)) == len(value) > 1


def _is_counts(value: object) -> bool:
    return value in COUNTS


def _is_sheets(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, list) and len(each) == 2 and _is_text(each[0]) and _is_number(each[1]) for each in value
    )


Fields = Mapping[str, Callable[[object], bool]]

SAYS: Mapping[str, Fields] = {
    material.DISCREPANCY_ACCEPTED: {"entry": _is_text, "sheets": _is_sheets},
    REMARK_ASKED: {"entry": _is_text, "jurors": _is_texts, "until": _is_text},
    THIRD_ASKED: {"entry": _is_text, "juror": _is_text, "until": _is_text},
    material.TIE_SETTLED: {"order": _is_order},
    material.FLAGGED: {"entries": _is_texts},
    material.BONUS_GIVEN: {"bonus": _is_text, "entries": _is_texts},
    material.ACCEPTED_SHORT: {"group": _is_text, "tier": _is_text, "given": _is_number},
    material.PRIZE_CHOSEN: {"prize": _is_text, "subjects": _is_texts},
    material.SITTING: {"ballot": _is_number, "present": _is_texts},
    ADVANCED: {"entries": _is_texts},
    material.REMARK_ORDERED: {"entry": _is_text, "jurors": _is_texts, "counts": _is_counts},
    material.CONCLUDED_AGAIN: {"version": _is_number, "before": _is_text},
}
"""What an act of each kind says, at least."""
MAY_SAY: Mapping[str, Fields] = {
    material.TIE_SETTLED: {"method": _is_text, "seed": _is_text},
    material.SITTING: {"question": _is_text, "panel": _is_text},
}
"""What it may say besides."""


def wrong_with_act(
    kind: str,
    choice: Mapping[str, Any],
    *,
    code: str,
    ruling: Regulation,
    works: Collection[str],
    outlets: Collection[str],
) -> Wrong | None:
    """Say what keeps an act from being computed with; None when nothing does.

    :param code: of the round
    :param works: codes of the works that were admitted to the round
    :param outlets: newsrooms of the accepted works
    """
    if kind not in SAYS:
        return Wrong("kind", UNKNOWN_KIND, {"kind": shown(kind)})
    for name, is_right in SAYS[kind].items():
        if name not in choice or not is_right(choice[name]):
            return Wrong("choice", WITHOUT, {"kind": kind, "name": name})
    for name, is_right in MAY_SAY.get(kind, {}).items():
        if choice.get(name) is not None and not is_right(choice[name]):
            return Wrong("choice", WITHOUT, {"kind": kind, "name": name})
    if choice.get("method") == LOT and not _is_drawn(choice):
        return Wrong("choice", OTHER_LOT, {})
    named = [choice["entry"]] if "entry" in SAYS[kind] else choice["entries"] if "entries" in SAYS[kind] else []
    return (
        _unknown(named, works, UNKNOWN_WORK)
        or _unknown(_subjects(kind, choice), {*works, *outlets}, UNKNOWN_SUBJECT)
        or _unknown(_prizes(kind, choice), prizes_of(ruling), UNKNOWN_PRIZE)
        or _unknown(_only(kind, choice, "group"), [group.code for group in ruling.award_groups], UNKNOWN_GROUP)
        or _unknown(_only(kind, choice, "bonus"), [bonus.code for bonus in ruling.round(code).bonus], UNKNOWN_BONUS)
    )


def _is_drawn(choice: Mapping[str, Any]) -> bool:
    """Say whether the lot that was recorded draws this order; a lot drawn by hand has no seed."""
    return choice.get("seed") is None or choice["order"] == lots.draw(choice["order"], choice["seed"])


def _unknown(named: Iterable[str], known: Collection[str], message: str) -> Wrong | None:
    for code in named:
        if code not in known:
            return Wrong("choice", message, {"code": shown(code)})
    return None


def _subjects(kind: str, choice: Mapping[str, Any]) -> list[str]:
    field = {material.TIE_SETTLED: "order", material.PRIZE_CHOSEN: "subjects"}.get(kind)
    return choice[field] if field else []


def _prizes(kind: str, choice: Mapping[str, Any]) -> list[str]:
    return _only(kind, choice, "prize") + _only(kind, choice, "tier")


def _only(kind: str, choice: Mapping[str, Any], name: str) -> list[str]:
    return [choice[name]] if name in SAYS[kind] else []


def prizes_of(ruling: Regulation) -> list[str]:
    """Codes of all that can be won."""
    return [*(tier.code for tier in ruling.prizes), *(prize.code for prize in _extra_prizes(ruling))]


def _extra_prizes(regulation: Regulation) -> Iterator[SpecialPrize | ThematicPrize | CollectivePrize]:
    yield from regulation.special_prizes
    yield from regulation.thematic_prizes
    yield from regulation.collective_prizes


# Votes ---------------------------------------------------------------------------------------------------------------


def wrong_with_vote(
    vote: Mapping[str, Any], *, regulation: Regulation, ruling: Regulation, subjects: Collection[str]
) -> Wrong | None:
    """Say what keeps a row of votes from being computed with; None when nothing does.

    A round votes as it was opened, the prizes over the groups as they are sealed, and either may have been amended
    after papers were cast: what either version lets stand on a paper may stand there.

    :param subjects: works of the round and newsrooms
    """
    if vote["ballot"] < 1:
        return Wrong("ballot", NO_BALLOT, {})
    found = [(vote_on(vote["question"], vote["round"], version), version) for version in (regulation, ruling)]
    rules = [(rule, version) for rule, version in found if rule is not None]
    if not rules:
        return Wrong("question", UNKNOWN_QUESTION, {"code": shown(vote["question"]) or "–"})
    subject, choice = vote["subject"], vote["choice"]
    if not subject or not choice:
        return Wrong("subject", NOTHING_AND_SOMETHING, {}) if subject or choice else None
    if subject not in subjects:
        return Wrong("subject", UNKNOWN_ON_BALLOT, {"code": shown(subject)})
    if any(_may_stand(choice, rule, version) for rule, version in rules):
        return None
    expected = dict.fromkeys(text for rule, version in rules for text in expected_of(rule, version))
    return Wrong("choice", UNKNOWN_CHOICE, {"code": shown(choice), "expected": ", ".join(expected)})


def _may_stand(choice: str, rule: VoteRule, regulation: Regulation) -> bool:
    if rule.kind == "ranking":
        return choice.isdecimal() and choice.isascii() and 1 <= int(choice) <= 10_000
    return choice in expected_of(rule, regulation)


def expected_of(rule: VoteRule, regulation: Regulation) -> list[str]:
    """What may stand beside a work on a ballot."""
    match rule.kind:
        case "tier":
            return [*(tier.code for tier in regulation.prizes), "no"]
        case "approval":
            return ["yes"]
        case "ranking":
            return ["1, 2, 3, …"]
        case _:
            return ["yes", "no"]


def vote_on(question: str, code: str, regulation: Regulation) -> VoteRule | None:
    """Give the vote in which a question is put; None if it is put in none.

    :param question: empty for that of the round, else the code of a tier or of a prize
    :param code: of the round
    """
    if not question or any(tier.code == question for tier in regulation.prizes):
        return regulation.round(code).vote
    for prize in _extra_prizes(regulation):
        if prize.code == question:
            return prize.vote
    return None
