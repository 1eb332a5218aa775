"""What a meeting looks like to one reader at one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest.council import documents, queries
from contest.council.counting import House
from contest.council.documents import Named, Told, counted
from contest.council.models import AgendaItem, Meeting, MinuteLine, Proposal
from contest.council.office.blueprint import kept_from, on_desk, runs
from contest.council.queries import Seat
from contest.council.sight import is_withheld
from contest.council.stages import MOVES, Move, Stage, Topic
from contest.entries.models import Byline, Instalment
from contest.judging import queries as judging
from contest.judging.models import RoundEntry, Sitting
from contest.results import queries as results
from contest.results.documents import Figures
from contest.results.standings import telling_count
from contest.storage.viewing import ViewedFile, viewed
from contest.web.wall import mentions


@dataclass(frozen=True)
class ShownWork:
    """The work under discussion: in a blind round without people, outlets and what leads to them."""

    code: str
    title: str
    category: str
    genre: str
    summary: str
    instalments: Sequence[Instalment]
    bylines: Sequence[Byline]
    files: Sequence[ViewedFile]
    blind: bool
    link: str | None


@dataclass(frozen=True)
class Standing:
    """One work in the order of its group."""

    place: int | None
    code: str
    title: str
    figure: str
    prize: str


@dataclass(frozen=True)
class Voting:
    """The ballot that is on the table.

    :ivar link: to the reader's own ballot
    """

    sitting: Sitting
    asked: Sequence[str]
    voted: int
    present: int
    link: str | None


@dataclass(frozen=True)
class Screen:
    """A meeting as the reader sees it now.

    :ivar withheld: whether the council is at something that the reader does not learn of
    :ivar told: the minutes so far, the newest step first
    """

    meeting: Meeting
    pulse: str
    runs: bool
    on_desk: bool
    seats: Sequence[Seat]
    house: House
    item: AgendaItem | None
    heading: str
    conclusion: str
    withheld: bool
    work: ShownWork | None
    standings: Sequence[Standing]
    voting: Voting | None
    proposal: Proposal | None
    is_deciding: bool
    told: Sequence[Told]
    moves: Sequence[Move]


def screen_of(meeting: Meeting) -> Screen:
    """Put together what the reader sees of a meeting."""
    barred, seats = kept_from(), queries.seats_of(meeting)
    lines = queries.lines_of(meeting)
    named = Named(meeting, lines)
    item = meeting.item
    withheld = item is not None and (is_withheld(item, barred) or mentions(item.title))
    shown = None if withheld else item
    proposal = queries.open_proposal(meeting)
    unheard = proposal is not None and (is_withheld(proposal, barred) or mentions(proposal.text))
    about = item.about if item is not None and item.topic is Topic.WORK else ()
    return Screen(
        meeting=meeting,
        pulse=queries.pulse(meeting),
        runs=runs(meeting),
        on_desk=on_desk(),
        seats=seats,
        house=queries.house_of(meeting, about, seats),
        item=item,
        heading=_heading(meeting, shown, named, withheld=withheld),
        conclusion="" if mentions(meeting.conclusion) else meeting.conclusion,
        withheld=withheld,
        work=shown_work(meeting, shown) if shown is not None and shown.topic is Topic.WORK else None,
        standings=_standings(meeting, shown, named) if shown is not None else (),
        voting=_voting(shown, named) if shown is not None and shown.sitting is not None else None,
        proposal=None if unheard else proposal,
        is_deciding=proposal is not None,
        told=documents.tell(lines, named, barred, mentions)[::-1],
        moves=MOVES.get(meeting.stage, ()),
    )


def _heading(meeting: Meeting, item: AgendaItem | None, named: Named, *, withheld: bool) -> str:
    match meeting.stage:
        case Stage.CALLED:
            return _("The meeting has not been opened yet")
        case Stage.ADJOURNED:
            return _("The meeting is adjourned")
        case Stage.CLOSED | Stage.SIGNED:
            return _("The meeting is over")
    if withheld:
        return _("The council discusses a work that you take no part in")
    if item is None:
        return _("The meeting is in session")
    return _("The council is at: %(item)s", item=named.item(item))


# A work --------------------------------------------------------------------------------------------------------------


def work_of(meeting: Meeting, item: AgendaItem) -> RoundEntry:
    """The work of an item, or 404."""
    return (queries.work_in(meeting, item.entry_id) if item.entry_id is not None else None) or abort(404)


def slots_of(meeting: Meeting, work: RoundEntry) -> dict[str, str]:
    """The names of the slots whose files the council may look at, by code."""
    category = meeting.round.regulation.category(work.category)
    return {slot.code: slot.name for slot in category.slots if slot.juror_may_see}


def shown_work(meeting: Meeting, item: AgendaItem) -> ShownWork:
    """Take out of a work what the council may see."""
    work, round_ = work_of(meeting, item), meeting.round
    regulation, content, blind = round_.regulation, work.revision.content, round_.is_blind
    return ShownWork(
        code=judging.name_for_juror(round_, work.category, work.entry.code, work.alias),
        title=(blind and work.shown_title) or content["title"],
        category=regulation.category(work.category).name,
        genre=regulation.genre(content["genre"]).name,
        summary=(blind and work.shown_summary) or content["summary"],
        instalments=judging.instalments_of(work),
        bylines=() if blind else judging.bylines_of(work),
        files=_files(meeting, item, work, blind=blind),
        blind=blind,
        link=None if on_desk() else url_for("screening_office.dossier", entry_id=work.entry_id),
    )


def _files(meeting: Meeting, item: AgendaItem, work: RoundEntry, *, blind: bool) -> list[ViewedFile]:
    slots = slots_of(meeting, work)

    def shown(file: judging.WorkFile) -> ViewedFile:
        name = _("File %(number)s", number=file.number) if blind else file.attachment.name

        def address(part: str, position: int) -> str:
            return url_for(
                ".work_file",
                meeting_id=meeting.id,
                item_id=item.id,
                number=file.number,
                part=part,
                position=position,
            )

        return viewed(name, file.blob, file.made, slot_name=slots[file.attachment.slot], address=address)

    return [shown(file) for file in judging.files_of(work, slots)]


# Standings and ballots -----------------------------------------------------------------------------------------------


def _standings(meeting: Meeting, item: AgendaItem, named: Named) -> list[Standing]:
    result = results.result_of(meeting.round) if item.topic is Topic.STANDINGS else None
    if result is None:
        return []
    figures = Figures.of(results.ruling_of(meeting.round, result))
    group = next((each for each in queries.groups_to_take_up(meeting, ()) if each.code == item.group_code), None)
    return [_standing(line, figures, named) for line in group.lines] if group is not None else []


def _standing(line: Mapping[str, Any], figures: Figures, named: Named) -> Standing:
    work = named.works.get(line["entry"])
    count = telling_count(line)
    if "mean" in line:
        figure = figures.mean(line["mean"])
    elif count is None:
        figure = ""
    elif "sum" in count:
        figure = _("sum of places %(sum)s", sum=count["sum"])
    else:
        figure = named.prize(count["carried"]) if "tiers" in count else f"{count['yes']}/{count['of']}"
    prizes = ", ".join(map(named.prize, line.get("prizes", ())))
    return Standing(
        place=line["place"],
        code=named.code_of(work) if work else line["entry"],
        title=named.title_of(work) if work else _("a work that has left the contest"),
        figure=figure,
        prize=prizes or (_("goes on") if line.get("advanced") else ""),
    )


def _voting(item: AgendaItem, named: Named) -> Voting | None:
    sitting = item.sitting
    if sitting is None:
        return None
    votes = on_desk() and sitting.is_open and current_user.subject in sitting.present
    return Voting(
        sitting=sitting,
        asked=[named.asked(topic.question, topic.ballot) for topic in judging.topics_of(sitting)],
        voted=sum(judging.count_voters([sitting]).values()),
        present=len(sitting.present),
        link=url_for("judging.ballot", sitting_id=sitting.id) if votes else None,
    )


def is_whole(lines: Sequence[MinuteLine], told: Sequence[Told], barred: Collection[int]) -> bool:
    """Say whether somebody reads everything that the minutes tell."""
    rows = (row for line in lines for asked in counted(line) for row in asked["rows"])
    return not any(one.withheld for one in told) and not any(row["entry"] in barred for row in rows)
