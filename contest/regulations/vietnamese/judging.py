"""How works are scored, voted upon, ranked and let through, in words.

Each function gives a phrase that begins with a small letter and has no full stop, so that a clause, a list and a cell
of a table can all take it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest.regulations.prizes import Group
from contest.regulations.vietnamese.names import of_categories, of_genres, of_slots, of_works
from contest.regulations.vietnamese.words import in_words, lowered, padded, points, share

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import AdvancementTerms, Aggregation, Bonus, PanelRule, RoundRule
    from contest.regulations.voting import VoteRule


def jury(rule: RoundRule, regulation: Regulation) -> str:
    """Say who judges: "mỗi loại hình một tiểu ban 05 giám khảo; mỗi tác phẩm 03 giám khảo chấm"."""
    size = padded(rule.panel_size)
    if rule.panels == "category":
        said = f"mỗi loại hình một tiểu ban {size} giám khảo"
    elif rule.panels == "council":
        said = f"một hội đồng {size} thành viên chung cho mọi tác phẩm"
    else:
        panels = "; ".join(f"{panel.name} ({works_of(panel, rule, regulation)})" for panel in rule.panels)
        said = f"các tiểu ban, mỗi tiểu ban {size} giám khảo: {panels}"
    if rule.is_voted:
        return said
    return (
        f"{said}; mỗi tác phẩm do {padded(rule.jurors_per_entry)} giám khảo chấm,"
        f" cần ít nhất {padded(rule.minimum_sheets)} phiếu"
    )


def works_of(panel: PanelRule, rule: RoundRule, regulation: Regulation) -> str:
    """Say which works a panel judges: of those that the panels before it leave."""
    panels = rule.panels if isinstance(rule.panels, tuple) else ()
    before = panels[: panels.index(panel)] if panel in panels else ()
    return of_works(_as_group(panel), regulation, map(_as_group, before))


def _as_group(panel: PanelRule) -> Group:
    return Group(code=panel.code, name=panel.name, categories=panel.categories, genres=panel.genres)


def chair(rule: RoundRule) -> str:
    """Name who presides over a panel, or over the council."""
    return "Chủ tịch Hội đồng" if rule.panels == "council" else "Trưởng tiểu ban"


def aggregation(rule: Aggregation) -> str:
    """Say how sheets become one figure."""
    if rule.of == "criterion":
        return f"tổng điểm các tiêu chí, điểm mỗi tiêu chí là {_taken_together(rule)}"
    return _taken_together(rule)


def _taken_together(rule: Aggregation) -> str:
    if rule.kind == "median":
        return "trung vị của các phiếu hợp lệ (điểm đứng giữa; số phiếu chẵn thì trung bình của hai điểm đứng giữa)"
    if rule.kind == "sum":
        return "tổng của các phiếu hợp lệ"
    if rule.kind == "mean":
        return "trung bình cộng của các phiếu hợp lệ"
    drop, least = padded(rule.drop), max(rule.when_at_least, 2 * rule.drop + 1)
    return (
        f"trung bình cộng của các phiếu hợp lệ sau khi bỏ {drop} điểm cao nhất và {drop} điểm thấp nhất;"
        f" có dưới {padded(least)} phiếu thì không bỏ điểm nào"
    )


def bonus(rule: RoundRule, regulation: Regulation) -> str:
    """Say which works get points added."""
    return "; ".join(_bonus(one, regulation) for one in rule.bonus) or "không có điểm cộng thêm"


def _bonus(one: Bonus, regulation: Regulation) -> str:
    terms = []
    if one.categories:
        terms.append(f"loại hình {of_categories(one.categories, regulation)}")
    if one.genres:
        terms.append(f"thể loại {of_genres(one.genres, regulation)}")
    if one.slots:
        terms.append(f"có tệp ở mục {of_slots(one.slots, regulation)}")
    if one.by_act:
        terms.append("theo danh sách được ghi biên bản")
    condition = f" ({', '.join(terms)})" if terms else ""
    return f"{lowered(one.name)}{condition} được cộng {points(one.points)} điểm"


def discrepancy(rule: RoundRule) -> str:
    """Say what follows when jurors differ much."""
    limit = rule.discrepancy
    if limit is None:
        return "không có quy định riêng khi điểm của các giám khảo chênh nhau"
    measured = {
        "range": f"khi điểm cao nhất và thấp nhất của một tác phẩm chênh nhau quá {points(limit.limit)} điểm",
        "distance": f"khi điểm của một giám khảo chênh quá {points(limit.limit)} điểm"
        " so với trung bình các phiếu của tác phẩm",
    }[limit.measure]
    follows = {
        "flag": "tác phẩm được đánh dấu trong bảng tổng hợp điểm để Hội đồng giám khảo lưu ý",
        "hold": f"{chair(rule)} triệu tập các giám khảo liên quan để xem xét;"
        " việc xem xét và kết luận được ghi biên bản trước khi chốt vòng chấm",
        "third_replaces": "một giám khảo khác chấm thêm; điểm của giám khảo này là điểm của tác phẩm",
        "third_joins": "một giám khảo khác chấm thêm; phiếu của giám khảo này được tính cùng các phiếu trước",
    }[limit.consequence]
    return f"{measured}, {follows}"


def ties(rule: RoundRule) -> str:
    """Say in which order equal works are told apart."""
    return "; ".join(_tie_break(tie, rule) for tie in rule.tie_breaks)


def _tie_break(tie_break: str, rule: RoundRule) -> str:
    if tie_break.startswith("criterion:"):
        code = tie_break.removeprefix("criterion:")
        names = {one.name for criteria in rule.rubrics.values() for one in criteria if one.code == code}
        return f"{_figure_of_a_criterion(rule.aggregation)} của tiêu chí “{min(names, default=code)}”"
    return {
        "highest_sheet": "phiếu có điểm cao nhất",
        "earlier_receipt": "tác phẩm được tiếp nhận sớm hơn",
        "chair_sheet": f"điểm trên phiếu của {chair(rule)} giám khảo",
        "vote": "Hội đồng giám khảo bỏ phiếu và ghi biên bản",
        "lot": "bốc thăm và ghi biên bản",
        "act": "Hội đồng giám khảo thảo luận, biểu quyết và ghi biên bản",
    }[tie_break]


def _figure_of_a_criterion(rule: Aggregation) -> str:
    return "điểm" if rule.of == "criterion" and rule.kind != "mean" else "điểm trung bình"


def advancement(rule: RoundRule, regulation: Regulation) -> str:
    """Say who goes on to the next round."""
    terms = rule.advancement
    if terms is None:
        return "đây là vòng cuối"
    is_carried = rule.vote is not None and rule.vote.kind != "ranking"
    of_carried = "trong số tác phẩm được bỏ phiếu thông qua: " if is_carried else ""
    said = [f"{of_carried}{_terms(terms, rule, ' của mỗi loại hình')}"]
    said += [
        f"riêng {of_categories([code], regulation)}: {_terms(own, rule)}" for code, own in terms.categories.items()
    ]
    if any(one.share is not None or one.top is not None for one in (terms, *terms.categories.values())):
        equal = "ngang với" if rule.is_voted else "bằng điểm"
        said.append(f"các tác phẩm {equal} tác phẩm cuối cùng cùng được vào")
    return "; ".join(said)


def _terms(terms: AdvancementTerms, rule: RoundRule, of_each: str = "") -> str:
    """Say the terms: nouns where one is enough, conditions where all are needed."""
    nouns, conditions = [], []
    if terms.share is not None:
        nouns.append(f"{share(terms.share)} số tác phẩm {_best(rule)}{of_each}, làm tròn lên")
        conditions.append(f"thuộc {nouns[-1]}")
    if terms.top is not None:
        nouns.append(f"{padded(terms.top)} tác phẩm {_best(rule)}{of_each}")
        conditions.append(f"thuộc {nouns[-1]}")
    if terms.floor is not None:
        conditions.append(f"đạt từ {points(terms.floor)} điểm trở lên")
        nouns.append(f"tác phẩm {conditions[-1]}")
    if terms.flagged:
        conditions.append(f"do {chair(rule)} nêu tên, có ghi biên bản")
        nouns.append(f"tác phẩm {conditions[-1]}")
    if terms.join == "all" and len(conditions) > 1:
        return f"tác phẩm đáp ứng đủ các điều kiện: {'; '.join(conditions)}"
    return " hoặc ".join(nouns) or "mọi tác phẩm"


def _best(rule: RoundRule) -> str:
    if rule.vote is None:
        return "có điểm cao nhất"
    return "được xếp cao nhất" if rule.vote.kind == "ranking" else "được nhiều phiếu nhất"


def vote(rule: VoteRule, *, tiers: bool = False) -> str:
    """Say how a council votes.

    :param tiers: whether it votes on the tiers themselves, from the highest down
    """
    said = [_ballot(rule, tiers=tiers), f"họp khi có mặt ít nhất {share(rule.quorum)} số thành viên"]
    if rule.kind == "ranking":
        said.append("tổng thứ tự nhỏ hơn xếp trên")
    else:
        said.append(f"được thông qua khi {_majority(rule)}")
        if rule.casting_vote:
            said.append("khi đúng một nửa tán thành thì phiếu của Chủ tịch Hội đồng quyết định")
    if rule.ballots > 1:
        said.append(
            f"bỏ phiếu không quá {in_words(rule.ballots)} lượt, tác phẩm chưa được thông qua được đưa ra lượt sau"
        )
    return "; ".join(said)


def _ballot(rule: VoteRule, *, tiers: bool) -> str:
    manner = "bỏ phiếu kín" if rule.secret else "biểu quyết công khai"
    per_tier = ", lần lượt từng hạng giải từ cao xuống thấp" if tiers and rule.kind in ("yes_no", "approval") else ""
    asked = {
        "yes_no": "tán thành hoặc không tán thành từng tác phẩm",
        "tier": "mỗi thành viên ghi một hạng giải, hoặc không ghi hạng nào, cho từng tác phẩm;"
        " phiếu cho hạng cao hơn được tính cả cho hạng thấp hơn",
        "approval": f"mỗi thành viên chọn không quá {padded(rule.most or 1)} tác phẩm",
        "ranking": "mỗi thành viên xếp thứ tự các tác phẩm",
    }[rule.kind]
    return f"{manner}, {asked}{per_tier}"


def _majority(rule: VoteRule) -> str:
    return {
        "present": "quá nửa số thành viên có mặt tán thành",
        "members": "quá nửa tổng số thành viên tán thành",
        "two_thirds": "ít nhất hai phần ba số thành viên có mặt tán thành",
    }[rule.majority]


def blindness(rule: RoundRule) -> str:
    """Say whether jurors see names."""
    if rule.blind:
        return "chấm kín: giám khảo không được biết tên tác giả và nơi đăng, phát"
    return "giám khảo thấy tên tác giả và nơi đăng, phát như đã công bố"
