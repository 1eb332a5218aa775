"""What payees agree to before their bank details are kept, by version; changed words are the next version."""

from __future__ import annotations

from contest.accounts.consents import Notice
from contest.errors import N_

BANK = N_(
    "I agree that the organizers keep my bank, account number, account holder and tax code only to pay out this prize. "
    "They are kept encrypted; only the payer of prizes reads them whole, and every reading is recorded. They are "
    "deleted %(days)s days after the last payment, and at once when I withdraw this consent."
)


def bank_notice(contest_id: int) -> Notice:
    """Give the notice of one contest: what was agreed to for one is not agreed to for the next."""
    return Notice(code=f"bank:{contest_id}", version=1, text=BANK)
