"""What every test stands on: one application per process, a fresh database per test, people with browsers."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from contest import clock, create_app
from contest.database import db
from tests import columns, engines, stores
from tests.browser import Browser
from tests.postbox import Postbox

# How long a property takes is the machine's affair: nothing that is timed decides here.
settings.register_profile("contest", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("contest")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``make prove`` ask for the long form of the proofs, and ``make check`` for both engines."""
    parser.addoption("--long", action="store_true", help="the long form of the proofs: twenty power cuts, not two")
    parser.addoption("--engine", choices=engines.NAMES, default="sqlite", help="what keeps the rows")
    parser.addoption("--share", action="store_true", help="what falls to this engine where both are asked")
    parser.addoption("--storage", choices=stores.NAMES, default="folder", help="what keeps the files")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the engine before anything is imported that may ask for it."""
    config.addinivalue_line("markers", "only_on(engine): asks something that only this engine has")
    config.addinivalue_line(
        "markers", "long: belongs to the long form alone, as other tests ask the like of it shortly"
    )
    config.addinivalue_line("markers", "one_of_each_room: without --long, one endpoint of each room is asked")
    engines.choose(config.getoption("engine"))
    stores.choose(config.getoption("storage"))
    gc.disable()  # until everything is imported, of which nothing is thrown away


def pytest_unconfigure() -> None:
    """End the servers of the rows and of the files, where there are any."""
    engines.chosen().stop()
    stores.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker waits at the end for another one's."""
    if not config.getoption("long"):
        items[:], left = columns.shortened(items)
        config.hook.pytest_deselected(items=left)
    items[:], left = columns.parted(items, engines.chosen().name, share=config.getoption("share"))
    config.hook.pytest_deselected(items=left)
    first = (columns.ALL_IN_THE_WORLD, columns.LONG)
    items.sort(key=lambda item: [not item.nodeid.startswith(each) for each in first])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> columns.Scheduling:
    """Say which tests go to one worker together."""
    return columns.Scheduling(config, log)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what stays to the end: modules, templates, the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def engine() -> engines.Engine:
    """What keeps the rows."""
    return engines.chosen()


@pytest.fixture(scope="session")
def _application(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, engines.Rows]:
    chosen = engines.settings(tmp_path_factory.mktemp("instance"))
    app = create_app(chosen, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    engines.chosen().spare(app)
    with app.app_context():
        db.create_all()
        db.session.remove()
    rows = engines.chosen().rows(app)
    rows.keep("empty")
    return app, rows


@pytest.fixture
def app(_application: tuple[Flask, engines.Rows]) -> Iterator[Flask]:
    """An application with an empty database, its context open."""
    application, rows = _application
    folder = Path(application.instance_path)
    rows.begin_with("empty")
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()
    stores.clear(application)
    shutil.rmtree(folder / "files", ignore_errors=True)
    for made in (clock.MARK, "certificates.p12"):
        (folder / made).unlink(missing_ok=True)


@pytest.fixture
def rows(app: Flask, _application: tuple[Flask, engines.Rows]) -> engines.Rows:
    """The rows of the application, of which a test keeps a copy."""
    return _application[1]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Contests at every stage with people of every role; whoever changes its rows puts them back."""
    from tests.world import build

    return build(tmp_path_factory.mktemp("world"))


@pytest.fixture
def now(app: Flask) -> Any:
    """The present moment of the instance."""
    return clock.now()


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """Open browsers: ``browser()`` for a stranger, ``browser(user)`` for somebody signed in."""

    def open_browser(user: Any = None) -> Browser:
        visitor = Browser(app)
        if user is not None:
            from tests.makers.accounts import sign_in

            sign_in(visitor.client, user)
        return visitor

    return open_browser


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """The mail server everybody's letters go through."""
    with Postbox() as box:
        yield box
