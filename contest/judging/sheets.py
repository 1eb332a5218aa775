"""What a sheet says, in the one form that is hashed and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from contest.audit.chain import canonical
from contest.judging.refusals import CommentNeeded, CriterionUnknown, SheetIncomplete
from contest.regulations.scoring import Criterion

FORMAT = 1


@dataclass(frozen=True)
class Content:
    """A whole sheet as one juror gives it."""

    marks: Mapping[str, int]
    comment: str

    def same_as(self, marks: Mapping[str, int], comment: str) -> bool:
        """Whether a sheet that was stored says the same."""
        return dict(self.marks) == dict(marks) and self.comment == comment


def check_whole(marks: Mapping[str, int], rubric: tuple[Criterion, ...]) -> None:
    """Pass when every criterion has a mark that may be given, and nothing else has one.

    :raise SheetIncomplete: if a criterion has none
    :raise CriterionUnknown: if a mark belongs to no criterion or cannot be given
    """
    missing = [criterion.name for criterion in rubric if criterion.code not in marks]
    if missing:
        raise SheetIncomplete(criteria="; ".join(missing))
    scales = {criterion.code: criterion for criterion in rubric}
    if any(code not in scales or not scales[code].takes(mark) for code, mark in marks.items()):
        raise CriterionUnknown


def unexplained(marks: Mapping[str, int], rubric: tuple[Criterion, ...]) -> list[Criterion]:
    """The criteria whose mark lies so low that the comment must explain it."""
    return [
        criterion
        for criterion in rubric
        if criterion.comment_below is not None
        and marks.get(criterion.code, criterion.maximum) < criterion.comment_below
    ]


def check_explained(marks: Mapping[str, int], comment: str, rubric: tuple[Criterion, ...]) -> None:
    """Pass when the comment is there for marks that need one.

    :raise CommentNeeded: naming the criteria
    """
    low = unexplained(marks, rubric)
    if low and not comment.strip():
        raise CommentNeeded(criteria="; ".join(criterion.name for criterion in low))


def rubric_fingerprint(rubric: tuple[Criterion, ...]) -> str:
    """Name the scale that a sheet was filled in by, so that one from before a change of it is noticed."""
    facts = [[one.code, one.maximum, one.step, str(one.weight)] for one in rubric]
    return sha256(canonical(facts)).hexdigest()[:16]


def fingerprint(
    content: Content,
    *,
    round_code: str,
    entry: str | None,
    juror: str,
    revision: int,
    submitted_at: datetime,
    typed_by: str | None = None,
    comment_sha256: str | None = None,
) -> str:
    """SHA-256 of a sheet: what was given to which work by whom and when, in hexadecimal.

    The comment enters as its own hash, so that erasing a comment that names somebody leaves the sheet provable.

    :param juror: random subject id
    :param typed_by: random subject id of whoever typed the sheet from paper
    :param comment_sha256: of the comment as it was sent, where somebody's name was erased from it since
    """
    facts = {
        "format": FORMAT,
        "round": round_code,
        "entry": entry,
        "juror": juror,
        "revision": revision,
        "marks": dict(content.marks),
        "comment": comment_sha256 or sha256(content.comment.encode()).hexdigest(),
        "submitted_at": submitted_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    if typed_by is not None:
        facts["typed_by"] = typed_by
    return sha256(canonical(facts)).hexdigest()
