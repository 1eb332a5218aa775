"""What people can do: with their own account; as organizers with the people of a contest and the list of outlets."""

from contest.accounts.services.account_state import CONFIRMATION_LIFE, RESET_LIFE, user_of_link
from contest.accounts.services.closing import disable, enable
from contest.accounts.services.forgetting import forget_past
from contest.accounts.services.invitations import (
    INVITATION_LIFE,
    accept_as_newcomer,
    accept_invitation,
    invitation_of_link,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from contest.accounts.services.outlets import import_outlets, save_outlet
from contest.accounts.services.own_account import (
    ask_new_email,
    change_details,
    change_password,
    check_owner,
    choose_password,
    request_reset,
    reset_password,
)
from contest.accounts.services.registering import agree, confirm_email, create_user, register, withdraw_consent
from contest.accounts.services.roles import change_role, grant_role, remove_role
from contest.accounts.services.signing_in import (
    begin_attempt,
    check_attempts,
    end_session,
    end_sessions,
    forgive_attempt,
    note_presence,
    note_proof,
    open_session,
    tries_left,
    verified_user,
)

__all__ = [
    "CONFIRMATION_LIFE",
    "INVITATION_LIFE",
    "RESET_LIFE",
    "accept_as_newcomer",
    "accept_invitation",
    "agree",
    "ask_new_email",
    "begin_attempt",
    "change_details",
    "change_password",
    "change_role",
    "check_attempts",
    "check_owner",
    "choose_password",
    "confirm_email",
    "create_user",
    "disable",
    "enable",
    "end_session",
    "end_sessions",
    "forget_past",
    "forgive_attempt",
    "grant_role",
    "import_outlets",
    "invitation_of_link",
    "invite",
    "note_presence",
    "note_proof",
    "open_session",
    "register",
    "remove_role",
    "request_reset",
    "resend_invitation",
    "reset_password",
    "save_outlet",
    "tries_left",
    "user_of_link",
    "verified_user",
    "withdraw_consent",
    "withdraw_invitation",
]
