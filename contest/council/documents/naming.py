"""How things are called that a line names by a code: people, works, groups, prizes and questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from contest.council import queries
from contest.council.models import AgendaItem, Meeting, MinuteLine, Note, Proposal
from contest.council.stages import Topic
from contest.judging import queries as judging
from contest.judging.ballots import Question
from contest.judging.models import RoundEntry
from contest.results import queries as results
from contest.results import standings
from contest.results.models import RecordedAct
from contest.results.prize_rules import name_of
from contest.web.quoting import within_quotes


@dataclass(frozen=True)
class Named:
    """Everything that a meeting names, read once."""

    meeting: Meeting
    lines: Collection[MinuteLine]

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Names by random subject id; people are named as they are called today."""
        return results.names_of(_subjects(self.lines))

    @cached_property
    def works(self) -> Mapping[str, RoundEntry]:
        """Works of the round by code."""
        return {str(work.entry.code): work for work in judging.round_entries(self.meeting.round)}

    @cached_property
    def works_by_id(self) -> Mapping[int, RoundEntry]:
        """Works of the round by entry id."""
        return {work.entry_id: work for work in self.works.values()}

    @cached_property
    def items(self) -> Mapping[int, AgendaItem]:
        """What was taken up, by id."""
        return {item.id: item for item in queries.items_of(self.meeting)}

    @cached_property
    def notes(self) -> Mapping[int, Note]:
        """What was said, by id."""
        return queries.notes_of(self.meeting)

    @cached_property
    def proposals(self) -> Mapping[int, Proposal]:
        """What was proposed, by id."""
        return queries.proposals_of(self.meeting)

    @cached_property
    def acts(self) -> Mapping[int, RecordedAct]:
        """Recorded acts that the lines tell of, by id."""
        return queries.acts_by_id(self.meeting, {line.facts["act"] for line in self.lines if "act" in line.facts})

    def person(self, subject: str) -> str:
        """Name a person; one who is erased has no name any more."""
        return self.people.get(subject) or _("a former member")

    def code_of(self, work: RoundEntry) -> str:
        """What the council calls a work: its code, or its alias where names are hidden."""
        return judging.name_for_juror(self.meeting.round, work.category, work.entry.code, work.alias)

    def title_of(self, work: RoundEntry) -> str:
        """The title of a work; where names are hidden, the one that the secretariat put in its place."""
        return (self.meeting.round.is_blind and work.shown_title) or work.entry.title

    def subject(self, code: str) -> str:
        """Write a work with its code and title; a newsroom as it is called."""
        work = self.works.get(code)
        if work is None:
            return code
        return _("%(code)s “%(title)s”", code=self.code_of(work), title=within_quotes(self.title_of(work)))

    def item(self, item: AgendaItem) -> str:
        """Say what was taken up."""
        match item.topic:
            case Topic.WORK:
                work = self.works_by_id.get(item.entry_id or 0)
                return self.subject(str(work.entry.code)) if work else _("a work that has left the contest")
            case Topic.STANDINGS:
                return _("Standings: %(group)s", group=self.group(item.group_code))
            case Topic.BALLOT:
                number = item.sitting.number if item.sitting is not None else ""
                return _("Ballot %(number)s", number=number)
            case Topic.FREE:
                return item.title

    def group(self, code: str) -> str:
        """Name a group of the sealed result."""
        regulation = self.meeting.round.contest.regulation
        names = {category.code: category.name for category in regulation.categories}
        if regulation.awarding.scope == "groups":
            names |= {group.code: group.name for group in regulation.award_groups}
        names[standings.UNGROUPED] = _("no group")
        return names.get(code) or _("The whole contest")

    def prize(self, code: str | None) -> str:
        """Name a prize."""
        return name_of(self.meeting.round.contest.regulation, code) if code else _("no prize")

    def question(self, code: str) -> Question | None:
        """A question of the round; None where the regulation no longer asks it."""
        try:
            return judging.question_of(self.meeting.round, code)
        except KeyError:
            return None

    def asked(self, code: str, ballot: int = 1) -> str:
        """Say what a ballot asks."""
        question = self.question(code)
        if question is not None and question.name:
            said = question.name
        elif question is not None and question.kind == "tier":
            said = _("Which prize for which work?")
        elif question is not None and question.kind == "ranking":
            said = _("Which works in which order?")
        else:
            said = _("Which works?")
        return _("%(question)s, time %(number)s", question=said, number=ballot) if ballot > 1 else said


def _subjects(lines: Iterable[MinuteLine]) -> set[str]:
    """The people whom lines name."""
    found: set[str] = set()
    for line in lines:
        found |= {line.facts[key] for key in ("chair", "secretary", "member") if key in line.facts}
        found |= {subject for subjects in line.facts.get("roll", {}).values() for subject in subjects}
    return found
