"""The minutes as sentences: codes and values become words when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from contest.council.documents.naming import Named
from contest.council.models import MinuteLine
from contest.council.sight import is_withheld, visible_rows
from contest.council.stages import How, Step, Topic
from contest.results.models import ActKind


@dataclass(frozen=True)
class Row:
    """What one work or newsroom received."""

    subject: str
    votes: str
    outcome: str


@dataclass(frozen=True)
class Figures:
    """What one question of a ballot came to.

    :ivar rows: None where the reader may see none of them
    """

    question: str
    held: Sequence[str]
    rows: Sequence[Row] | None


@dataclass(frozen=True)
class Told:
    """One step of a meeting as it is read.

    :ivar quote: what somebody typed
    :ivar withheld: whether it stands in the place of steps that the reader does not learn of
    """

    at: datetime
    recorded_at: datetime
    sentence: str
    quote: str = ""
    figures: Sequence[Figures] = ()
    is_later: bool = False
    withheld: bool = False


def tell(
    lines: Sequence[MinuteLine],
    named: Named,
    barred: Collection[int] = (),
    mentions: Callable[[str], bool] = lambda text: False,
) -> list[Told]:
    """Tell the steps of a meeting; those about works that the reader takes no part in become one sentence each time.

    :param mentions: says whether a text that somebody typed tells of such a work
    """
    found: list[Told] = []
    for line in lines:
        quote = "" if is_withheld(line, barred) else _quote(line, named)
        if is_withheld(line, barred) or mentions(f"{quote}\n{_title(line, named)}"):
            if not found or not found[-1].withheld:
                found.append(Told(line.at, line.recorded_at, withheld_sentence(), withheld=True))
            continue
        figures = [_figures(question, named, barred) for question in counted(line)]
        sentence = SENTENCES[line.step](line.facts, named, line)
        found.append(Told(line.at, line.recorded_at, sentence, quote, figures, line.is_entered_later))
    return found


COUNTED = (Step.BALLOT_CLOSED, Step.PAPER_ADDED)


def withheld_sentence() -> str:
    """The one sentence that a member hears of a work in which they take no part."""
    return _("The council discusses a work that you take no part in.")


def counted(line: MinuteLine) -> Sequence[Mapping[str, Any]]:
    """The questions of a ballot that a line tells the figures of."""
    found: Sequence[Mapping[str, Any]] = line.facts["questions"] if line.step in COUNTED else ()
    return found


def _quote(line: MinuteLine, named: Named) -> str:
    facts = line.facts
    if line.step is Step.NOTED:
        return named.notes[facts["note"]].text
    if line.step in (Step.PROPOSED, Step.DECIDED, Step.WITHDRAWN):
        return named.proposals[facts["proposal"]].text
    if line.step is Step.ACT:
        act = named.acts.get(facts["act"])
        return act.reason if act is not None else ""
    return named.meeting.conclusion if line.step is Step.CLOSED else ""


def _title(line: MinuteLine, named: Named) -> str:
    """What was typed as the title of an item that a line tells of."""
    return named.items[line.item_id].title if line.step is Step.TAKEN_UP and line.item_id is not None else ""


# Sentences -----------------------------------------------------------------------------------------------------------

Facts = Mapping[str, Any]
Sentence = Callable[[Facts, Named, MinuteLine], str]


def _opened(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _(
        "The meeting was opened. Presiding: %(chair)s; secretary: %(secretary)s.",
        chair=named.person(facts["chair"]),
        secretary=named.person(facts["secretary"]),
    )


def _roll(facts: Facts, named: Named, line: MinuteLine) -> str:
    roll = facts["roll"]
    room, online, absent = (roll[str(how)] for how in (How.ROOM, How.ONLINE, How.ABSENT))
    said = _(
        "Roll: %(present)s of %(members)s members are present.",
        present=len(room) + len(online),
        members=len(room) + len(online) + len(absent),
    )
    if online:
        said += " " + _("Online: %(names)s.", names=", ".join(map(named.person, online)))
    if absent:
        said += " " + _("Absent: %(names)s.", names=", ".join(map(named.person, absent)))
    return said


def _arrived(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _("%(member)s takes part %(how)s.", member=named.person(facts["member"]), how=_(How(facts["how"]).label))


def _left(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _("%(member)s left the meeting.", member=named.person(facts["member"]))


def _taken_up(facts: Facts, named: Named, line: MinuteLine) -> str:
    item = named.items[line.item_id or 0]
    match item.topic:
        case Topic.WORK:
            return _("The council took up the work %(work)s.", work=named.item(item))
        case Topic.STANDINGS:
            return _("The council went through the standings: %(group)s.", group=named.group(item.group_code))
        case _:
            return _("The council took up: %(title)s.", title=item.title.rstrip("."))


def _decided(facts: Facts, named: Named, line: MinuteLine) -> str:
    said = _(
        "Show of hands: %(yes)s for, %(no)s against, %(abstained)s abstaining; %(needed)s of %(of)s were needed.",
        **{key: facts[key] for key in ("yes", "no", "abstained", "needed", "of")},
    )
    away = facts["present"] - facts["entitled"]
    if away:
        said += " " + ngettext("%(num)s member present took no part.", "%(num)s members present took no part.", away)
    if facts["casting"]:
        said += " " + _("The vote of whoever presides decided.")
    verdict = _("The proposal is carried:") if facts["carried"] else _("The proposal is not carried:")
    return f"{said} {verdict}"


def _ballot_opened(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _(
        "Ballot %(number)s was opened: %(questions)s. %(present)s of %(members)s members are present, %(quorum)s are "
        "needed.",
        number=facts["sitting"],
        questions="; ".join(named.asked(question, ballot) for question, ballot in facts["questions"]),
        **{key: facts[key] for key in ("present", "members", "quorum")},
    )


def _ballot_closed(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _("Ballot %(number)s was closed and counted.", number=facts["sitting"])


def _paper_added(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _("Papers were typed in for ballot %(number)s, and it was counted again.", number=facts["sitting"])


def _closed(facts: Facts, named: Named, line: MinuteLine) -> str:
    return _(
        "The meeting was closed with %(present)s of %(members)s members present.",
        present=facts["present"],
        members=facts["members"],
    )


def _act(facts: Facts, named: Named, line: MinuteLine) -> str:
    act = named.acts.get(facts["act"])
    choice = act.choice if act is not None else {}
    kind = ActKind(facts["kind"])
    work = named.subject(choice.get("entry", ""))
    works = "; ".join(map(named.subject, choice.get("entries", choice.get("subjects", ()))))
    match kind:
        case ActKind.DISCREPANCY_ACCEPTED:
            return _("The sheets for %(work)s stand although they differ.", work=work)
        case ActKind.REMARK_ASKED:
            return _("Jurors are asked to mark %(work)s again.", work=work)
        case ActKind.THIRD_ASKED:
            return _("One more juror is asked to mark %(work)s.", work=work)
        case ActKind.FLAGGED:
            return _("Works named for the next round: %(works)s.", works=works or _("none"))
        case ActKind.BONUS_GIVEN:
            return _("A bonus goes to: %(works)s.", works=works or _("nobody"))
        case ActKind.TIE_SETTLED:
            order = "; ".join(map(named.subject, choice.get("order", ())))
            return _("Equals were put in this order, the best first: %(order)s.", order=order)
        case ActKind.ACCEPTED_SHORT:
            given = {"prize": named.prize(choice.get("tier")), "group": named.group(choice.get("group", ""))}
            return _("Fewer prizes are given: %(prize)s, %(group)s: %(given)s.", given=choice.get("given", 0), **given)
        case ActKind.PRIZE_CHOSEN:
            prize = named.prize(choice.get("prize"))
            return _("%(prize)s goes to: %(works)s.", prize=prize, works=works or _("nobody"))
        case _:
            return _("An act was recorded.")


SENTENCES: Mapping[Step, Sentence] = {
    Step.OPENED: _opened,
    Step.ROLL: _roll,
    Step.ARRIVED: _arrived,
    Step.LEFT: _left,
    Step.TAKEN_UP: _taken_up,
    Step.NOTED: lambda facts, named, line: _("It was said:"),
    Step.PROPOSED: lambda facts, named, line: _("It was proposed:"),
    Step.DECIDED: _decided,
    Step.WITHDRAWN: lambda facts, named, line: _("The proposal was withdrawn:"),
    Step.BALLOT_OPENED: _ballot_opened,
    Step.BALLOT_CLOSED: _ballot_closed,
    Step.PAPER_ADDED: _paper_added,
    Step.ACT: _act,
    Step.ADJOURNED: lambda facts, named, line: _("The meeting was adjourned."),
    Step.RESUMED: lambda facts, named, line: _("The meeting was resumed."),
    Step.CLOSED: _closed,
    Step.SIGNED: lambda facts, named, line: _("The minutes were signed."),
}


# Figures of a ballot -------------------------------------------------------------------------------------------------


def _figures(question: Mapping[str, Any], named: Named, barred: Collection[int]) -> Figures:
    visible = visible_rows(question, barred)
    rows = None if visible is None else [_row(row, question["kind"], named) for row in visible]
    if rows is not None and named.meeting.round.rule.blind:
        rows.sort(key=lambda row: row.subject)  # by alias: the order of codes would tell when a work came in
    return Figures(
        question=named.asked(question["question"], question["ballot"]),
        held=[_held(held, question["paper"]) for held in question["held"]],
        rows=rows,
    )


def _held(held: Mapping[str, Any], paper: int) -> str:
    said = _(
        "%(cast)s ballots from %(present)s members present of %(members)s.",
        **{key: held[key] for key in ("cast", "present", "members")},
    )
    if paper:
        said += " " + _("%(count)s of them came on paper.", count=paper)
    if held["spoiled"]:
        said += " " + _("%(count)s of them do not count.", count=held["spoiled"])
    if not held["counts"]:
        said += " " + _("Too few members were there: this ballot does not count.")
    return said


def _row(row: Mapping[str, Any], kind: str, named: Named) -> Row:
    subject = named.subject(row["subject"])
    if "sum" in row:
        return Row(subject, _("sum of places %(sum)s", sum=row["sum"]), "")
    carried = row["carried"]
    if "tiers" in row:
        votes = "; ".join(f"{named.prize(tier)}: {number}" for tier, number in row["tiers"].items() if number)
        return Row(subject, votes or _("none"), named.prize(carried))
    if kind == "yes_no":
        votes = _("%(yes)s for, %(no)s against; %(needed)s needed", yes=row["yes"], no=row["no"], needed=row["needed"])
    else:
        votes = _("named by %(yes)s; %(needed)s needed", yes=row["yes"], needed=row["needed"])
    outcome = _("carried") if carried else _("not carried")
    return Row(subject, votes, _("carried by the vote of the chair") if row["casting"] else outcome)
