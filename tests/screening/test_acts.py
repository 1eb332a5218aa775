"""What a secretary may do with a work, decided on values alone."""

from datetime import UTC, datetime, timedelta

import pytest

from contest.entries.models import EntryState
from contest.errors import ContestError
from contest.regulations import presets, schema
from contest.regulations.models import Stage
from contest.screening import acts
from contest.screening.acts import ActKind
from contest.screening.refusals import (
    AlreadyAccepted,
    AlreadyRejected,
    DateNotAhead,
    DateTooLate,
    EntryWithdrawn,
    NothingNamed,
    PrizesDecided,
    PrizesProposed,
    ReasonForExceptionMissing,
    ReasonMissing,
    RejectedBefore,
)

NOW = datetime(2025, 8, 17, 3, 0, tzinfo=UTC)
OPENS = datetime(2025, 8, 20, 17, 0, tzinfo=UTC)
KNOWN = {"work", "dossier", "dossier:trang_bao"}


def check_return(items=("work",), reason="Thiếu măng sét.", until=OPENS, now=NOW):
    acts.check_return(items, reason, until, known=KNOWN, now=now, opens=OPENS)


def refusal_of(check, *values, **others):
    """The class of what a check refuses with, or None."""
    try:
        check(*values, **others)
    except ContestError as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(
    ("kind", "state", "refusal"),
    [
        (ActKind.ACCEPT, EntryState.ACCEPTED, AlreadyAccepted),
        (ActKind.REJECT, EntryState.REJECTED, AlreadyRejected),
        (ActKind.RETURN, EntryState.REJECTED, RejectedBefore),
        (ActKind.ACCEPT, EntryState.WITHDRAWN, EntryWithdrawn),
        (ActKind.RETURN, EntryState.WITHDRAWN, EntryWithdrawn),
        (ActKind.REJECT, EntryState.WITHDRAWN, EntryWithdrawn),
    ],
)
def test_the_state_of_a_work_refuses_some_acts(kind, state, refusal):
    with pytest.raises(refusal):
        acts.check_state(kind, state)


@pytest.mark.parametrize("state", EntryState)
def test_what_is_offered_is_what_is_allowed(state):
    if state is EntryState.DRAFT:
        assert acts.possible(state) == frozenset()
        return
    for kind in acts.DECISIONS:
        try:
            acts.check_state(kind, state)
        except (AlreadyAccepted, AlreadyRejected, RejectedBefore, EntryWithdrawn):
            assert kind not in acts.possible(state)
        else:
            assert kind in acts.possible(state)


def test_notes_are_possible_in_every_state():
    assert {refusal_of(acts.check_state, ActKind.NOTE, state) for state in EntryState} == {None}


def test_a_work_that_a_rule_stops_is_accepted_only_with_a_reason():
    assert refusal_of(acts.check_acceptance, 0, "") is None
    assert refusal_of(acts.check_acceptance, 1, "Tòa soạn đã xác nhận ngày đăng.") is None
    assert refusal_of(acts.check_acceptance, 1, "") is ReasonForExceptionMissing


def test_a_return_may_end_when_the_first_round_opens():
    assert refusal_of(check_return, until=OPENS) is None


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"items": ()}, NothingNamed),
        ({"items": ("dossier:khong-co",)}, NothingNamed),
        ({"reason": ""}, ReasonMissing),
        ({"until": NOW}, DateNotAhead),
        ({"until": OPENS + timedelta(days=1)}, DateTooLate),
    ],
)
def test_a_return_its_author_could_not_follow_is_refused(wrong, refusal):
    with pytest.raises(refusal):
        check_return(**wrong)


def test_once_the_first_round_is_open_its_date_no_longer_limits():
    assert refusal_of(check_return, now=OPENS, until=OPENS + timedelta(days=3)) is None


def test_a_work_can_be_returned_for_every_step_and_every_slot():
    category = schema.parse(presets.text("quang_ngai_2025")).category("BAO_IN")

    codes = [item.code for item in acts.items_of(category)]

    assert codes[:5] == ["work", "instalments", "bylines", "exemplars", "dossier"]
    assert codes[5:-1] == [f"dossier:{slot.code}" for slot in category.slots]


def test_every_ground_is_an_article_of_the_regulation():
    regulation = schema.parse(presets.text("quang_ngai_2025"))

    grounds = {rule: article for rule, article, _meaning in acts.grounds_of(regulation)}

    assert grounds["prior_awards"] == regulation.cite("prior_awards")


@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.PREPARED, Stage.PUBLISHED])
def test_nothing_is_decided_about_a_work_once_the_prizes_are(stage):
    for kind in acts.DECISIONS:
        with pytest.raises(PrizesDecided):
            acts.check_stage(kind, stage)
    acts.check_stage(ActKind.NOTE, stage)
    assert acts.possible(EntryState.ACCEPTED, stage) == frozenset()


@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.APPROVED, Stage.POSTED])
def test_nothing_is_decided_about_a_work_while_the_list_goes_its_way(stage):
    for kind in acts.DECISIONS:
        with pytest.raises(PrizesProposed):
            acts.check_stage(kind, stage)
    acts.check_stage(ActKind.NOTE, stage)
    assert acts.possible(EntryState.ACCEPTED, stage) == frozenset()


def test_a_work_may_be_rejected_as_long_as_the_prizes_are_not_proposed():
    acts.check_stage(ActKind.REJECT, Stage.RUNNING)
    assert ActKind.REJECT in acts.possible(EntryState.ACCEPTED, Stage.RUNNING)
