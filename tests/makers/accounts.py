"""People for tests: confirmed accounts, roles in a contest, newsrooms. Everything made is committed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import pyotp
from flask.testing import FlaskClient
from sqlalchemy import update

from contest import clock
from contest.accounts import access, passwords, services
from contest.accounts.models import (
    Authenticator,
    Membership,
    Outlet,
    OutletKind,
    Person,
    ProviderAccount,
    Role,
    User,
    new_subject,
)
from contest.database import db, transaction

PASSWORD = "sóng trà khúc lặng lờ trôi"
LONG_AGO = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
_numbers = count(1)


@cache
def password_hash(password: str = PASSWORD) -> str:
    """Hash a password once per test run: thirty milliseconds are long when there are hundreds of people."""
    return passwords.hashed(password)


def make_user(
    email: str | None = None,
    name: str = "Huỳnh Đông Trà",
    *,
    password: str = PASSWORD,
    confirmed: bool = True,
    pen_names: str = "",
    phone: str = "",
    unit: str = "",
    **columns: Any,
) -> User:
    """Make somebody who can sign in with `PASSWORD`."""
    email = email or f"nguoi{next(_numbers)}@toasoan.example"
    person = Person(
        subject=new_subject(),
        name=name,
        pen_names=pen_names,
        phone=phone,
        unit=unit,
        email=email if confirmed else "",
        created_at=LONG_AGO,
    )
    db.session.add(person)
    db.session.flush()
    user = User(
        email=email,
        person_id=person.id,
        password_hash=password_hash(password),
        email_confirmed_at=LONG_AGO if confirmed else None,
        created_at=LONG_AGO,
        **columns,
    )
    db.session.add(user)
    db.session.commit()
    return user


def make_member(
    contest: Any,
    role: Role | str = Role.SECRETARY,
    *,
    user: User | None = None,
    outlet: Outlet | None = None,
    **columns: Any,
) -> User:
    """Give somebody a role in a contest, and give the somebody: a new user unless one is named."""
    user = user or make_user(**columns)
    db.session.add(
        Membership(
            contest_id=contest.id,
            user_id=user.id,
            role=Role(role),
            outlet_id=outlet.id if outlet else None,
            granted_at=LONG_AGO,
        )
    )
    db.session.commit()
    return user


def make_outlet(
    name: str = "Báo Quảng Ngãi",
    kind: OutletKind | str = OutletKind.NEWSPAPER,
    *,
    valid_from: date | None = None,
    valid_until: date | None = None,
    successor: Outlet | None = None,
) -> Outlet:
    """Make a newsroom."""
    outlet = Outlet(
        name=name,
        kind=OutletKind(kind),
        valid_from=valid_from,
        valid_until=valid_until,
        successor_id=successor.id if successor else None,
    )
    db.session.add(outlet)
    db.session.commit()
    return outlet


def sign_in(client: FlaskClient, user: User) -> None:
    """Give a browser a session of this user, as the sign-in page would."""
    token = services.open_session(
        user, device="Firefox, Linux", address="127.0.0.1", now=clock.now(), oldest=access.longest_session()
    )
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[access.TOKEN] = token


def give_app(user: User, name: str = "Điện thoại của tôi") -> str:
    """Give somebody an app that shows codes; none of its codes is used yet. It ends their sessions.

    :return: the secret, in whatever form the app reads it
    """
    with transaction():
        owner = db.session.get_one(User, user.id)
        setup = services.begin_authenticator(owner)
        code = code_of(setup.secret)
        services.add_authenticator(owner, setup, code, name=name, now=clock.now())
        db.session.execute(update(Authenticator).filter_by(user_id=user.id).values(last_step=0))
    return setup.secret


def give_office_account(user: User, issuer: str = "https://dang-nhap.co-quan.example", sub: str = "0042") -> int:
    """Link an account of an office with somebody's.

    :return: number of the link
    """
    account = ProviderAccount(
        user_id=user.id, issuer=issuer, sub=sub, name=f"{sub}@co-quan.example", created_at=LONG_AGO
    )
    db.session.add(account)
    db.session.commit()
    return account.id


def code_of(secret: str, *, later: int = 0) -> str:
    """Read an app, which knows the time of day and no calendar of a demo.

    :param later: by so many half minutes
    """
    return pyotp.TOTP(secret).at(clock.of_instance().time_of_day() + timedelta(seconds=30 * later))
