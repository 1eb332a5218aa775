"""Every setting is told in the words of the regulation as it is set."""

from __future__ import annotations

import copy
from functools import cache

import pytest

from contest.regulations import document, presets, schema
from contest.regulations.mentions import rules_used, unmentioned
from contest.regulations.provisions import provisions
from contest.regulations.schema import Regulation
from contest.regulations.tables import MAKERS, tables
from contest.regulations.vietnamese import fill, places


@cache
def default():
    return document.read(presets.text("quang_ngai_2025"))


def changed(*, first=None, last=None, **parts) -> Regulation:
    """The default with other values: of its rounds, and in the tables of the document."""
    values = copy.deepcopy(default())
    values["rounds"][0] |= first or {}
    values["rounds"][-1] |= last or {}
    for name, part in parts.items():
        values[name] = values[name] | part if isinstance(part, dict) and name in values else part
    return schema.checked(values)


def rows(kind: str, regulation: Regulation) -> list[tuple[str, ...]]:
    return [row.cells for table in tables(kind, regulation) for row in table.rows]


def tiers(*changes: dict) -> list[dict]:
    """The tiers of the default, the first ones changed."""
    given = copy.deepcopy(default()["prizes"])
    for tier, change in zip(given, changes, strict=False):
        tier.update(change)
        for key in [key for key, value in change.items() if value is None]:
            del tier[key]
    return given


# What may be entered -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({}, "không quá 05 tác phẩm dự thi"),
        (
            {"by_role": [{"roles": ["Quay phim", "Dựng phim"], "works": 3}]},
            "không quá 05 tác phẩm dự thi;"
            " trong vai trò quay phim hoặc dựng phim thì tính riêng, không quá 03 tác phẩm",
        ),
        (
            {"bonus": [{"genres": ["phim_tai_lieu", "but_ky"]}]},
            "không quá 05 tác phẩm dự thi; được thêm 01 tác phẩm khi trong số đó có tác phẩm phim tài liệu hoặc bút ký",
        ),
    ],
)
def test_the_works_of_an_author(limits, said):
    assert places(changed(limits=limits))["author_limits"] == said


def test_no_limit_is_told_as_none():
    limits = {key: value for key, value in default()["limits"].items() if key in ("max_instalments", "window_share")}
    values = places(schema.checked({**default(), "limits": limits}))

    assert values["author_limits"] == "không giới hạn số tác phẩm dự thi"
    assert values["length_limits"] == "không giới hạn"
    assert "works_per_author" not in values
    assert "max_words" not in values


def test_who_sends_and_how_many():
    regulation = changed(
        entrants={
            "through": ["branch", "outlet"],
            "works_per_unit": 25,
            "unit_quotas": [{"unit": "Báo A", "works": 60}, {"unit": "Đài B", "works": 60}],
        }
    )

    assert places(regulation)["sent_by"] == "cơ quan báo chí hoặc chi hội nhà báo"
    assert places(regulation)["unit_limits"] == "không quá 25 tác phẩm; riêng Báo A và Đài B không quá 60 tác phẩm"


@pytest.mark.parametrize(
    ("staff", "jurors", "left", "said"),
    [
        (False, False, "contest", "thành viên Ban Tổ chức, Hội đồng giám khảo và Ban Thư ký không được dự thi"),
        (
            False,
            True,
            "category",
            "thành viên Ban Tổ chức và Ban Thư ký không được dự thi;"
            " giám khảo có tác phẩm dự thi thì không chấm loại hình mà mình dự thi",
        ),
        (True, False, "contest", "thành viên Hội đồng giám khảo không được dự thi"),
    ],
)
def test_who_of_the_contest_may_enter(staff, jurors, left, said):
    entrants = {"staff_may_enter": staff, "jurors_may_enter": jurors}
    if jurors:
        entrants["jurors_do_not_judge"] = left

    assert places(changed(entrants=entrants))["excluded"] == said


