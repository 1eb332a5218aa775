"""Prizes, their money, and what stands between the last round and the wall, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from contest.regulations import totals
from contest.regulations.vietnamese.judging import vote
from contest.regulations.vietnamese.names import of_tiers, of_works
from contest.regulations.vietnamese.words import exactly, grouped, listed, long_date, padded, points

if TYPE_CHECKING:
    from contest.regulations.prizes import CarryOn, CollectivePrize, PrizeMoney, SpecialPrize, ThematicPrize, Tier
    from contest.regulations.schema import Regulation


def money(prize: PrizeMoney, regulation: Regulation) -> str:
    """Write what comes with a prize, đồng without their unit: "15.000.000", "10 × 2.340.000 = 23.400.000"."""
    said = []
    if prize.multiple is not None:
        said.append(_multiple(prize.multiple, prize, regulation))
    elif prize.amount:
        said.append(grouped(prize.amount))
    if prize.in_kind:
        worth = f" (trị giá {grouped(prize.worth)})" if prize.worth else ""
        said.append(f"{prize.in_kind}{worth}")
    return listed(said) or "–"


def _multiple(factor: Fraction, prize: PrizeMoney, regulation: Regulation) -> str:
    salary = regulation.base_salary.amount if regulation.base_salary else None
    product = f"{exactly(factor)} × {grouped(salary) if salary else 'mức lương cơ sở'}"
    if prize.amount:
        product = f"{product} + {grouped(prize.amount)}"
    return f"{product} = {grouped(int(totals.paid(prize, regulation)))}" if salary else product


def base_salary(regulation: Regulation) -> str | None:
    """Say the base salary that counts: "2.340.000 đồng, mức của ngày 01 tháng 10 năm 2025"."""
    rule = regulation.base_salary
    if rule is None or rule.amount is None:
        return None
    return f"{grouped(rule.amount)} đồng, mức của {long_date(rule.on)}"


def quota(count: int | None, *, exact: bool = False) -> str:
    """Write how many prizes of a tier there are."""
    if count is None:
        return "không giới hạn"
    return f"đúng {grouped(count)}" if exact else grouped(count)


def band(tier: Tier, regulation: Regulation) -> str:
    """Write the points in whose band a tier is won: "từ 8 đến dưới 9"."""
    tiers = list(regulation.prizes)
    place = tiers.index(tier)
    if place == 0:
        return f"từ {points(tier.floor)} trở lên"
    return f"từ {points(tier.floor)} đến dưới {points(tiers[place - 1].floor)}"


def method(regulation: Regulation) -> str:
    """Say how the tiers are given."""
    limited = any(tier.quota is not None or tier.quotas for tier in regulation.prizes)
    said = {
        "quota": "xét từ điểm cao xuống, mỗi tác phẩm nhận hạng giải cao nhất mà nó đạt mức điểm và còn giải",
        "bands": "mỗi tác phẩm nhận hạng giải có khung điểm chứa điểm của tác phẩm"
        + ("; hạng đã đủ số giải thì thôi, không chuyển sang hạng khác" if limited else ""),
        "vote": "hạng giải do Hội đồng giám khảo bỏ phiếu ở vòng cuối",
    }[regulation.awarding.method]
    exact = [tier.name for tier in regulation.prizes if tier.exact]
    if exact:
        return f"{said}; {listed(exact)} phải trao đủ số giải, trao thiếu phải được chấp thuận và ghi biên bản"
    return f"{said}; hạng nào không có tác phẩm đạt thì để trống"


def in_all(regulation: Regulation) -> str:
    """Say how many prizes and how much money there are at most: "toàn Cuộc thi có không quá 44 giải, …"."""
    count, most = totals.prizes_at_most(regulation), totals.money_at_most(regulation)
    if count is None or most is None:
        return "số giải của toàn Cuộc thi tùy theo số tác phẩm đạt"
    paid = f", tổng tiền thưởng không quá {grouped(most)} đồng" if most else ""
    return f"toàn Cuộc thi có không quá {grouped(count)} giải cho tác phẩm{paid}"


def special(prize: SpecialPrize, regulation: Regulation) -> str:
    """Say how a prize is drawn from the winners of tiers."""
    said = [f"chọn trong các tác phẩm đạt {of_tiers(prize.from_tiers, regulation)}", _chosen(prize)]
    if prize.floor:
        said.append(f"đạt từ {points(prize.floor)} điểm")
    said.append(
        "tác phẩm nhận giải này thay cho giải đã xét"
        if prize.replaces
        else "tác phẩm nhận giải này cùng với giải đã xét"
    )
    return "; ".join(said)


def thematic(prize: ThematicPrize, regulation: Regulation) -> str:
    """Say which works a prize across the groups is for."""
    said = [of_works(prize, regulation), _chosen(prize)]
    if prize.floor:
        said.append(f"đạt từ {points(prize.floor)} điểm")
    said.append("chỉ xét tác phẩm chưa đạt giải" if regulation.awarding.one_prize else "xét cả tác phẩm đã đạt giải")
    return "; ".join(said)


def collective(prize: CollectivePrize, regulation: Regulation) -> str:
    """Say how a prize for newsrooms is found."""
    considered = f"cơ quan báo chí có từ {padded(prize.minimum_works)} tác phẩm hợp lệ"
    if prize.by != "formula":
        return f"{considered}; {_chosen(prize)}"
    names = {tier.code: tier.name for tier in regulation.prizes}
    parts = [f"mỗi tác phẩm hợp lệ {exactly(prize.points_per_work)} điểm"] if prize.points_per_work else []
    parts += [f"mỗi {names.get(code, code)} {exactly(value)} điểm" for code, value in prize.points_per_prize.items()]
    return f"{considered}; xếp theo tổng điểm: {', '.join(parts)}"


def _chosen(prize: SpecialPrize | ThematicPrize | CollectivePrize) -> str:
    if prize.by == "vote" and prize.vote is not None:
        return vote(prize.vote)
    return {
        "mean": "theo điểm từ cao xuống",
        "vote": "Hội đồng giám khảo bỏ phiếu",
        "act": "Ban Tổ chức quyết định theo đề nghị của Hội đồng giám khảo, có ghi biên bản",
        "formula": "theo điểm tính được",
    }[prize.by]


def one_prize(regulation: Regulation) -> str:
    """Say whether a work can win more than once."""
    if not regulation.awarding.one_prize:
        return "một tác phẩm có thể nhận hơn một giải"
    added = [prize.name for prize in regulation.special_prizes if not prize.replaces]
    return f"mỗi tác phẩm chỉ nhận một giải{f', trừ khi được nhận thêm {listed(added)}' if added else ''}"


def approvals(regulation: Regulation) -> str:
    """Say who approves the list, in their order."""
    bodies = regulation.gates.approvals
    if bodies is None:
        return "danh sách đề nghị tặng giải được cấp có thẩm quyền phê duyệt trước khi ban hành quyết định"
    if not bodies:
        return "danh sách đề nghị tặng giải không qua cấp phê duyệt nào khác"
    return f"danh sách đề nghị tặng giải được phê duyệt {'lần lượt ' if len(bodies) > 1 else ''}bởi {listed(bodies)}"


def posting(regulation: Regulation) -> str:
    """Say whether and when the proposed list is posted."""
    span, days = regulation.calendar.posting, regulation.calendar.posting_days
    if span is None:
        return "kết quả không niêm yết trước khi ban hành quyết định tặng giải"
    promised = f" {padded(days)} ngày" if days else ""
    return (
        f"danh sách tác phẩm dự kiến đạt giải được niêm yết công khai{promised}, dự kiến từ {long_date(span.first)}"
        f" đến hết {long_date(span.last)}, trước khi ban hành quyết định tặng giải"
    )


def complaints(regulation: Regulation) -> str:
    """Say until when complaints are taken in, how they are handled, and whether an open one holds the decision."""
    rule = regulation.gates
    said = "khiếu nại được xem xét và trả lời bằng văn bản"
    if rule.no_open_complaint:
        said = "quyết định tặng giải chỉ được ban hành khi mọi khiếu nại đã được trả lời"
    if rule.handles_complaints_as_usual:
        return said
    after = f" và trong {padded(rule.complaint_days)} ngày tiếp theo" if rule.complaint_days else ""
    counted = "thay cho" if rule.remark == "replace" else "cùng với"
    return (
        f"khiếu nại được tiếp nhận trong thời gian niêm yết{after}, được trả lời bằng văn bản trong"
        f" {padded(rule.answer_days)} ngày kể từ ngày nhận; khi cần chấm lại, ít nhất {padded(rule.remark_jurors)} giám"
        f" khảo khác chấm và phiếu của họ được tính {counted} các phiếu trước"
        + ("; " + said if rule.no_open_complaint else "")
    )


def revocation(regulation: Regulation) -> str:
    """Say what becomes of a prize that is taken back."""
    if regulation.awarding.on_revocation == "empty":
        return "giải đã trao bị thu hồi thì không trao lại cho tác phẩm khác"
    return (
        "khi một giải bị thu hồi, tác phẩm xếp kế tiếp được xét nâng lên, không vượt quá cơ cấu giải và không thấp hơn"
        " mức điểm quy định"
    )


def winners(regulation: Regulation) -> str:
    """Say whether the winners confirm what is printed of them."""
    if not regulation.gates.winners_confirm:
        return "giấy chứng nhận ghi tên tác giả, tên tác phẩm và đơn vị theo quyết định tặng giải"
    return (
        "trước khi in giấy chứng nhận, người đạt giải được mời xác nhận họ tên, bút danh, thứ tự tác giả, đơn vị và tên"
        f" tác phẩm trong thời hạn {padded(regulation.gates.winners_days)} ngày; hết thời hạn, Ban Tổ chức được in theo"
        " quyết định tặng giải"
    )


def payment(regulation: Regulation) -> str:
    """Say for how long bank details are kept."""
    return (
        "tiền thưởng được chi sau khi có quyết định tặng giải; thông tin tài khoản nhận tiền chỉ dùng để chi thưởng và"
        f" được xóa sau {padded(regulation.gates.bank_days)} ngày kể từ lần chi cuối cùng"
    )


def open_scores(regulation: Regulation) -> str:
    """Say whether the marks are made public."""
    if not regulation.gates.open_scores:
        return "điểm của từng giám khảo và từng tác phẩm không được công bố"
    return (
        "sau khi công bố kết quả, Ban Tổ chức công bố điểm không kèm tên giám khảo; ai cũng có thể tải toàn bộ điểm của"
        " các tác phẩm được xét để tính lại kết quả"
    )


ACTS = {
    "reopen_round": "cho giám khảo thêm giờ hoặc giao chấm lại",
    "unblind": "công bố tên tác giả của vòng ẩn danh",
    "conclude_again": "kết luận lại vòng đã chốt",
    "publish": "công bố kết quả",
    "correct_result": "đính chính quyết định tặng giải",
    "revoke": "tạm thu hồi, thu hồi hoặc khôi phục giải",
    "change_organizers": "thêm, thay đổi hoặc thôi vai trò của thành viên Ban Tổ chức",
    "reset_factor": "gỡ yếu tố xác thực thứ hai của người khác",
}


def second_person(regulation: Regulation) -> str:
    """Say which acts need a second person."""
    rule = regulation.safeguards
    if not rule.second_person:
        return "các việc của Ban Tổ chức do một người thực hiện"
    return (
        f"các việc sau do một người đề nghị và một người khác trong Ban Tổ chức xác nhận trong"
        f" {padded(rule.second_person_days)} ngày: {listed(ACTS[code] for code in rule.second_person)}"
    )


def carry_on(rule: CarryOn, regulation: Regulation) -> str:
    """Say which works of a phase go on into the closing contest."""
    said = []
    if rule.tiers:
        said.append(f"tác phẩm đạt {of_tiers(rule.tiers, regulation)}")
    if rule.top is not None:
        said.append(
            f"{padded(rule.top)} tác phẩm có điểm cao nhất của mỗi nhóm xét giải"
            " (các tác phẩm bằng điểm tác phẩm cuối cùng cùng được chọn)"
        )
    return f"{' và '.join(said) or 'không có tác phẩm nào'} được chuyển vào vòng tổng kết của Cuộc thi"
