"""Both places where files may be kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from contest.storage import files
from contest.storage.places import Place
from tests import stores


@pytest.fixture(params=stores.NAMES)
def place(request: pytest.FixtureRequest, app: Flask) -> Iterator[Place]:
    """A folder, then a bucket, in which the application keeps its files."""
    before = app.extensions.pop(files.EXTENSION, None)
    yield stores.at(app, stores.server().bucket() if request.param == "s3" else "")
    app.extensions.pop(files.EXTENSION)
    if before is not None:
        app.extensions[files.EXTENSION] = before