def test_a_category_with_limits_of_its_own_is_told_apart():
    categories = copy.deepcopy(default()["categories"])
    categories[2] |= {"max_instalments": 3, "max_minutes_per_instalment": 30}

    values = places(changed(categories=categories))

    assert values["instalment_limits"] == "không quá 05 kỳ; riêng phát thanh không quá 03 kỳ"
    assert "không quá 30 phút đối với phát thanh; không quá 60 phút đối với truyền hình" in values["length_limits"]


def test_what_an_instalment_is_asked():
    categories = copy.deepcopy(default()["categories"])
    categories[1]["instalment_fields"] = ["title", "url"]

    assert places(changed(categories=categories))["instalment_fields"] == (
        "báo in ghi số báo, trang; báo điện tử ghi tên kỳ, đường dẫn; "
        "phát thanh, truyền hình ghi kênh, giờ phát, thời lượng"
    )


# Rounds --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aggregation", "said"),
    [
        ({"kind": "mean"}, "trung bình cộng của các phiếu hợp lệ"),
        (
            {"kind": "trimmed", "drop": 2, "when_at_least": 6},
            "trung bình cộng của các phiếu hợp lệ sau khi bỏ 02 điểm cao nhất và 02 điểm thấp nhất;"
            " có dưới 06 phiếu thì không bỏ điểm nào",
        ),
        (
            {"kind": "median", "of": "criterion"},
            "tổng điểm các tiêu chí, điểm mỗi tiêu chí là trung vị của các phiếu hợp lệ"
            " (điểm đứng giữa; số phiếu chẵn thì trung bình của hai điểm đứng giữa)",
        ),
    ],
)
def test_how_sheets_become_one_figure(aggregation, said):
    assert places(changed(last={"aggregation": aggregation}))["chung_khao_aggregation"] == said


@pytest.mark.parametrize(
    ("discrepancy", "said"),
    [
        (
            {"limit": 15, "consequence": "third_replaces"},
            "khi điểm cao nhất và thấp nhất của một tác phẩm chênh nhau quá 15 điểm,"
            " một giám khảo khác chấm thêm; điểm của giám khảo này là điểm của tác phẩm",
        ),
        (
            {"limit": 12.5, "measure": "distance", "consequence": "flag"},
            "khi điểm của một giám khảo chênh quá 12,5 điểm so với trung bình các phiếu của tác phẩm,"
            " tác phẩm được đánh dấu trong bảng tổng hợp điểm để Hội đồng giám khảo lưu ý",
        ),
    ],
)
def test_what_follows_when_jurors_differ(discrepancy, said):
    text = f"limit = {discrepancy['limit']}"
    discrepancy = discrepancy | document.read(text)

    assert places(changed(first={"discrepancy": discrepancy}))["so_khao_discrepancy_rule"] == said


def test_what_differs_from_round_to_round_is_told_by_round():
    values = places(changed(first={"discrepancy": 10}))

    assert values["discrepancy_rule"].startswith("vòng sơ khảo: khi điểm cao nhất và thấp nhất")
    assert "; vòng chung khảo: khi điểm cao nhất" in values["discrepancy_rule"]
    assert values["aggregation"] == "trung bình cộng của các phiếu hợp lệ"


def test_a_lot_and_an_earlier_receipt_break_ties():
    ties = places(changed(last={"tie_breaks": ["highest_sheet", "earlier_receipt", "lot"]}))["chung_khao_ties"]

    assert ties == "phiếu có điểm cao nhất; tác phẩm được tiếp nhận sớm hơn; bốc thăm và ghi biên bản"


