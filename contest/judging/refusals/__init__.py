"""Everything the jury room may refuse, each with the sentence a person reads.

::

    ContestError
    ├── MarkRefused            MarkMissing · MarkNotANumber · MarkForeignDigits · MarkHasThousands
    │                          MarkNegative · MarkTooHigh · MarkTooFine · MarkOffStep
    ├── WindowRefused          RoundNotOpened · RoundNotBegun · RoundClosed · RoundSealed
    ├── SheetIncomplete · CommentNeeded · CriterionUnknown · CorrectionNeedsReason · SheetChanged · DraftChanged
    ├── NoteChanged · NoEarlierState · TimeIsLeft
    ├── Recused · RecusalNeedsReason · NotYourAssignment · InterestsNotDeclared
    ├── PanelRefused           PanelWithoutChair · NotAJuror · MemberHasWork · UnknownRound · UnknownPanel
    │                          NoPanelTakes · MemberHasVoted
    ├── AssignmentRefused      NotInRound · NotOnPanel · InConflict · AlreadyAssigned · SheetExists · ProposalChanged
    │                          JurorAway · JurorFull · SheetBegun · ProposalBroken · KnowsTheMarks
    │                          NothingToMarkAgain · NotByVotes
    ├── OpeningRefused         AlreadyOpened · NothingToJudge · PanelsMissing · StrangersHaveWork
    ├── ReopeningRefused       ReopeningTooShort · ReopeningNeedsReason · NothingToReopen
    ├── UnblindingRefused      NotBlind · NotSealedYet · AlreadyUnblinded · UnblindingNeedsReason
    ├── WrongKindOfCopy · BytesChanged
    ├── ThirdRefused           NoThirdHere · ThirdExists
    ├── SittingRefused         NothingToVoteOn · NobodyPresent · SittingOpen · SittingClosed
    └── BallotRefused          NotPresent · SubjectNotYours · ChoiceUnknown · TooManyNamed · RanksNotInOrder
                               BallotCast
"""

from contest.judging.refusals.assigning import (
    AlreadyAssigned,
    AssignmentRefused,
    InConflict,
    JurorAway,
    JurorFull,
    KnowsTheMarks,
    NotByVotes,
    NothingToMarkAgain,
    NotInRound,
    NotOnPanel,
    ProposalBroken,
    ProposalChanged,
    SheetBegun,
    SheetExists,
)
from contest.judging.refusals.blindness import (
    AlreadyUnblinded,
    BytesChanged,
    NotBlind,
    NotSealedYet,
    UnblindingNeedsReason,
    UnblindingRefused,
    WrongKindOfCopy,
)
from contest.judging.refusals.marks import (
    MarkForeignDigits,
    MarkHasThousands,
    MarkMissing,
    MarkNegative,
    MarkNotANumber,
    MarkOffStep,
    MarkRefused,
    MarkTooFine,
    MarkTooHigh,
)
from contest.judging.refusals.panels import (
    MemberHasVoted,
    MemberHasWork,
    NoPanelTakes,
    NotAJuror,
    PanelEmpty,
    PanelRefused,
    PanelWithoutChair,
    UnknownPanel,
    UnknownRound,
)
from contest.judging.refusals.rounds import (
    AlreadyOpened,
    NothingToJudge,
    NoThirdHere,
    NotTheFirstRound,
    OpeningRefused,
    PanelsMissing,
    ReopeningNeedsReason,
    ReopeningRefused,
    ReopeningTooShort,
    StrangersHaveWork,
    ThirdExists,
    ThirdRefused,
)
from contest.judging.refusals.sheets import (
    CommentNeeded,
    CorrectionNeedsReason,
    CriterionUnknown,
    DraftChanged,
    InterestsNotDeclared,
    NoEarlierState,
    NoteChanged,
    NotYourAssignment,
    RecusalNeedsReason,
    Recused,
    SheetChanged,
    SheetIncomplete,
    TimeIsLeft,
)
from contest.judging.refusals.voting import (
    BallotCast,
    BallotRefused,
    ChoiceUnknown,
    NobodyPresent,
    NothingToVoteOn,
    NotPresent,
    RanksNotInOrder,
    SittingClosed,
    SittingOpen,
    SittingRefused,
    SubjectNotYours,
    TooManyNamed,
)
from contest.judging.refusals.windows import RoundClosed, RoundNotBegun, RoundNotOpened, RoundSealed, WindowRefused

__all__ = [
    "AlreadyAssigned",
    "AlreadyOpened",
    "AlreadyUnblinded",
    "AssignmentRefused",
    "BallotCast",
    "BallotRefused",
    "BytesChanged",
    "ChoiceUnknown",
    "CommentNeeded",
    "CorrectionNeedsReason",
    "CriterionUnknown",
    "DraftChanged",
    "InConflict",
    "InterestsNotDeclared",
    "JurorAway",
    "JurorFull",
    "KnowsTheMarks",
    "MarkForeignDigits",
    "MarkHasThousands",
    "MarkMissing",
    "MarkNegative",
    "MarkNotANumber",
    "MarkOffStep",
    "MarkRefused",
    "MarkTooFine",
    "MarkTooHigh",
    "MemberHasVoted",
    "MemberHasWork",
    "NoEarlierState",
    "NoPanelTakes",
    "NoThirdHere",
    "NobodyPresent",
    "NotAJuror",
    "NotBlind",
    "NotByVotes",
    "NotInRound",
    "NotOnPanel",
    "NotPresent",
    "NotSealedYet",
    "NotTheFirstRound",
    "NotYourAssignment",
    "NoteChanged",
    "NothingToJudge",
    "NothingToMarkAgain",
    "NothingToVoteOn",
    "OpeningRefused",
    "PanelEmpty",
    "PanelRefused",
    "PanelWithoutChair",
    "PanelsMissing",
    "ProposalBroken",
    "ProposalChanged",
    "RanksNotInOrder",
    "RecusalNeedsReason",
    "Recused",
    "ReopeningNeedsReason",
    "ReopeningRefused",
    "ReopeningTooShort",
    "RoundClosed",
    "RoundNotBegun",
    "RoundNotOpened",
    "RoundSealed",
    "SheetBegun",
    "SheetChanged",
    "SheetExists",
    "SheetIncomplete",
    "SittingClosed",
    "SittingOpen",
    "SittingRefused",
    "StrangersHaveWork",
    "SubjectNotYours",
    "ThirdExists",
    "ThirdRefused",
    "TimeIsLeft",
    "TooManyNamed",
    "UnblindingNeedsReason",
    "UnblindingRefused",
    "UnknownPanel",
    "UnknownRound",
    "WindowRefused",
    "WrongKindOfCopy",
]
