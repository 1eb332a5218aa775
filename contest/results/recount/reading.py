"""From the files of a bundle to values; whatever is wrong with them is named at its place, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from contest.errors import N_
from contest.regulations import document, schema
from contest.regulations.problems import RegulationInvalid
from contest.regulations.schema import Regulation
from contest.regulations.scoring import Criterion, RoundRule
from contest.results.material import Act, Ballot, Member, RoundMaterial, Work
from contest.results.recount import choices, layout, tables
from contest.results.recount.contents import Assigned, Contents, SealedRound, Sent
from contest.results.recount.flaws import Flaws, shown
from contest.results.recount.layout import Table
from contest.results.recount.tables import Row
from contest.results.recount.writing import presence
from contest.results.tally import LeftOut, Sheet

OUT = ("", "rejected", "withdrawn")

MISSING_FILE = N_("The file is missing.")
OTHER_NAME = N_("The file is not what its name says: the SHA-256 of its content is %(sha256)s.")
OTHER_FORMAT = N_("This is format %(found)s of the bundle; this program knows format %(known)s.")
NO_ROUNDS = N_("There is no round in it.")
ANOTHER_CONTEST = N_("Every row names the same contest.")
WRONG_POSITION = N_("The rounds are counted from 1, in the order in which they are held.")
NO_SUCH_REGULATION = N_("No regulation of this SHA-256 is in the bundle.")
UNUSED_REGULATION = N_("No round names this regulation.")
NOT_THE_LAST_RULING = N_("This is not the regulation under which the last round was sealed.")
ROUND_TWICE = N_("This round is there twice: %(code)s.")
UNKNOWN_ROUND = N_("There is no such round: %(code)s.")
UNKNOWN_CATEGORY = N_("The regulation of the round judges no such category: %(code)s.")
UNKNOWN_GENRE = N_("The regulation has no such genre: %(code)s.")
UNKNOWN_TOPIC = N_("The regulation has no such topic: %(code)s.")
WRONG_GROUP = N_("By the regulation the work competes in another group: %(group)s.")
UNKNOWN_STATE = N_("A work is in the round, rejected or withdrawn: nothing, rejected or withdrawn is expected here.")
UNKNOWN_ENTRY = N_("This work is not in the round: %(code)s.")
UNKNOWN_REASON = N_("A sheet is left out before counting for one reason alone: %(known)s.")
NOT_ASSIGNED = N_("This work was not given to this juror.")
OTHER_SHEET = N_("The rows of one sheet differ in more than criterion and mark.")
IN_FORCE_TWICE = N_("Another sheet of this juror for this work is in force already.")
NOT_IN_FORCE = N_("A sheet that is left out is not in force.")
OLD_IN_FORCE = N_("A sheet in force has a later revision.")
NOT_A_MARK = N_("The criterion takes no such mark; it takes 0 to %(maximum)s in steps of %(step)s.")
UNKNOWN_PANEL = N_("The regulation has no such panel: %(code)s.")
WRONG_PRESENCE = N_("The recorded sittings say otherwise: %(present)s.")


@dataclass
class _Opened:
    """A round while its tables are read."""

    values: dict[str, Any]
    regulation: Regulation
    ruling: Regulation
    works: dict[str, Work] = field(default_factory=dict)
    sheets: dict[str, list[Sheet]] = field(default_factory=dict)
    superseded: dict[str, list[Sheet]] = field(default_factory=dict)
    sent: dict[tuple[str, str, int], Sent] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    assignments: dict[tuple[str, str], Assigned] = field(default_factory=dict)
    ballots: list[Ballot] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    recorded: dict[int, tuple[str, str]] = field(default_factory=dict)

    def closed(self, accepted: tuple[Work, ...]) -> SealedRound:
        """Give the round as a value."""
        return SealedRound(
            material=RoundMaterial(
                code=self.values["round"],
                regulation=self.regulation,
                ruling=self.ruling,
                works=tuple(self.works.values()),
                sheets={entry: tuple(sheets) for entry, sheets in self.sheets.items()},
                members=tuple(self.members),
                ballots=tuple(self.ballots),
                acts=tuple(self.acts),
                accepted_works=accepted,
            ),
            regulation=self.values["regulation"],
            ruling=self.values["ruling"],
            sealed_at=self.values["sealed_at"],
            opened_at=self.values["opened_at"],
            superseded={entry: tuple(sheets) for entry, sheets in self.superseded.items()},
            assignments=tuple(self.assignments.values()),
            sent=self.sent,
            recorded=self.recorded,
        )


def read(files: Mapping[str, bytes]) -> Contents:
    """Read the tables and regulations of a bundle; its result and hashes are read where they are compared.

    :raise BundleRefused: with everything that is wrong
    """
    return _Reader(files).contents()


def judges(rule: RoundRule, category: str) -> bool:
    """Say whether works of a category are judged in a round."""
    return rule.is_voted or category in rule.rubrics


class _Reader:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.flaws = Flaws()
        self.rounds: dict[str, _Opened] = {}
        self.accepted: dict[str, Work] = {}
        self.outlets: set[str] = set()

    def contents(self) -> Contents:
        """Read everything, the tables that others refer to first."""
        for name in (layout.REGULATION, *(table.file for table in layout.TABLES)):
            if name not in self.files:
                self.flaws.add(name, MISSING_FILE)
        self.flaws.check()
        texts, regulations = self._regulations()
        contest = self._rounds(regulations)
        self._entries()
        self._assignments()
        self._sheets()
        self._acts()
        self._jurors()
        self._votes()
        self.flaws.check()
        last = list(self.rounds)[-1]
        return Contents(
            contest=contest,
            texts=texts,
            rounds=tuple(
                opened.closed(tuple(self.accepted.values()) if code == last else ())
                for code, opened in self.rounds.items()
            ),
        )

    def _rows(self, table: Table) -> Iterator[Row]:
        return tables.read(table, self.files[table.file], self.flaws)

    def _wrong(self, table: Table, row: Row, column: str, message: str, **parameters: Any) -> None:
        self.flaws.add(table.file, message, line=row.line, column=column, **parameters)

    # Regulations and rounds

    def _regulations(self) -> tuple[dict[str, str], dict[str, Regulation]]:
        texts, regulations = {}, {}
        names = [name for name in self.files if name == layout.REGULATION or layout.OTHER_REGULATION.fullmatch(name)]
        for name in names:
            content = self.files[name]
            known = sha256(content).hexdigest()
            named = layout.OTHER_REGULATION.fullmatch(name)
            if named and named[1] != known:
                self.flaws.add(name, OTHER_NAME, sha256=known)
                continue
            try:
                text = document.decode(content)
                regulations[known] = schema.parse(text)
                texts[known] = text
            except RegulationInvalid as invalid:
                for problem in invalid.problems:
                    self.flaws.add_problem(name, problem)
        self.flaws.check()
        return texts, regulations

    def _rounds(self, regulations: Mapping[str, Regulation]) -> str:
        table, contest, named = layout.ROUNDS, "", set()
        for row in self._rows(table):
            values = row.values
            if values["format"] != layout.FORMAT:
                found = values["format"]
                self.flaws.refuse(table.file, OTHER_FORMAT, line=row.line, found=found, known=layout.FORMAT)
            contest = contest or values["contest"]
            if values["contest"] != contest:
                self._wrong(table, row, "contest", ANOTHER_CONTEST)
            if values["position"] != len(self.rounds) + 1:
                self._wrong(table, row, "position", WRONG_POSITION)
            unknown = [column for column in ("regulation", "ruling") if values[column] not in regulations]
            for column in unknown:
                self._wrong(table, row, column, NO_SUCH_REGULATION)
            if unknown:
                continue
            named |= {values["regulation"], values["ruling"]}
            opened = _Opened(values, regulations[values["regulation"]], regulations[values["ruling"]])
            code = values["round"]
            if any(code not in (rule.code for rule in each.rounds) for each in (opened.regulation, opened.ruling)):
                self._wrong(table, row, "round", UNKNOWN_ROUND, code=shown(code))
            elif code in self.rounds:
                self._wrong(table, row, "round", ROUND_TWICE, code=shown(code))
            else:
                self.rounds[code] = opened
        self.flaws.check()
        if not self.rounds:
            self.flaws.refuse(table.file, NO_ROUNDS)
        for name in self.files:
            other = layout.OTHER_REGULATION.fullmatch(name)
            if other and other[1] not in named:
                self.flaws.add(name, UNUSED_REGULATION)
        last = list(self.rounds.values())[-1]
        if sha256(self.files[layout.REGULATION]).hexdigest() != last.values["ruling"]:
            self.flaws.add(layout.REGULATION, NOT_THE_LAST_RULING)
        self.flaws.check()
        return contest

    def _round(self, table: Table, row: Row) -> _Opened | None:
        opened = self.rounds.get(row.values["round"])
        if opened is None:
            self._wrong(table, row, "round", UNKNOWN_ROUND, code=shown(row.values["round"]))
        return opened

    def _work(self, table: Table, row: Row, opened: _Opened) -> Work | None:
        work = opened.works.get(row.values["entry"])
        if work is None:
            self._wrong(table, row, "entry", UNKNOWN_ENTRY, code=shown(row.values["entry"]))
        return work

    # Works

    def _entries(self) -> None:
        table = layout.ENTRIES
        last = list(self.rounds.values())[-1]
        for row in self._rows(table):
            values = dict(row.values)
            whole = values["round"] == layout.WHOLE_CONTEST
            opened = last if whole else self._round(table, row)
            if opened is None:
                continue
            code, group = values.pop("round"), values.pop("group")
            values["slots"] = frozenset(values["slots"])
            self.outlets.add(values["outlet"])
            if self._fits(table, row, opened, group, judged=not whole):
                (self.accepted if whole else self.rounds[code].works)[values["entry"]] = Work(**values)
        self.flaws.check()

    def _fits(self, table: Table, row: Row, opened: _Opened, group: str, *, judged: bool) -> bool:
        values, ruling = row.values, opened.ruling
        category, genre, topic = values["category"], values["genre"], values["topic"]
        rule = opened.regulation.round(opened.values["round"])
        known = {each.code for each in ruling.categories}
        wrong = False
        for column, code, there, message in (
            ("category", category, category in known and (not judged or judges(rule, category)), UNKNOWN_CATEGORY),
            ("genre", genre, any(each.code == genre for each in ruling.genres), UNKNOWN_GENRE),
            ("topic", topic, any(each.code == topic for each in ruling.topics), UNKNOWN_TOPIC),
        ):
            if not there:
                self._wrong(table, row, column, message, code=shown(code))
                wrong = True
        if values["out"] not in OUT:
            self._wrong(table, row, "out", UNKNOWN_STATE)
            wrong = True
        if wrong:
            return False
        computed = ruling.award_group(category=category, genre=genre, topic=topic) or ""
        if group != computed:
            self._wrong(table, row, "group", WRONG_GROUP, group=computed or "–")
        return group == computed

    # Sheets

    def _assignments(self) -> None:
        table = layout.ASSIGNMENTS
        for row in self._rows(table):
            opened = self._round(table, row)
            if opened is None or self._work(table, row, opened) is None:
                continue
            values = {name: value for name, value in row.values.items() if name != "round"}
            opened.assignments[values["entry"], values["juror"]] = Assigned(**values)
        self.flaws.check()

    def _sheets(self) -> None:
        table = layout.SHEETS
        same = ("round", "entry", "juror", "revision")
        first: Row | None = None
        marks: dict[str, int] = {}
        rest = ("in_force", "chair", "third", "left_out", "sha256", "received_at", "comment", "typed_by")
        for row in self._rows(table):
            values = row.values
            if first is None or any(values[name] != first.values[name] for name in same):
                self._take_sheet(first, marks)
                first, marks = row, {}
                self._check_sheet(table, row)
            elif any(values[name] != first.values[name] for name in rest):
                self._wrong(table, row, "sha256", OTHER_SHEET)
            self._check_mark(table, row)
            marks[values["criterion"]] = values["mark"]
        self._take_sheet(first, marks)
        self.flaws.check()

    def _check_sheet(self, table: Table, row: Row) -> None:
        opened = self._round(table, row)
        if opened is None or self._work(table, row, opened) is None:
            return
        values = row.values
        if (values["entry"], values["juror"]) not in opened.assignments:
            self._wrong(table, row, "juror", NOT_ASSIGNED)
        if values["left_out"] not in ("", LeftOut.RECUSED):
            self._wrong(table, row, "left_out", UNKNOWN_REASON, known=LeftOut.RECUSED)
        elif values["left_out"] and values["in_force"]:
            self._wrong(table, row, "in_force", NOT_IN_FORCE)
        newest = next((s for s in reversed(opened.sheets.get(values["entry"], ())) if s.juror == values["juror"]), None)
        if newest is not None and newest.left_out is None:
            self._wrong(table, row, "in_force", IN_FORCE_TWICE if values["in_force"] else OLD_IN_FORCE)

    def _check_mark(self, table: Table, row: Row) -> None:
        opened = self.rounds.get(row.values["round"])
        work = opened.works.get(row.values["entry"]) if opened else None
        if opened is None or work is None:
            return
        rubric = opened.regulation.round(row.values["round"]).rubrics.get(work.category, ())
        criterion: Criterion | None = next((each for each in rubric if each.code == row.values["criterion"]), None)
        if criterion is not None and not criterion.takes(row.values["mark"]):
            self._wrong(table, row, "mark", NOT_A_MARK, maximum=criterion.maximum, step=criterion.step)

    def _take_sheet(self, row: Row | None, marks: dict[str, int]) -> None:
        opened = self.rounds.get(row.values["round"]) if row else None
        if row is None or opened is None:
            return
        values = row.values
        sheet = Sheet(
            juror=values["juror"],
            marks=marks,
            chair=values["chair"],
            third=values["third"],
            revision=values["revision"],
            left_out=LeftOut.RECUSED if values["left_out"] == LeftOut.RECUSED else None,
            sha256=values["sha256"],
        )
        opened.sent[values["entry"], sheet.juror, sheet.revision] = Sent(
            values["received_at"], values["comment"], values["typed_by"]
        )
        counts = values["in_force"] or values["left_out"]
        (opened.sheets if counts else opened.superseded).setdefault(values["entry"], []).append(sheet)

    # Council, votes and acts

    def _acts(self) -> None:
        table = layout.ACTS
        for row in self._rows(table):
            opened = self._round(table, row)
            if opened is None:
                continue
            values = row.values
            wrong = choices.wrong_with_act(
                values["kind"],
                values["choice"],
                code=values["round"],
                ruling=opened.ruling,
                works=opened.works,
                outlets=self.outlets,
            )
            if wrong is not None:
                self._wrong(table, row, wrong.column, wrong.message, **wrong.parameters)
                continue
            opened.acts.append(Act(values["number"], values["kind"], values["subject"], values["choice"]))
            opened.recorded[values["number"]] = values["by"], values["at"]
        self.flaws.check()

    def _jurors(self) -> None:
        table = layout.JURORS
        for row in self._rows(table):
            opened = self._round(table, row)
            if opened is None:
                continue
            values = row.values
            rule = opened.regulation.round(values["round"])
            if values["panel"] not in {panel.code for panel in opened.regulation.panels_of(rule)}:
                self._wrong(table, row, "panel", UNKNOWN_PANEL, code=shown(values["panel"]))
            opened.members.append(Member(values["juror"], values["panel"], values["chair"]))
            present = presence(opened.acts, values["panel"]).get(values["juror"], set())
            if set(values["present"]) != present:
                said = " ".join(map(str, sorted(present))) or "–"
                self._wrong(table, row, "present", WRONG_PRESENCE, present=said)

    def _votes(self) -> None:
        table = layout.VOTES
        same = ("round", "ballot", "question", "panel", "voter")
        first: Row | None = None
        choice: dict[str, str] = {}
        for row in self._rows(table):
            opened = self._round(table, row)
            if opened is None:
                continue
            values = row.values
            if first is None or any(values[name] != first.values[name] for name in same):
                self._take_ballot(first, choice)
                first, choice = row, {}
            wrong = choices.wrong_with_vote(
                values,
                regulation=opened.regulation,
                ruling=opened.ruling,
                subjects=opened.works.keys() | self.outlets,
            )
            if wrong is not None:
                self._wrong(table, row, wrong.column, wrong.message, **wrong.parameters)
            elif values["subject"]:
                choice[values["subject"]] = values["choice"]
        self._take_ballot(first, choice)

    def _take_ballot(self, row: Row | None, choice: dict[str, str]) -> None:
        if row is not None:
            values = row.values
            self.rounds[values["round"]].ballots.append(
                Ballot(values["ballot"], values["question"], values["voter"], choice, values["panel"])
            )