@pytest.mark.parametrize(
    ("advancement", "said"),
    [
        (
            {"kind": "top", "top": 10, "categories": {"BAO_IN": {"top": 20}}},
            "10 tác phẩm có điểm cao nhất của mỗi loại hình; riêng báo in: 20 tác phẩm có điểm cao nhất;"
            " các tác phẩm bằng điểm tác phẩm cuối cùng cùng được vào",
        ),
        ({"kind": "floor", "floor": 70}, "tác phẩm đạt từ 70 điểm trở lên"),
        (
            {"kind": "combination", "floor": 70, "flagged": True, "join": "any"},
            "tác phẩm đạt từ 70 điểm trở lên hoặc tác phẩm do Trưởng tiểu ban nêu tên, có ghi biên bản",
        ),
        (
            {"kind": "combination", "share": "1/3", "floor": 60},
            "tác phẩm đáp ứng đủ các điều kiện: thuộc một phần ba số tác phẩm có điểm cao nhất của mỗi loại hình,"
            " làm tròn lên; đạt từ 60 điểm trở lên; các tác phẩm bằng điểm tác phẩm cuối cùng cùng được vào",
        ),
    ],
)
def test_who_goes_on(advancement, said):
    assert places(changed(first={"advancement": advancement}))["advancement"] == said


def test_a_panel_that_takes_the_rest_is_told_so():
    panels = [
        {"code": "chu", "name": "Tiểu ban chữ", "categories": ["BAO_IN", "BAO_DIEN_TU"]},
        {"code": "khac", "name": "Tiểu ban nghe nhìn"},
    ]

    assert rows("rounds", changed(last={"panels": panels}))[2:] == [
        ("Tiểu ban chữ", "Tác phẩm loại hình báo in và báo điện tử"),
        ("Tiểu ban nghe nhìn", "Các tác phẩm còn lại"),
    ]


def test_a_weight_and_a_comment_stand_in_the_table_of_criteria():
    rubrics = copy.deepcopy(default()["rubrics"])
    for rubric in rubrics:
        for criterion in rubric["criteria"]:
            criterion.pop("guidance")
            criterion.update(document.read("maximum = 10\nstep = 0.5"))
            criterion["weight"] = 2
        rubric["criteria"][0]["comment_below"] = 4

    regulation = changed(rubrics=rubrics)

    assert rows("criteria", regulation)[0][1:] == ("10 × 2",) * 4
    assert rows("criteria", regulation)[0][0].endswith("(dưới 4 điểm phải ghi nhận xét)")
    assert rows("criteria", regulation)[-1] == ("Cộng", "100", "100", "100", "100")


def test_categories_with_the_same_sheet_share_a_column_of_the_table_of_criteria():
    shared = dict.fromkeys(("BAO_IN", "BAO_DIEN_TU"), "bao_in") | dict.fromkeys(
        ("PHAT_THANH", "TRUYEN_HINH"), "phat_thanh"
    )
    alike = dict.fromkeys(shared, "bao_in")

    assert tables("criteria", changed(first={"rubrics": shared}, last={"rubrics": shared}))[0].columns == (
        "Tiêu chí",
        "Báo in, báo điện tử",
        "Phát thanh, truyền hình",
    )
    assert tables("criteria", changed(first={"rubrics": alike}, last={"rubrics": alike}))[0].columns == (
        "Tiêu chí",
        "Điểm tối đa",
    )


def voted(**vote) -> Regulation:
    final = {key: default()["rounds"][1][key] for key in ("code", "name", "opens", "closes", "panel_size", "blind")}
    final |= {"vote": {"kind": "yes_no"} | vote, "panels": "council", "tie_breaks": ["act"]}
    return changed(
        rounds=[default()["rounds"][0], final],
        awarding={"method": "vote"},
        prizes=tiers(*[{"floor": None}] * 4),
    )


