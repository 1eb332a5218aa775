"""What may be wrong with one mark."""

from __future__ import annotations

from contest.errors import N_, ContestError


class MarkRefused(ContestError):
    """The text typed for one criterion is not a mark that may be given."""

    status = 422


class MarkMissing(MarkRefused):
    """Nothing was typed."""

    message = N_("This criterion has no mark yet. Type a mark from 0 to %(maximum)s.")


class MarkNotANumber(MarkRefused):
    """Letters, NaN, exponents and anything else that no person writes for a mark."""

    message = N_("A mark is a number like 17 or 17,5. Type it again, from 0 to %(maximum)s.")


class MarkForeignDigits(MarkRefused):
    """Digits of another script: they would be read correctly, and be unreadable to everybody else on the panel."""

    message = N_("Write the mark with the digits 0 to 9, like 17,5.")


class MarkHasThousands(MarkRefused):
    """Three digits after a separator: a thousand to one reader and a fraction to another."""

    message = N_("Write the mark without a thousands separator and with at most two decimals, like 17,5.")


class MarkNegative(MarkRefused):
    """Below nought."""

    message = N_("A mark is never below 0. Type a mark from 0 to %(maximum)s.")


class MarkTooHigh(MarkRefused):
    """Above the criterion's maximum."""

    message = N_("This criterion gives at most %(maximum)s points. Type a mark from 0 to %(maximum)s.")


class MarkTooFine(MarkRefused):
    """More decimals than marks are kept with."""

    message = N_("A mark has at most two decimals, and moves in steps of %(step)s.")


class MarkOffStep(MarkRefused):
    """Between two steps of the rubric."""

    message = N_("Marks for this criterion move in steps of %(step)s. The nearest are %(below)s and %(above)s.")
