"""A published contest with one work whose author allowed its picture to be shown."""

from __future__ import annotations

from typing import Any

import pytest

from contest.regulations.models import Contest
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest

ROOM = "/dan-van-kheo"


@pytest.fixture
def contest(app: Any) -> Contest:
    """A contest that has its regulation."""
    return make_contest()


@pytest.fixture
def organizer(contest: Contest) -> Any:
    """Who runs it."""
    return make_member(contest, "organizer")


@pytest.fixture
def published(contest: Contest) -> Contest:
    """The same contest, its results public: one A, two B, one C."""
    makers.make_published(contest=contest)
    return contest