@pytest.mark.parametrize(
    ("vote", "said"),
    [
        (
            {},
            "bỏ phiếu kín, tán thành hoặc không tán thành từng tác phẩm, lần lượt từng hạng giải từ cao xuống thấp;"
            " họp khi có mặt ít nhất một nửa số thành viên;"
            " được thông qua khi quá nửa số thành viên có mặt tán thành",
        ),
        (
            {
                "quorum": "2/3",
                "majority": "two_thirds",
                "ballots": 3,
                "secret": False,
                "kind": "approval",
                "most": 2,
            },
            "biểu quyết công khai, mỗi thành viên chọn không quá 02 tác phẩm, lần lượt từng hạng giải từ cao xuống"
            " thấp; họp khi có mặt ít nhất hai phần ba số thành viên;"
            " được thông qua khi ít nhất hai phần ba số thành viên có mặt tán thành;"
            " bỏ phiếu không quá ba lượt, tác phẩm chưa được thông qua được đưa ra lượt sau",
        ),
        (
            {"kind": "ranking"},
            "bỏ phiếu kín, mỗi thành viên xếp thứ tự các tác phẩm;"
            " họp khi có mặt ít nhất một nửa số thành viên; tổng thứ tự nhỏ hơn xếp trên",
        ),
    ],
)
def test_how_a_council_votes(vote, said):
    assert places(voted(**vote))["vote"] == said


def test_the_chair_of_a_council_has_another_name_than_that_of_a_panel():
    assert "phiếu của Trưởng tiểu ban giám khảo" in places(changed())["chung_khao_ties"]
    assert "phiếu của Chủ tịch Hội đồng giám khảo" in places(changed(last={"panels": "council"}))["chung_khao_ties"]


def test_only_what_the_council_has_carried_goes_on():
    rounds = [
        {key: default()["rounds"][0][key] for key in ("code", "name", "opens", "closes", "panel_size", "blind")},
        default()["rounds"][1],
    ]
    rounds[0] |= {"vote": {"kind": "yes_no"}, "advancement": {"kind": "top", "top": 10}}

    assert places(changed(rounds=rounds))["advancement"] == (
        "trong số tác phẩm được bỏ phiếu thông qua: 10 tác phẩm được nhiều phiếu nhất của mỗi loại hình;"
        " các tác phẩm ngang với tác phẩm cuối cùng cùng được vào"
    )


def test_a_voted_round_has_no_points_in_its_tables():
    regulation = voted(casting_vote=True, majority="members")

    assert [column for column in tables("prizes", regulation)[0].columns if "Điểm" in column] == []
    assert rows("rounds", regulation)[1][1] == "Bỏ phiếu"
    assert rows("rounds", regulation)[1][-2:] == ("–", "–")
    assert "khi đúng một nửa tán thành thì phiếu của Chủ tịch Hội đồng quyết định" in places(regulation)["vote"]


# Prizes --------------------------------------------------------------------------------------------------------------


def test_a_table_of_prizes_where_categories_differ_counts_each():
    regulation = changed(prizes=tiers({}, {}, {}, {"quotas": {"TRUYEN_HINH": 3}}))

    assert rows("prizes", regulation)[4:] == [
        ("Báo in", "1", "2", "3", "5", "11"),
        ("Báo điện tử", "1", "2", "3", "5", "11"),
        ("Phát thanh", "1", "2", "3", "5", "11"),
        ("Truyền hình", "1", "2", "3", "3", "9"),
        ("Cộng", "4", "8", "12", "18", "42"),
    ]
    assert places(regulation)["totals"] == (
        "toàn Cuộc thi có không quá 42 giải cho tác phẩm, tổng tiền thưởng không quá 308.000.000 đồng"
    )


def test_a_group_that_takes_the_rest_is_told_so():
    groups = [
        {"code": "dai", "name": "Thể loại dài", "categories": ["BAO_IN"], "genres": ["but_ky", "ky_su"]},
        {"code": "in", "name": "Báo in khác", "categories": ["BAO_IN"]},
        {"code": "khac", "name": "Loại hình khác"},
    ]

    assert [row[0] for row in rows("prizes", changed(awarding={"scope": "groups", "groups": groups}))[5:8]] == [
        "Thể loại dài (tác phẩm loại hình báo in, thể loại bút ký hoặc ký sự)",
        "Báo in khác (tác phẩm loại hình báo in còn lại)",
        "Loại hình khác (các tác phẩm còn lại)",
    ]


