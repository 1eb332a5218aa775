"""Tables of rounds, panels, criteria and the rules of judging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.regulations.tables.shapes import Row, Table
from contest.regulations.tables.timing import moments
from contest.regulations.vietnamese import exactly, lowered, points, raised
from contest.regulations.vietnamese import judging as words

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Criterion, RoundRule

NONE = "–"


def rounds(regulation: Regulation) -> Iterator[Table]:
    """Set the rounds with their juries, and the panels where the regulation lists them."""
    voted = any(rule.is_voted for rule in regulation.rounds)
    rows = tuple(_round(rule, with_manner=voted) for rule in regulation.rounds)
    panel = {
        frozenset({"council"}): "Thành viên hội đồng",
        frozenset({"category"}): "Giám khảo mỗi tiểu ban",
    }.get(frozenset(str(rule.panels) for rule in regulation.rounds), "Số giám khảo")
    manner = ("Cách làm",) if voted else ()
    columns = ("Vòng", *manner, "Thời gian chấm", panel, "Giám khảo mỗi tác phẩm", "Số phiếu tối thiểu")
    figures = frozenset(range(len(columns) - 3, len(columns)))
    yield Table("rounds", "Các vòng chấm", columns, rows, figures)
    for rule in regulation.rounds:
        if not isinstance(rule.panels, str):
            panels = tuple(Row((panel.name, raised(words.works_of(panel, rule, regulation)))) for panel in rule.panels)
            caption = f"Các tiểu ban vòng {lowered(rule.name)}"
            yield Table("panels", caption, ("Tiểu ban", "Tác phẩm được giao"), panels)


def _round(rule: RoundRule, *, with_manner: bool) -> Row:
    manner = ("Bỏ phiếu" if rule.is_voted else "Chấm điểm",) if with_manner else ()
    jury = (NONE, NONE) if rule.is_voted else (str(rule.jurors_per_entry), str(rule.minimum_sheets))
    return Row((rule.name, *manner, moments(rule), str(rule.panel_size), *jury))


def criteria(regulation: Regulation) -> Iterator[Table]:
    """Set the criteria by category; one table serves all scored rounds when they have the same score sheets."""
    scored = [rule for rule in regulation.rounds if not rule.is_voted]
    alone = all(rule.rubric_codes == scored[0].rubric_codes for rule in scored)
    for rule in scored[:1] if alone else scored:
        of_round = "" if alone else f", vòng {lowered(rule.name)}"
        yield _criteria_of(rule, regulation, f"Tiêu chí và điểm tối đa{of_round}")


def _criteria_of(rule: RoundRule, regulation: Regulation, caption: str) -> Table:
    judged: dict[str, list[str]] = {}
    for category in regulation.categories:
        if category.code in rule.rubrics:
            judged.setdefault(rule.rubric_codes[category.code], []).append(category.name)
    rubrics = {rule.rubric_codes[code]: criteria for code, criteria in rule.rubrics.items()}
    sheets = [{criterion.code: criterion for criterion in rubrics[code]} for code in judged]
    rows = []
    for code in dict.fromkeys(code for sheet in sheets for code in sheet):
        found = [sheet.get(code) for sheet in sheets]
        names = dict.fromkeys(_name(criterion) for criterion in found if criterion)
        name = "; ".join([next(iter(names)), *(lowered(name) for name in list(names)[1:])])
        rows.append(Row((name, *(_maximum(criterion) for criterion in found))))
    rows.append(Row(("Cộng", *(points(rule.scale) for _ in sheets)), "sum"))
    headings = [", ".join([names[0], *map(lowered, names[1:])]) for names in judged.values()]
    columns = ("Tiêu chí", *(headings if len(headings) > 1 else ["Điểm tối đa"]))
    return Table("criteria", caption, columns, tuple(rows), frozenset(range(1, len(columns))))


def _name(criterion: Criterion) -> str:
    if criterion.comment_below is None:
        return criterion.name
    return f"{criterion.name} (dưới {points(criterion.comment_below)} điểm phải ghi nhận xét)"


def _maximum(criterion: Criterion | None) -> str:
    if criterion is None:
        return NONE
    if criterion.weight == 1:
        return points(criterion.maximum)
    return f"{points(criterion.maximum)} × {exactly(criterion.weight)}"


def rules(regulation: Regulation) -> Iterator[Table]:
    """Set how every round is held, in words."""
    rows: list[Row] = []
    for rule in regulation.rounds:
        rows += [Row((_round_name(rule),), "group")]
        rows += [Row((what, raised(how))) for what, how in _rules_of(rule, regulation)]
    yield Table("judging", "Cách chấm và xét ở từng vòng", ("Nội dung", "Quy định"), tuple(rows))


def _round_name(rule: RoundRule) -> str:
    return rule.name if rule.name.lower().startswith("vòng") else f"Vòng {lowered(rule.name)}"


def _rules_of(rule: RoundRule, regulation: Regulation) -> Iterator[tuple[str, str]]:
    yield ("Hội đồng" if rule.is_voted else "Giám khảo"), words.jury(rule, regulation)
    if rule.blind:
        yield "Chấm kín", words.blindness(rule)
    if rule.vote is not None:
        decides = rule is regulation.rounds[-1] and regulation.awarding.method == "vote"
        yield "Bỏ phiếu", words.vote(rule.vote, tiers=decides)
    else:
        yield "Điểm của tác phẩm", words.aggregation(rule.aggregation)
        if rule.bonus:
            yield "Điểm cộng thêm", words.bonus(rule, regulation)
        if rule.discrepancy is not None:
            yield "Chênh lệch điểm", words.discrepancy(rule)
    yield "Khi bằng nhau, xét lần lượt", words.ties(rule)
    if rule.advancement is not None:
        yield "Vào vòng sau", words.advancement(rule, regulation)
