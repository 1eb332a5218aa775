"""What must hold in every instance at every moment: after a test, after a power cut, every night.

Each invariant is a function that looks at the rows and files as they are and says, in a sentence each, what does not
hold. Nothing is repaired here. A shell that asks, and every test that played a story, calls `broken`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from contest.operations.invariants import ballots, files, log, outcomes, rows, sheets, works

Invariant = Callable[[], Iterable[str]]

INVARIANTS: Final[tuple[Invariant, ...]] = (
    rows.references_lead_to_rows,
    rows.moments_are_in_utc,
    rows.words_are_in_nfc,
    rows.nobody_disabled_is_signed_in,
    rows.letters_have_a_key_of_their_own,
    files.files_are_as_they_came,
    files.files_belong_to_a_row,
    works.sent_works_have_their_code_and_revision,
    works.revisions_are_as_sent,
    works.revisions_have_their_files,
    works.names_are_as_printed,
    sheets.assignments_are_of_works_in_the_round,
    sheets.sheets_count_from_one,
    sheets.sheets_were_sent_in_time,
    sheets.marks_lie_on_their_scale,
    sheets.sheets_are_as_sent,
    ballots.ballots_are_of_members,
    ballots.ballots_count_from_one,
    ballots.ballots_are_as_cast,
    outcomes.frozen_documents_are_as_frozen,
    outcomes.sealed_results_come_out_again,
    outcomes.sealed_results_rest_on_their_rows,
    outcomes.sealed_rounds_rest,
    outcomes.advisory_sheets_count_nowhere,
    outcomes.registers_have_no_gap,
    outcomes.certificates_stand_in_their_decision,
    outcomes.public_certificates_are_drawn,
    log.chains_fit,
    log.rows_are_as_bound,
    log.acts_stand_in_the_log,
)


def broken() -> list[str]:
    """Check every invariant, and say everything that does not hold, in the same order on every engine; best nothing."""
    return [sentence for invariant in INVARIANTS for sentence in sorted(invariant())]