def test_works_that_no_group_takes_are_told_to_win_nothing():
    groups = [
        {"code": "in", "name": "Báo in", "categories": ["BAO_IN", "BAO_DIEN_TU", "PHAT_THANH"]},
        {"code": "hinh", "name": "Phim", "categories": ["TRUYEN_HINH"], "genres": ["phim_tai_lieu"]},
    ]
    first, second, left, total = rows("prizes", changed(awarding={"scope": "groups", "groups": groups}))[5:9]

    assert left[0].startswith("Không xét giải: Truyền hình, thể loại ")
    assert "phim tài liệu" not in left[0]
    assert set(left[1:]) == {"–"}
    assert (len(first), len(second), total[0]) == (len(left), len(left), "Cộng")


def test_bands_are_told_from_point_to_point():
    regulation = changed(awarding={"method": "bands"}, prizes=tiers(*[{"quota": None}] * 4))

    assert [row[1:3] for row in rows("prizes", regulation)] == [
        ("từ 90 trở lên", "không giới hạn"),
        ("từ 80 đến dưới 90", "không giới hạn"),
        ("từ 70 đến dưới 80", "không giới hạn"),
        ("từ 60 đến dưới 70", "không giới hạn"),
    ]
    assert places(regulation)["totals"] == "số giải của toàn Cuộc thi tùy theo số tác phẩm đạt"


def test_money_is_told_with_the_amount_it_comes_to():
    regulation = changed(
        base_salary={
            "on": default()["calendar"]["ceremony_on"],
            "amounts": [{"since": default()["calendar"]["launched_on"], "amount": 2_340_000}],
        },
        prizes=tiers(
            {"money": {"multiple": 10}},
            {"money": {"multiple": "7/2"}},
            {"money": {"amount": 5_000_000, "in_kind": "một máy ảnh", "worth": 12_000_000}},
            {"money": {"in_kind": "một bộ sách"}},
        ),
    )

    assert [row[-1] for row in rows("prizes", regulation)][:4] == [
        "10 × 2.340.000 = 23.400.000",
        "3,5 × 2.340.000 = 8.190.000",
        "5.000.000 và một máy ảnh (trị giá 12.000.000)",
        "một bộ sách",
    ]


def test_special_thematic_and_collective_prizes_stand_in_a_table_of_their_own():
    regulation = changed(
        special_prizes=[
            {"code": "DB", "name": "Giải Đặc biệt", "from_tiers": ["A"], "by": "mean", "money": 30_000_000}
        ],
        thematic_prizes=[{"code": "CD", "name": "Giải Biển đảo", "topics": ["kinh_te"], "money": 5_000_000}],
        collective_prizes=[
            {"code": "TT", "name": "Giải tập thể", "points_per_work": 1, "points_per_prize": {"A": "5/2"}, "money": 0}
        ],
    )

    found = {row[0]: row[1:] for row in rows("prizes", regulation)[5:]}
    assert found["Giải Đặc biệt"][0] == (
        "Chọn trong các tác phẩm đạt Giải A; theo điểm từ cao xuống; tác phẩm nhận giải này thay cho giải đã xét"
    )
    assert found["Giải Biển đảo"][0] == (
        "Tác phẩm lĩnh vực “Kinh tế”; theo điểm từ cao xuống; chỉ xét tác phẩm chưa đạt giải"
    )
    assert found["Giải tập thể"] == (
        "Cơ quan báo chí có từ 01 tác phẩm hợp lệ; xếp theo tổng điểm: mỗi tác phẩm hợp lệ 1 điểm, mỗi Giải A 2,5 điểm",
        "1",
        "–",
    )
    assert places(regulation)["money_total"] == "336.000.000"


def test_a_special_prize_that_replaces_costs_only_what_it_adds():
    special = {"code": "DB", "name": "Giải Đặc biệt", "from_tiers": ["A"], "money": 40_000_000}

    assert places(changed(special_prizes=[special]))["money_total"] == "341.000.000"
    assert places(changed(special_prizes=[special | {"replaces": False}]))["money_total"] == "356.000.000"


