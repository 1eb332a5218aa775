"""Regulations whose every value has the right shape and which contradict themselves, each with its places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from contest.regulations import document, presets
from tests.regulations.changing import GONE, changed

SHEETS = ("scale", "rubrics", "discrepancy", "jurors_per_entry", "minimum_sheets")
CLAUSES = "chapters.2.articles.0.clauses.+"

PRESET = changed(
    document.read(presets.text("quang_ngai_2025")),
    {f"{CLAUSES}": {"text": "Giới hạn theo bảng dưới đây.", "table": "limits"}},
)
PRESET = changed(PRESET, {CLAUSES: {"text": "Phê duyệt theo bảng dưới đây.", "table": "gates"}})

YES_NO: dict[str, Any] = {"kind": "yes_no"}
VOTED = changed(
    PRESET,
    {
        **{f"rounds.chung_khao.{name}": GONE for name in SHEETS},
        "rounds.chung_khao.vote": YES_NO,
        "rounds.chung_khao.tie_breaks": ["earlier_receipt", "vote", "lot"],
        "awarding.method": "vote",
        **{f"prizes.{tier}.floor": GONE for tier in ("A", "B", "C", "KK")},
    },
)
BANDS = changed(PRESET, {"awarding.method": "bands"})
GROUPED = changed(
    PRESET,
    {
        "awarding.scope": "groups",
        "awarding.groups": [
            {"code": "viet", "name": "Báo viết", "categories": ["BAO_IN", "BAO_DIEN_TU"]},
            {"code": "phim", "name": "Phim", "genres": ["phim_tai_lieu"]},
            {"code": "khac", "name": "Thể loại khác"},
        ],
    },
)
PANELS = changed(
    PRESET,
    {
        "rounds.so_khao.panels": [
            {"code": "viet", "name": "Tiểu ban báo viết", "categories": ["BAO_IN", "BAO_DIEN_TU"]},
            {"code": "hinh", "name": "Tiểu ban phát thanh, truyền hình", "categories": ["PHAT_THANH", "TRUYEN_HINH"]},
        ],
    },
)
SALARY = changed(
    PRESET,
    {
        "base_salary": {
            "on": date(2025, 10, 6),
            "amounts": [
                {"since": date(2023, 7, 1), "amount": 1_800_000},
                {"since": date(2024, 7, 1), "amount": 2_340_000},
            ],
        },
        **{f"prizes.{tier}.money": {"multiple": times} for tier, times in (("A", 10), ("B", 7), ("C", 5), ("KK", 2))},
    },
)
SPECIAL = {"code": "DB", "name": "Giải Đặc biệt", "from_tiers": ["A"], "money": 30_000_000}
THEMATIC = {"code": "CD", "name": "Giải chuyên đề", "topics": ["kinh_te"], "money": 4_000_000}
COLLECTIVE = {"code": "TT", "name": "Giải tập thể", "points_per_work": 1, "points_per_prize": {"A": 5}, "money": 1}
EXTRA = changed(PRESET, {"special_prizes": [SPECIAL], "thematic_prizes": [THEMATIC], "collective_prizes": [COLLECTIVE]})
EXTRA_VOTED = changed(
    VOTED,
    {
        "special_prizes": [{**SPECIAL, "by": "vote", "vote": YES_NO}],
        "thematic_prizes": [{**THEMATIC, "by": "act"}],
    },
)
BY_ROLE = changed(PRESET, {"limits.by_role": [{"roles": ["Quay phim"], "works": 3}]})
BONUS = {"code": "clip", "name": "Có video", "points": 2, "slots": ["da_phuong_tien"]}
WITH_BONUS = changed(PRESET, {"rounds.so_khao.bonus": [BONUS]})
TRIMMED = changed(PRESET, {"rounds.chung_khao.aggregation": {"kind": "trimmed"}})
SUM = changed(PRESET, {"rounds.so_khao.aggregation": {"kind": "sum"}, "rounds.chung_khao.minimum_sheets": 7})
LAST_SUM = changed(SUM, {"rounds.chung_khao.aggregation": {"kind": "sum"}})
CARRIED = changed(PRESET, {"carry_on": {"tiers": ["A", "B"]}})
UNPOSTED = changed(
    PRESET,
    {
        "calendar.posting": GONE,
        "calendar.posting_days": GONE,
    },
)
SOUND = {
    "preset": PRESET, "voted": VOTED, "bands": BANDS, "grouped": GROUPED, "panels": PANELS, "salary": SALARY,
    "extra": EXTRA, "extra, voted": EXTRA_VOTED, "by role": BY_ROLE, "bonus": WITH_BONUS, "trimmed": TRIMMED,
    "sum": LAST_SUM, "carried": CARRIED, "unposted": UNPOSTED,
}  # fmt: skip
"""What the contradictions below are made of; all of these check."""

SO, CHUNG = "rounds[so_khao]", "rounds[chung_khao]"

# What contradicts: the sound document, what is changed in it, where the problems are found.
CONTRADICTIONS: dict[str, tuple[dict[str, Any], dict[str, Any], str | list[str]]] = {
    # Calendar
    "days of posting and no posting": (
        PRESET,
        {"calendar.posting": GONE},
        "calendar.posting_days",
    ),
    "posting and no days of posting": (PRESET, {"calendar.posting_days": GONE}, "calendar.posting"),
    "decided before the last round closes": (
        UNPOSTED,
        {"calendar.decision_on": date(2025, 9, 17)},
        "calendar.decision_on",
    ),
    "decided in the posting": (PRESET, {"calendar.decision_on": date(2025, 9, 25)}, "calendar.decision_on"),
    # Categories and dossiers
    "issue of a broadcast": (
        PRESET,
        {"categories.TRUYEN_HINH.instalment_fields": ["channel", "issue"]},
        "categories[TRUYEN_HINH].instalment_fields",
    ),
    "channel of a newspaper": (
        PRESET,
        {"categories.BAO_IN.instalment_fields": ["channel"]},
        "categories[BAO_IN].instalment_fields",
    ),
    "a field of an instalment twice": (
        PRESET,
        {"categories.BAO_IN.instalment_fields": ["page", "page"]},
        "categories[BAO_IN].instalment_fields",
    ),
    "minutes of a newspaper": (
        PRESET,
        {"categories.BAO_IN.max_minutes_per_instalment": 5},
        "categories[BAO_IN].max_minutes_per_instalment",
    ),
    "words of a film": (
        PRESET,
        {"categories.TRUYEN_HINH.max_words_per_instalment": 500},
        "categories[TRUYEN_HINH].max_words_per_instalment",
    ),
    # Limits and entrants
    "a limit for a role that nobody has": (
        BY_ROLE,
        {"limits.by_role": [{"roles": ["Người lái xe"], "works": 3}]},
        "limits.by_role[#1].roles",
    ),
    "a role counted by two limits": (
        BY_ROLE,
        {"limits.by_role.+": {"roles": ["Quay phim"], "works": 2}},
        "limits.by_role[#2].roles",
    ),
    "a role twice in one limit": (
        BY_ROLE,
        {"limits.by_role.0": {"roles": ["Quay phim", "Quay phim"], "works": 2}},
        "limits.by_role[#1].roles",
    ),
    "more works for a genre that is not there": (
        PRESET,
        {"limits.bonus": [{"genres": ["tho"], "works": 1}]},
        "limits.bonus[#1].genres",
    ),
    "more works than no limit": (
        PRESET,
        {
            "limits.bonus": [{"genres": ["phim_tai_lieu"]}],
            "limits.works_per_author": GONE,
        },
        "limits.bonus",
    ),
    "a quota of newsrooms that may not send": (
        PRESET,
        {"entrants.through": ["author"], "entrants.works_per_unit": 10},
        "entrants.works_per_unit",
    ),
    "quotas of branches that may not send": (
        PRESET,
        {"entrants.through": ["author"], "entrants.unit_quotas": [{"unit": "Chi hội Báo", "works": 3}]},
        "entrants.unit_quotas",
    ),
    "one newsroom with two quotas": (
        PRESET,
        {
            "entrants.unit_quotas": [
                {"unit": "Báo Quảng Ngãi", "works": 30},
                {"unit": "báo  quảng ngãi", "works": 10},
            ]
        },
        "entrants.unit_quotas[#2].unit",
    ),
    "authors twice": (PRESET, {"entrants.through": ["author", "author", "outlet"]}, "entrants.through"),
    "jurors who may not enter leave their category": (
        PRESET,
        {"entrants.jurors_do_not_judge": "category"},
        "entrants.jurors_do_not_judge",
    ),
    # Rubrics
    "a comment below more than the maximum": (
        PRESET,
        {"rubrics.bao_in.criteria.bam_sat.comment_below": 21},
        "rubrics[bao_in].criteria[bam_sat].comment_below",
    ),
    "a comment below nothing": (
        PRESET,
        {"rubrics.bao_in.criteria.bam_sat.comment_below": 0},
        "rubrics[bao_in].criteria[bam_sat].comment_below",
    ),
    "a weight that no longer adds up": (
        PRESET,
        {"rubrics.bao_in.criteria.bam_sat.weight": "3/2"},
        [f"{SO}.rubrics.BAO_IN", f"{CHUNG}.rubrics.BAO_IN"],
    ),
    "a criterion twice": (
        PRESET,
        {
            "rubrics.bao_in.criteria.+": {"code": "bam_sat", "name": "Bám sát", "maximum": 5, "step": 1},
        },
        ["rubrics[bao_in].criteria[bam_sat]", f"{SO}.rubrics.BAO_IN", f"{CHUNG}.rubrics.BAO_IN"],
    ),
    "a mark out of nothing": (
        PRESET,
        {
            "rubrics.bao_in.criteria.+": {"code": "them", "name": "Thêm", "maximum": 0, "step": 1},
        },
        "rubrics[bao_in].criteria[them].maximum",
    ),
    # Rounds that are scored
    "a scored round without a scale": (PRESET, {"rounds.so_khao.scale": GONE}, f"{SO}.scale"),
    "a scored round without rubrics": (PRESET, {"rounds.so_khao.rubrics": GONE}, f"{SO}.rubrics"),
    "a last round that lost its vote": (
        VOTED,
        {"rounds.chung_khao.vote": GONE},
        [f"{CHUNG}.scale", f"{CHUNG}.rubrics", "awarding.method"],
    ),
    "a round called as the receipt": (
        PRESET,
        {"rounds.so_khao.code": "receipt"},
        "rounds[receipt].code",
    ),
    "differences of one juror": (
        PRESET,
        {"rounds.so_khao.jurors_per_entry": 1, "rounds.so_khao.minimum_sheets": 1},
        f"{SO}.discrepancy",
    ),
    "a difference of nothing": (PRESET, {"rounds.so_khao.discrepancy": {"limit": 0}}, f"{SO}.discrepancy"),
    "a distance beyond the scale": (
        PRESET,
        {"rounds.so_khao.discrepancy": {"limit": 150, "measure": "distance"}},
        f"{SO}.discrepancy",
    ),
    "a third juror from an empty bench": (
        PRESET,
        {"rounds.chung_khao.discrepancy": {"limit": 20, "consequence": "third_replaces"}},
        f"{CHUNG}.discrepancy.consequence",
    ),
    "another juror who joins from an empty bench": (
        PRESET,
        {"rounds.chung_khao.discrepancy": {"limit": 20, "consequence": "third_joins"}},
        f"{CHUNG}.discrepancy.consequence",
    ),
    "a third sheet added to a sum": (
        SUM,
        {"rounds.so_khao.discrepancy": {"limit": 20, "consequence": "third_joins"}},
        f"{SO}.discrepancy.consequence",
    ),
    "a sum of fewer sheets than others": (
        SUM,
        {"rounds.so_khao.minimum_sheets": 2},
        f"{SO}.minimum_sheets",
    ),
    "a mean that drops": (
        PRESET,
        {"rounds.so_khao.aggregation": {"kind": "mean", "drop": 2}},
        f"{SO}.aggregation.drop",
    ),
    "a median from six sheets on": (
        PRESET,
        {"rounds.so_khao.aggregation": {"kind": "median", "when_at_least": 6}},
        f"{SO}.aggregation.when_at_least",
    ),
    "a trimmed mean of nothing": (
        TRIMMED,
        {"rounds.chung_khao.aggregation": {"kind": "trimmed", "drop": 3, "when_at_least": 6}},
        f"{CHUNG}.aggregation.drop",
    ),
    "a trimmed mean that never is": (
        TRIMMED,
        {"rounds.chung_khao.aggregation": {"kind": "trimmed", "when_at_least": 8}},
        f"{CHUNG}.aggregation.when_at_least",
    ),
    # Bonus points
    "a bonus for a slot that is not there": (
        WITH_BONUS,
        {"rounds.so_khao.bonus.clip.slots": ["phim"]},
        f"{SO}.bonus[clip].slots",
    ),
    "a bonus for a slot of another category": (
        WITH_BONUS,
        {"rounds.so_khao.bonus.clip.categories": ["BAO_IN"]},
        f"{SO}.bonus[clip].slots",
    ),
    "a bonus for a category that is not there": (
        WITH_BONUS,
        {"rounds.so_khao.bonus.clip.categories": ["ANH"]},
        [f"{SO}.bonus[clip].categories", f"{SO}.bonus[clip].slots"],
    ),
    "a bonus for a genre that is not there": (
        WITH_BONUS,
        {"rounds.so_khao.bonus.clip.genres": ["tho"]},
        f"{SO}.bonus[clip].genres",
    ),
    "a bonus for a genre of another category": (
        WITH_BONUS,
        {
            "rounds.so_khao.bonus.clip.categories": ["BAO_DIEN_TU"],
            "rounds.so_khao.bonus.clip.genres": ["phim_tai_lieu"],
        },
        f"{SO}.bonus[clip].genres",
    ),
    "a bonus for everybody": (WITH_BONUS, {"rounds.so_khao.bonus.clip.slots": []}, f"{SO}.bonus[clip]"),
    "a bonus of nothing": (WITH_BONUS, {"rounds.so_khao.bonus.clip.points": 0}, f"{SO}.bonus[clip].points"),
    "a bonus twice": (WITH_BONUS, {"rounds.so_khao.bonus.+": BONUS}, f"{SO}.bonus"),
    # Panels
    "a panel of a category that is not there": (
        PANELS,
        {"rounds.so_khao.panels.viet.categories": ["BAO_IN", "BAO_DIEN_TU", "ANH"]},
        f"{SO}.panels[viet].categories",
    ),
    "a panel of a genre that is not there": (
        PANELS,
        {
            "rounds.so_khao.panels.+": {"code": "tho", "name": "Thơ", "genres": ["tho"]},
        },
        f"{SO}.panels[tho].genres",
    ),
    "a category without a panel": (
        PANELS,
        {"rounds.so_khao.panels.hinh.categories": ["TRUYEN_HINH"]},
        f"{SO}.panels",
    ),
    "a genre without a panel": (
        PANELS,
        {"rounds.so_khao.panels.hinh.genres": ["phim_tai_lieu", "phong_su"]},
        f"{SO}.panels",
    ),
    "a panel after one that takes all": (
        PANELS,
        {"rounds.so_khao.panels.+": {"code": "du", "name": "Tiểu ban dự bị"}},
        f"{SO}.panels[du]",
    ),
    "a panel for what no category takes": (
        PANELS,
        {
            "rounds.so_khao.panels": [
                {"code": "phim", "name": "Phim", "categories": ["BAO_IN"], "genres": ["phim_tai_lieu"]},
                {"code": "khac", "name": "Khác"},
            ]
        },
        f"{SO}.panels[phim]",
    ),
    "a panel twice": (
        PANELS,
        {
            "rounds.so_khao.panels": [
                {"code": "viet", "name": "Một", "categories": ["BAO_IN"]},
                {"code": "viet", "name": "Hai"},
            ]
        },
        f"{SO}.panels",
    ),
    # Rounds that are voted
    "a voted round with a scale": (VOTED, {"rounds.chung_khao.scale": 100}, f"{CHUNG}.scale"),
    "a voted round with rubrics": (VOTED, {"rounds.chung_khao.rubrics": {"BAO_IN": "bao_in"}}, f"{CHUNG}.rubrics"),
    "a voted round with jurors a work": (VOTED, {"rounds.chung_khao.jurors_per_entry": 3}, f"{CHUNG}.jurors_per_entry"),
    "a voted round with sheets": (VOTED, {"rounds.chung_khao.minimum_sheets": 3}, f"{CHUNG}.minimum_sheets"),
    "a voted round with differences": (VOTED, {"rounds.chung_khao.discrepancy": 20}, f"{CHUNG}.discrepancy"),
    "a voted round with a median": (
        VOTED,
        {"rounds.chung_khao.aggregation": {"kind": "median"}},
        f"{CHUNG}.aggregation",
    ),
    "a voted round with bonus points": (VOTED, {"rounds.chung_khao.bonus": [BONUS]}, f"{CHUNG}.bonus"),
    "a voted round with the chair's sheet": (
        VOTED,
        {"rounds.chung_khao.tie_breaks": ["chair_sheet", "act"]},
        f"{CHUNG}.tie_breaks",
    ),
    "a voted round with the highest sheet": (
        VOTED,
        {"rounds.chung_khao.tie_breaks": ["highest_sheet", "act"]},
        f"{CHUNG}.tie_breaks",
    ),
    "a voted round with a criterion": (
        VOTED,
        {"rounds.chung_khao.tie_breaks": ["criterion:phat_hien", "act"]},
        f"{CHUNG}.tie_breaks",
    ),
    "an approval of any number": (VOTED, {"rounds.chung_khao.vote": {"kind": "approval"}}, f"{CHUNG}.vote.most"),
    "yes or no to three at most": (VOTED, {"rounds.chung_khao.vote.most": 3}, f"{CHUNG}.vote.most"),
    "two thirds and the chair": (
        VOTED,
        {"rounds.chung_khao.vote": {"kind": "yes_no", "majority": "two_thirds", "casting_vote": True}},
        f"{CHUNG}.vote.casting_vote",
    ),
    "an order with a majority": (
        VOTED,
        {"rounds.chung_khao.vote": {"kind": "ranking", "majority": "members"}},
        f"{CHUNG}.vote.majority",
    ),
    "an order in three ballots": (
        VOTED,
        {"rounds.chung_khao.vote": {"kind": "ranking", "ballots": 3}},
        f"{CHUNG}.vote.ballots",
    ),
    "an order with a casting vote": (
        VOTED,
        {"rounds.chung_khao.vote": {"kind": "ranking", "casting_vote": True}},
        f"{CHUNG}.vote.casting_vote",
    ),
    "an order and a tier without a number": (
        VOTED,
        {"rounds.chung_khao.vote": {"kind": "ranking"}, "prizes.B.quota": GONE},
        "prizes[B].quota",
    ),
    "tiers named before the last round": (
        PRESET,
        {
            **{f"rounds.so_khao.{name}": GONE for name in SHEETS},
            "rounds.so_khao.tie_breaks": ["act"],
            "rounds.so_khao.vote": {"kind": "tier"},
        },
        f"{SO}.vote.kind",
    ),
    "a floor to go on from a vote": (
        PRESET,
        {
            **{f"rounds.so_khao.{name}": GONE for name in SHEETS},
            "rounds.so_khao.tie_breaks": ["act"],
            "rounds.so_khao.vote": YES_NO,
            "rounds.so_khao.advancement": {"kind": "floor", "floor": 60},
        },
        f"{SO}.advancement.floor",
    ),
    # Ties
    "a lot before a criterion": (
        PRESET,
        {"rounds.so_khao.tie_breaks": ["lot", "criterion:phat_hien", "act"]},
        f"{SO}.tie_breaks",
    ),
    "the earlier receipt at the end": (
        PRESET,
        {"rounds.so_khao.tie_breaks": ["earlier_receipt"]},
        f"{SO}.tie_breaks",
    ),
    "a lot twice": (PRESET, {"rounds.so_khao.tie_breaks": ["lot", "lot"]}, f"{SO}.tie_breaks"),
    # Going on
    "a share that is not given": (PRESET, {"rounds.so_khao.advancement": {"kind": "share"}}, f"{SO}.advancement.share"),
    "the top of no number": (PRESET, {"rounds.so_khao.advancement": {"kind": "top"}}, f"{SO}.advancement.top"),
    "a floor of no height": (PRESET, {"rounds.so_khao.advancement": {"kind": "floor"}}, f"{SO}.advancement.floor"),
    "flags of nobody": (PRESET, {"rounds.so_khao.advancement": {"kind": "flagged"}}, f"{SO}.advancement.flagged"),
    "a share and a top": (
        PRESET,
        {"rounds.so_khao.advancement": {"kind": "share", "share": "1/2", "top": 9}},
        f"{SO}.advancement.top",
    ),
    "a combination of one": (
        PRESET,
        {"rounds.so_khao.advancement": {"kind": "combination", "top": 9}},
        f"{SO}.advancement",
    ),
    "one term joined": (
        PRESET,
        {"rounds.so_khao.advancement": {"kind": "top", "top": 9, "join": "any"}},
        f"{SO}.advancement.join",
    ),
    "a floor above the scale to go on": (
        PRESET,
        {"rounds.so_khao.advancement": {"kind": "floor", "floor": Decimal("100.5")}},
        f"{SO}.advancement.floor",
    ),
    "terms of a category that is not there": (
        PRESET,
        {"rounds.so_khao.advancement.categories": {"ANH": {"top": 3}}},
        f"{SO}.advancement.categories",
    ),
    "a category without terms": (
        PRESET,
        {"rounds.so_khao.advancement.categories": {"BAO_IN": {"join": "all"}}},
        f"{SO}.advancement.categories.BAO_IN",
    ),
    "a category with a floor above the scale": (
        PRESET,
        {"rounds.so_khao.advancement.categories": {"BAO_IN": {"floor": 101}}},
        f"{SO}.advancement.categories.BAO_IN.floor",
    ),
    # Awarding
    "groups that are not listed": (PRESET, {"awarding.scope": "groups"}, "awarding.groups"),
    "groups that are not used": (GROUPED, {"awarding.scope": "pooled"}, "awarding.groups"),
    "a group twice": (
        GROUPED,
        {
            "awarding.groups": [
                {"code": "viet", "name": "Viết", "categories": ["BAO_IN"]},
                {"code": "viet", "name": "Hai"},
            ]
        },
        "awarding.groups",
    ),
    "a group of a topic that is not there": (
        GROUPED,
        {"awarding.groups.viet.topics": ["the_thao"]},
        "awarding.groups[viet].topics",
    ),
    "a group of a category that is not there": (
        GROUPED,
        {"awarding.groups.viet.categories": ["BAO_IN", "ANH"]},
        "awarding.groups[viet].categories",
    ),
    "a group after one that takes all": (
        GROUPED,
        {"awarding.groups.+": {"code": "sau", "name": "Sau cùng", "topics": ["kinh_te"]}},
        "awarding.groups[sau]",
    ),
    "a group of genres that its category does not take": (
        GROUPED,
        {"awarding.groups.phim.categories": ["BAO_IN"]},
        "awarding.groups[phim]",
    ),
    "a number for a category that is not there": (PRESET, {"prizes.A.quotas": {"ANH": 2}}, "prizes[A].quotas"),
    "a number for a category where groups compete": (GROUPED, {"prizes.A.quotas": {"BAO_IN": 2}}, "prizes[A].quotas"),
    "exactly as many in some groups": (
        PRESET,
        {"prizes.KK.quota": GONE, "prizes.KK.quotas": {"BAO_IN": 5}, "prizes.KK.exact": True},
        "prizes[KK].exact",
    ),
    "no prize of a tier anywhere": (
        PRESET,
        {"prizes.KK.quotas": {"BAO_IN": 0, "BAO_DIEN_TU": 0, "PHAT_THANH": 0, "TRUYEN_HINH": 0}},
        "prizes[KK].quotas",
    ),
    "bands without a width": (BANDS, {"prizes.B.floor": 90}, "prizes[B].floor"),
    "bands without floors": (
        BANDS,
        {f"prizes.{tier}.floor": GONE for tier in ("A", "B", "C", "KK")},
        ["prizes[B].floor", "prizes[C].floor", "prizes[KK].floor"],
    ),
    "a floor above every bonus": (
        changed(WITH_BONUS, {"rounds.chung_khao.bonus": [BONUS]}),
        {"prizes.A.floor": Decimal("102.01")},
        "prizes[A].floor",
    ),
    "a floor above every sum": (LAST_SUM, {"prizes.A.floor": 701}, "prizes[A].floor"),
    "votes for prizes in a scored round": (PRESET, {"awarding.method": "vote"}, "awarding.method"),
    "quotas by mean in a voted round": (VOTED, {"awarding.method": "quota"}, "awarding.method"),
    "bands in a voted round": (
        VOTED,
        {"awarding.method": "bands"},
        ["awarding.method", "prizes[B].floor", "prizes[C].floor", "prizes[KK].floor"],
    ),
    "a floor in a voted round": (VOTED, {"prizes.A.floor": 90}, "prizes[A].floor"),
    # Prizes beside the tiers
    "a special prize from a tier that is not there": (
        EXTRA,
        {"special_prizes.DB.from_tiers": ["A", "NHAT"]},
        "special_prizes[DB].from_tiers",
    ),
    "a special prize from one tier twice": (
        EXTRA,
        {"special_prizes.DB.from_tiers": ["A", "A"]},
        "special_prizes[DB].from_tiers",
    ),
    "a special prize above the scale": (EXTRA, {"special_prizes.DB.floor": 101}, "special_prizes[DB].floor"),
    "a special prize by a vote of nobody": (EXTRA, {"special_prizes.DB.by": "vote"}, "special_prizes[DB].vote"),
    "a special prize by mean with a vote": (
        EXTRA,
        {"special_prizes.DB.by": "mean", "special_prizes.DB.vote": YES_NO},
        "special_prizes[DB].vote",
    ),
    "a special prize for which tiers are named": (
        EXTRA,
        {"special_prizes.DB.by": "vote", "special_prizes.DB.vote": {"kind": "tier"}},
        "special_prizes[DB].vote.kind",
    ),
    "a special prize by the mean of a vote": (
        EXTRA_VOTED,
        {"special_prizes.DB.by": "mean", "special_prizes.DB.vote": GONE},
        "special_prizes[DB].by",
    ),
    "a thematic prize by the mean of a vote": (
        EXTRA_VOTED,
        {"thematic_prizes.CD.by": "mean"},
        "thematic_prizes[CD].by",
    ),
    "a thematic prize above no mean": (EXTRA_VOTED, {"thematic_prizes.CD.floor": 50}, "thematic_prizes[CD].floor"),
    "a thematic prize on a topic that is not there": (
        EXTRA,
        {"thematic_prizes.CD.topics": ["the_thao"]},
        "thematic_prizes[CD].topics",
    ),
    "a thematic prize for no work": (
        EXTRA,
        {"thematic_prizes.CD.categories": ["BAO_IN"], "thematic_prizes.CD.genres": ["phim_tai_lieu"]},
        "thematic_prizes[CD]",
    ),
    "a thematic prize by a vote of nobody": (EXTRA, {"thematic_prizes.CD.by": "vote"}, "thematic_prizes[CD].vote"),
    "a formula of nothing": (
        EXTRA,
        {"collective_prizes.TT.points_per_work": GONE, "collective_prizes.TT.points_per_prize": GONE},
        "collective_prizes[TT]",
    ),
    "a formula with an unknown tier": (
        EXTRA,
        {"collective_prizes.TT.points_per_prize": {"DB": 9}},
        "collective_prizes[TT].points_per_prize",
    ),
    "a formula and a decision": (
        EXTRA,
        {"collective_prizes.TT.by": "act"},
        ["collective_prizes[TT].points_per_work", "collective_prizes[TT].points_per_prize"],
    ),
    "newsrooms by a vote of nobody": (
        EXTRA,
        {
            "collective_prizes.TT.by": "vote",
            "collective_prizes.TT.points_per_work": GONE,
            "collective_prizes.TT.points_per_prize": GONE,
        },
        "collective_prizes[TT].vote",
    ),
    "a special prize called as a tier": (EXTRA, {"special_prizes.DB.code": "A"}, "special_prizes"),
    "a thematic prize called as a special one": (EXTRA, {"thematic_prizes.CD.code": "DB"}, "thematic_prizes"),
    "a collective prize called as a thematic one": (EXTRA, {"collective_prizes.TT.code": "CD"}, "collective_prizes"),
    # Money
    "a prize of nothing": (PRESET, {"prizes.KK.money": {}}, "prizes[KK].money"),
    "an amount and a multiple": (SALARY, {"prizes.A.money": {"amount": 99_000_000, "multiple": 10}}, "prizes[A].money"),
    "the worth of nothing": (PRESET, {"prizes.KK.money": {"amount": 1, "worth": 5}}, "prizes[KK].money.worth"),
    "a multiple of no salary": (
        SALARY,
        {"base_salary": GONE},
        [f"prizes[{tier}].money.multiple" for tier in ("A", "B", "C", "KK")],
    ),
    "a third of a salary": (SALARY, {"prizes.KK.money": {"multiple": "1/7"}}, "prizes[KK].money.multiple"),
    "a special prize of a third of a salary": (
        changed(SALARY, {"special_prizes": [SPECIAL]}),
        {"special_prizes.DB.money": {"multiple": "100/7"}},
        "special_prizes[DB].money.multiple",
    ),
    "a salary before all salaries": (SALARY, {"base_salary.on": date(2022, 1, 1)}, "base_salary.on"),
    "salaries in no order": (
        SALARY,
        {"base_salary.amounts.+": {"since": date(2023, 1, 1), "amount": 2_000_000}},
        "base_salary.amounts[#3].since",
    ),
    "two salaries of a day": (
        SALARY,
        {"base_salary.amounts.+": {"since": date(2024, 7, 1), "amount": 2_340_000}},
        "base_salary.amounts[#3].since",
    ),
    "a salary of nothing": (SALARY, {"base_salary.amounts.0.amount": 0}, "base_salary.amounts[#1].amount"),
    "a lower tier with a larger multiple": (SALARY, {"prizes.C.money": {"multiple": 8}}, "prizes[C].money"),
    "a lower tier with more đồng than a multiple": (SALARY, {"prizes.B.money": 30_000_000}, "prizes[B].money"),
    "more đồng below a thing": (
        PRESET,
        {"prizes.B.money": {"in_kind": "Chuyến đi", "worth": 9}, "prizes.C.money": 16_000_000},
        "prizes[C].money",
    ),
    "a work that moves up without a place": (
        VOTED,
        {"awarding.on_revocation": "next_moves_up"},
        "awarding.on_revocation",
    ),
    # Gates and carrying on
    "one body that approves twice": (
        PRESET,
        {"gates.approvals": ["Ban Tổ chức", "Thường trực Tỉnh ủy", "BAN TỔ CHỨC"]},
        "gates.approvals[#3]",
    ),
    "one act that needs a second person, named twice": (
        PRESET,
        {"safeguards": {"second_person": ["publish", "publish"]}},
        "safeguards.second_person",
    ),
    "a tier carried on that is not there": (CARRIED, {"carry_on.tiers": ["A", "D"]}, "carry_on.tiers"),
    "a tier carried on twice": (CARRIED, {"carry_on.tiers": ["A", "A"]}, "carry_on.tiers"),
    "nothing carried on": (CARRIED, {"carry_on": {"tiers": []}}, "carry_on"),
}
