"""What is done with complaints: received, handled, answered; and a work marked again because of one."""

from contest.complaints.services.answering import answer
from contest.complaints.services.handling import assign, merge, name_work, note, open_contact, take_file
from contest.complaints.services.marking_again import conclude_again, order_remark
from contest.complaints.services.receiving import Evidence, Sender, Subject, receive

__all__ = [
    "Evidence",
    "Sender",
    "Subject",
    "answer",
    "assign",
    "conclude_again",
    "merge",
    "name_work",
    "note",
    "open_contact",
    "order_remark",
    "receive",
    "take_file",
]