def test_approvals_complaints_and_what_goes_on_stand_between_result_and_ceremony():
    regulation = changed(
        gates={"approvals": ["Ban Tổ chức", "Ủy ban nhân dân tỉnh"], "no_open_complaint": True},
        carry_on={"tiers": ["A", "B"], "top": 3},
    )

    found = dict(rows("gates", regulation))
    assert found["Phê duyệt"].endswith("được phê duyệt lần lượt bởi Ban Tổ chức và Ủy ban nhân dân tỉnh")
    assert found["Khiếu nại"] == "Quyết định tặng giải chỉ được ban hành khi mọi khiếu nại đã được trả lời"
    assert found["Vòng tổng kết"].startswith("Tác phẩm đạt Giải A hoặc Giải B và 03 tác phẩm có điểm cao nhất")


def test_how_complaints_are_handled_is_told_where_it_differs_from_the_usual():
    asking = changed(gates={"complaint_days": 5, "answer_days": 7, "remark": "join", "remark_jurors": 3})

    assert dict(rows("gates", asking))["Khiếu nại"] == (
        "Khiếu nại được tiếp nhận trong thời gian niêm yết và trong 05 ngày tiếp theo, được trả lời bằng văn bản trong"
        " 07 ngày kể từ ngày nhận; khi cần chấm lại, ít nhất 03 giám khảo khác chấm và phiếu của họ được tính cùng với"
        " các phiếu trước"
    )
    assert "gates.complaint_days" in {mention.path for mention in unmentioned(asking, {"criteria", "prizes"}, set())}


def test_that_scores_are_made_public_is_told_where_they_are():
    opening = changed(gates={"open_scores": True})

    assert "Công bố điểm" not in dict(rows("gates", changed()))
    assert dict(rows("gates", opening))["Công bố điểm"].startswith(
        "Sau khi công bố kết quả, Ban Tổ chức công bố điểm không kèm tên giám khảo"
    )
    told = {mention.path for mention in unmentioned(opening, {"criteria", "prizes"}, set())}
    assert "gates.open_scores" in told
    assert "gates.open_scores" not in {
        mention.path for mention in unmentioned(opening, {"criteria", "prizes"}, {"open_scores"})
    }
    assert places(changed())["open_scores"] == "điểm của từng giám khảo và từng tác phẩm không được công bố"


def test_what_winners_confirm_and_how_long_bank_details_are_kept_is_told_where_it_is_asked():
    plain, asking = dict(rows("gates", changed())), changed(gates={"winners_confirm": True, "bank_days": 30})

    assert not {"Xác nhận", "Chi thưởng"} & set(plain)
    found = dict(rows("gates", asking))
    assert "trong thời hạn 07 ngày" in found["Xác nhận"]
    assert found["Chi thưởng"].endswith("được xóa sau 30 ngày kể từ lần chi cuối cùng")
    told = {mention.path for mention in unmentioned(asking, {"criteria", "prizes"}, set())}
    assert {"gates.winners_confirm", "gates.bank_days"} <= told
    assert not {"gates.winners_confirm", "gates.bank_days"} & {
        mention.path for mention in unmentioned(asking, {"criteria", "prizes"}, {"winners", "payment"})
    }


def test_what_becomes_of_a_revoked_prize_is_told_where_it_is_given_again():
    assert "Thu hồi giải" not in dict(rows("gates", changed()))
    moving = changed(awarding={"on_revocation": "next_moves_up"})
    assert "tác phẩm xếp kế tiếp được xét nâng lên" in dict(rows("gates", moving))["Thu hồi giải"]
    assert "awarding.on_revocation" in {mention.path for mention in unmentioned(moving, {"criteria", "prizes"}, set())}
    assert "awarding.on_revocation" not in {
        mention.path for mention in unmentioned(moving, {"criteria", "prizes"}, {"revocation"})
    }


