"""What people do with results: settle what the rules leave open, seal, and take the list to the wall step by step."""

from contest.results.services.amending import amend_decision
from contest.results.services.carrying_on import carried_already, carry_on, parent_of, works_to_carry_on
from contest.results.services.changing_awards import AwardChange, award_change, change_award, possible_changes
from contest.results.services.deciding import decide, follows_publication, mark_prepared, post_list, publish
from contest.results.services.marking_again import conclude_again, order_remark, reopened_to_acts
from contest.results.services.proposing import approve, propose
from contest.results.services.recording import record_act
from contest.results.services.sealing import advance, seal_round
from contest.results.services.settling import (
    LOT,
    accept_short,
    ask_remark,
    ask_third,
    bonuses_by_act,
    choose_prize,
    draw_lot,
    flag_works,
    flags_works,
    give_bonus,
    method_of_ties,
    settle_discrepancy,
    settle_tie,
)

__all__ = [
    "LOT",
    "AwardChange",
    "accept_short",
    "advance",
    "amend_decision",
    "approve",
    "ask_remark",
    "ask_third",
    "award_change",
    "bonuses_by_act",
    "carried_already",
    "carry_on",
    "change_award",
    "choose_prize",
    "conclude_again",
    "decide",
    "draw_lot",
    "flag_works",
    "flags_works",
    "follows_publication",
    "give_bonus",
    "mark_prepared",
    "method_of_ties",
    "order_remark",
    "parent_of",
    "possible_changes",
    "post_list",
    "propose",
    "publish",
    "record_act",
    "reopened_to_acts",
    "seal_round",
    "settle_discrepancy",
    "settle_tie",
    "works_to_carry_on",
]
