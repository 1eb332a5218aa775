"""The regulation on paper, and its calendar as a file for other people's calendars."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contest import printing
from contest.regulations.calendar import Milestone, milestones
from contest.regulations.lines import lines
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.provisions import provisions
from contest.regulations.schema import Regulation
from contest.regulations.vietnamese import long_date

if TYPE_CHECKING:
    from icalendar import Event

DRAWN_KEPT = 8

_drawn: OrderedDict[int, tuple[str, bytes]] = OrderedDict()


def booklet(version: RegulationVersion) -> bytes:
    """Draw an adopted regulation as an A5 booklet; a version never changes, so the last few drawn are kept."""
    kept = _drawn.get(version.id)
    if kept is not None and kept[0] == version.sha256:
        return kept[1]
    drawn = draw(version.regulation, version=version)
    _drawn[version.id] = (version.sha256, drawn)
    while len(_drawn) > DRAWN_KEPT:
        _drawn.popitem(last=False)
    return drawn


def draw(regulation: Regulation, *, version: RegulationVersion | None) -> bytes:
    """Draw a regulation as an A5 booklet.

    :param version: how it was adopted, or None for a draft, which says so on its first page
    """
    return printing.pdf(
        "documents/regulation.html",
        css=("regulation.css",),
        title=f"Thể lệ {regulation.name}",
        regulation=regulation,
        chapters=provisions(regulation),
        version=version,
        name_lines=lines(regulation.name),
        long_date=long_date,
    )


def calendar_file(contest: Contest, version: RegulationVersion, *, labels: dict[str, str], address: str) -> bytes:
    """Write the calendar of a regulation as iCalendar.

    Events keep their identity over amendments: a calendar that has taken the file before moves them.

    :param labels: what each milestone is called, by its code
    :param address: the page of the regulation
    """
    from icalendar import Calendar, Event  # eighty modules for a file that is taken along once

    host = urlsplit(address).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//{contest.slug}//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", contest.short_name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for milestone in milestones(version.regulation):
        event = Event()
        event.add("uid", f"{milestone.code.replace(':', '-')}.{contest.slug}@{host}")
        event.add("dtstamp", version.adopted_at.astimezone(UTC))
        event.add("sequence", version.number - 1)
        event.add("summary", f"{labels[milestone.code]} – {contest.short_name}")
        _place(event, milestone)
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _place(event: Event, milestone: Milestone) -> None:
    if milestone.whole_days:
        event.add("dtstart", milestone.opens.date())
        event.add("dtend", milestone.closes.date())
    else:
        event.add("dtstart", _in_utc(milestone.opens))
        event.add("dtend", _in_utc(milestone.closes))


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
