"""A posted list to complain about."""

from datetime import timedelta

import pytest

from contest import clock
from contest.accounts.models import Role
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def organizer(contest):
    return make_member(contest, Role.ORGANIZER, name="Phạm Trường Giang")


@pytest.fixture
def posting(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    posting = makers.make_posted(contest, by=organizer)
    clock.set_to(posting.at + timedelta(hours=2))
    return posting
