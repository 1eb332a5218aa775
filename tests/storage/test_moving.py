"""A store is copied to another place, compared on both sides."""

import io

import pytest

from contest import storage
from contest.database import transaction
from contest.storage import files, moving
from contest.storage.errors import StoreUnreachable
from contest.storage.places import holds
from tests import stores


@pytest.fixture
def kept(app):
    with transaction():
        return [storage.store(io.BytesIO(content), limit=100).sha256 for content in (b"mot", b"hai", b"ba")]


def test_every_file_is_copied_once_and_compared(app, kept):
    stores.lose(kept[0])
    stores.alter(kept[1], b"hay")
    target = files.place_at(stores.server().bucket())

    first, again = moving.copy_all(target), moving.copy_all(target)

    assert (first.copied, first.there, sorted(first.damaged)) == (1, 0, sorted(kept[:2]))
    assert (again.copied, again.there) == (0, 1)
    assert holds(target, kept[2])
    assert list(files.workspace().iterdir()) == []


def test_the_command_says_what_it_copied_and_keeps_the_secret(app, kept):
    url = stores.server().bucket()

    told = app.test_cli_runner().invoke(args=["storage", "move", url])

    assert told.exit_code == 0
    assert "3 tệp" in told.output
    assert stores.SECRET not in told.output


def test_a_place_that_is_away_takes_nothing(app, kept):
    with pytest.raises(StoreUnreachable):
        moving.copy_all(files.place_at("s3+http://a:b@127.0.0.1:1/kho"))
