"""What a recorded act names, so that it is left out for whoever may not hear of one of its works."""

from __future__ import annotations

from datetime import UTC, datetime

from contest.results.queries.acts import RoundAct


def test_an_act_names_what_stands_in_its_subject_in_its_lists_and_in_lists_of_lists():
    choice = {"order": ["BI-0002", "BI-0003"], "sheets": [["BI-0004", 1]], "method": "lot", "ballot": 2}
    act = RoundAct(1, "tie_settled", "tie:BI-0001", choice, "", None, datetime(2025, 9, 1, tzinfo=UTC))

    assert act.names == {"tie", "BI-0001", "BI-0002", "BI-0003", "BI-0004"}
