"""The second proof beside the password: who must have one, codes that change by the clock, codes for a lost device."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pyotp

from contest.accounts.roles import Role
from contest.vault import Vault

KEY_FILE = "second-factor.key"
STEP = 30  # seconds for which a code stands
DRIFT = 1  # steps by which the clock of a telephone may be off
RECOVERY_CODES = 10
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that is read as another
MISREAD = str.maketrans("OIL", "011")


class Demand(StrEnum):
    """Of whom a second factor is asked."""

    OFF = "off"
    STAFF = "staff"
    STAFF_AND_JURORS = "staff-and-jurors"


STAFF = frozenset({Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER, Role.PAYER})
JURORS = frozenset({Role.JUROR, Role.CHAIR})
DEMANDED = {Demand.OFF: frozenset(), Demand.STAFF: STAFF, Demand.STAFF_AND_JURORS: STAFF | JURORS}


def must_have(demand: Demand, roles: Collection[Role], *, is_founder: bool) -> bool:
    """Say whether somebody must have a second factor.

    :param roles: in any contest: whoever works in one signs in to all
    :param is_founder: whether they may begin contests, which is the work of an organizer
    """
    return not DEMANDED[demand].isdisjoint({*roles, *([Role.ORGANIZER] if is_founder else [])})


def vault(folder: Path) -> Vault:
    """Open the keys of the secrets of authenticators.

    :param folder: of the instance
    """
    return Vault(folder / KEY_FILE, "second factor")


def new_secret() -> str:
    """Make the secret that an authenticator app shares with us: 160 bits."""
    return pyotp.random_base32()


def setup_address(secret: str, *, account: str, issuer: str) -> str:
    """Give what the app reads from the square: ``otpauth://…``."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account, issuer_name=issuer)


def step_of(secret: str, code: str, *, now: datetime, last_step: int) -> int | None:
    """Find the step of the clock to which a code belongs.

    :param code: as typed; spaces do not matter
    :param last_step: the step of the last code that was taken; it and all before it are never taken again
    :return: None for a wrong code and for a used one
    """
    typed = re.sub(r"\s", "", code)
    present = int(now.timestamp()) // STEP
    codes = pyotp.TOTP(secret, interval=STEP)
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        fits = hmac.compare_digest(codes.generate_otp(step).encode(), typed.encode())
        if fits and step > last_step:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Make codes of 80 random bits for the day on which the device is lost: "7GJ2-…", four groups of four."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))
        for _code in range(RECOVERY_CODES)
    ]


def recovery_code(text: str) -> str | None:
    """Bring a recovery code to the form in which it was given; None for what cannot be one."""
    letters = re.sub(r"[\s-]", "", text).upper().translate(MISREAD)
    if len(letters) != 16 or not set(letters) <= set(LETTERS):
        return None
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def recovery_hash(subject: str, code: str) -> str:
    """Give the hash under which a recovery code is kept; so many random bits need no slow one.

    :param subject: random id of the person
    """
    return sha256(f"recovery\0{subject}\0{code}".encode()).hexdigest()