def test_no_posting_is_told_as_none():
    calendar = {key: value for key, value in default()["calendar"].items() if not key.startswith("posting")}
    regulation = schema.checked({**default(), "calendar": calendar})

    assert "Niêm yết kết quả dự kiến" not in dict(rows("calendar", regulation))
    assert dict(rows("gates", regulation))["Niêm yết"] == (
        "Kết quả không niêm yết trước khi ban hành quyết định tặng giải"
    )
    assert "posting_days" not in places(regulation)


# The text as a whole -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", presets.NAMES)
def test_every_table_of_every_preset_is_set_and_nothing_is_left_to_fill_in(name):
    regulation = schema.parse(presets.text(name))

    for kind in MAKERS:
        for table in tables(kind, regulation):
            assert all(row.kind == "group" or len(row.cells) == len(table.columns) for row in table.rows)
            assert all(cell for row in table.rows for cell in row.cells[:1])
    for chapter in provisions(regulation):
        for article in chapter.articles:
            for clause in article.clauses:
                assert "{" not in clause.text
                assert clause.text[0] == clause.text[0].upper()


def test_a_place_that_begins_a_sentence_begins_with_a_capital():
    values = {"one": "một tác phẩm", "two": "hai tác phẩm"}

    assert fill("{one}, {two}. {two}.", values) == "Một tác phẩm, hai tác phẩm. Hai tác phẩm."


def test_rules_are_stated_where_their_setting_is_used():
    assert "works_per_unit" not in rules_used(changed())
    used = rules_used(
        changed(
            entrants={"works_per_unit": 3, "through": ["outlet"]},
            limits={"same_topic": "warn", "earlier_instalments": "merge"},
        )
    )
    assert {"works_per_unit", "through", "same_topic", "earlier_instalments"} <= set(used)


def test_a_setting_that_the_text_keeps_to_itself_is_found():
    regulation = changed(
        limits={"bonus": [{"genres": ["but_ky"]}]},
        last={"aggregation": {"kind": "median"}},
        gates={"no_open_complaint": True},
    )
    shown = {"criteria", "prizes"}

    assert [mention.path for mention in unmentioned(regulation, shown, set())] == [
        "limits.bonus",
        "rounds[chung_khao].aggregation",
        "gates.no_open_complaint",
    ]
    assert list(unmentioned(regulation, shown, {"author_limits", "chung_khao_aggregation", "complaints"})) == []
    assert list(unmentioned(regulation, shown | {"limits", "judging", "gates"}, set())) == []


def test_the_default_keeps_nothing_to_itself():
    assert list(unmentioned(changed(), {"criteria", "prizes"}, set())) == []


def test_a_document_that_contradicts_itself_still_has_words():
    values = copy.deepcopy(default())
    values["awarding"] = {"scope": "groups", "groups": [{"code": "x", "name": "X", "genres": ["nowhere"]}]}
    values["rounds"][1] |= {
        "panels": [{"code": "p", "name": "P", "categories": ["NOWHERE"]}],
        "bonus": [{"code": "b", "name": "B", "points": 1, "slots": ["nowhere"], "categories": ["NOWHERE"]}],
        "tie_breaks": ["criterion:nowhere"],
        "rubrics": {"NOWHERE": "nowhere"},
    }
    values["prizes"][0]["money"] = {"multiple": 3}
    values["thematic_prizes"] = [{"code": "T", "name": "T", "topics": ["nowhere"], "by": "vote", "money": 1}]
    values["special_prizes"] = [{"code": "S", "name": "S", "from_tiers": ["NOWHERE"], "by": "vote", "money": 1}]
    values["collective_prizes"] = [{"code": "C", "name": "C", "points_per_prize": {"NOWHERE": 1}, "money": 1}]
    values["carry_on"] = {}
    values["gates"] = {"approvals": []}

    regulation = Regulation.model_validate(values)

    assert places(regulation)
    for kind in ("limits", "rounds", "criteria", "judging", "prizes", "gates"):
        assert tables(kind, regulation) is not None
