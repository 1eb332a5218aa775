"""Files in a bucket of a server that speaks S3.

Every request is for some megabytes at most, so that neither memory nor the time a request may take grows with a file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from contest.storage.copies import Copies
from contest.storage.errors import FileUnreadable, StoreUnreachable
from contest.storage.places import Kept, Received, holds, key_of

if TYPE_CHECKING:
    from obstore.store import S3Config

PART = 8 << 20
SECONDS = 60  # for one request
SILENCE = 10  # after which a server that says nothing is taken for dead
REST = timedelta(seconds=10)  # after which a request that fails is not tried again
ROOM_OF_NAMES = 64  # that long a hash is
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class BadAddress(ValueError):
    """The address of the store is none that we understand."""


class Bucket:
    """A bucket, or the part of one below a prefix."""

    def __init__(self, url: str, copies: Copies, *, key: str = "", secret: str = "") -> None:
        """Read the address ``s3://KEY:SECRET@HOST:PORT/BUCKET/PREFIX?region=…``; ``s3+http://`` is not encrypted.

        Nothing is asked of the server yet, and no connection survives into a process that is made later.

        :raise BadAddress: if there is no host or no bucket in it
        """
        parts = urlsplit(url)
        bucket, _, prefix = parts.path.strip("/").partition("/")
        if parts.scheme not in ("s3", "s3+http") or not parts.hostname or not bucket:
            raise BadAddress
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.copies = copies
        self._plain = parts.scheme == "s3+http"
        self._settings: S3Config = {
            "endpoint": f"{'http' if self._plain else 'https'}://{host}{f':{parts.port}' if parts.port else ''}",
            "region": parse_qs(parts.query).get("region", ["us-east-1"])[0],
            "access_key_id": key or unquote(parts.username or ""),
            "secret_access_key": secret or unquote(parts.password or ""),
            "virtual_hosted_style_request": False,
        }
        self._bucket, self._prefix = bucket, prefix or None

    @cached_property
    def _store(self) -> S3Store:
        return S3Store(
            self._bucket,
            prefix=self._prefix,
            config=self._settings,
            client_options={
                "allow_http": self._plain,
                "connect_timeout": timedelta(seconds=5),
                "read_timeout": timedelta(seconds=SILENCE),
                "timeout": timedelta(seconds=SECONDS),
            },
            retry_config={"max_retries": 3, "retry_timeout": REST, "backoff": {"max_backoff": timedelta(seconds=2)}},
        )

    def keep(self, source: Path, received: Received) -> None:
        """Send the file in parts, then read it back: only what came back whole was taken in."""
        _asked(
            obstore.put,
            self._store,
            key_of(received.sha256),
            source,
            chunk_size=PART,
            max_concurrency=2,
            use_multipart=received.size > PART,
        )
        if not holds(self, received.sha256):
            self.remove(received.sha256)
            raise StoreUnreachable
        self.copies.take(source, received.sha256)

    def look(self, sha256: str) -> Kept | None:
        """Ask for what is known of an object."""
        try:
            found = _asked(obstore.head, self._store, key_of(sha256))
        except FileNotFoundError:
            return None
        return Kept(sha256, found["size"], found["last_modified"].timestamp())

    def read(self, sha256: str, start: int = 0) -> Iterator[bytes]:
        """Ask for part after part."""
        found = self.look(sha256)
        if found is None:
            raise FileNotFoundError(sha256)
        while start < found.size:
            part = bytes(
                _asked(
                    obstore.get_range,
                    self._store,
                    key_of(sha256),
                    start=start,
                    length=min(PART, found.size - start),
                )
            )
            if not part:
                raise StoreUnreachable
            start += len(part)
            yield part

    def at_hand(self, sha256: str) -> Path:
        """Fetch a file unless it is here already, and compare it with its name.

        :raise FileUnreadable: if there is no such object, or its bytes are others
        """
        path = self.copies.find(key_of(sha256).rpartition("/")[2])
        if path is not None:
            return path
        fetched, digest = self.copies.new(), hashlib.sha256()
        try:
            with fetched.open("xb") as file:
                for part in self.read(sha256):
                    digest.update(part)
                    file.write(part)
            if digest.hexdigest() != sha256:
                raise FileUnreadable
            return self.copies.take(fetched, sha256)
        except FileNotFoundError as error:
            raise FileUnreadable from error
        finally:
            fetched.unlink(missing_ok=True)

    def kept(self) -> Iterator[Kept]:
        """List every object, a page of the server at a time."""
        pages = iter(_asked(obstore.list, self._store))
        while (page := _asked(next, pages, None)) is not None:
            for found in page:
                name = found["path"].rpartition("/")[2]
                if len(name) == ROOM_OF_NAMES:
                    yield Kept(name, found["size"], found["last_modified"].timestamp())

    def remove(self, sha256: str) -> None:
        """Delete an object and the copy of it."""
        self.copies.drop(sha256)
        with suppress(FileNotFoundError):
            _asked(obstore.delete, self._store, key_of(sha256))

    def check(self) -> None:
        """Write, read and remove a small object."""
        name, content = f"tried-{os.getpid()}", secrets.token_bytes(16)
        try:
            _asked(obstore.put, self._store, name, content)
            read = _asked(obstore.get_range, self._store, name, start=0, length=len(content))
            _asked(obstore.delete, self._store, name)
        except FileNotFoundError as error:
            raise StoreUnreachable from error
        if bytes(read) != content:
            raise StoreUnreachable


def _asked(ask: Callable[Given, Answer], *given: Given.args, **options: Given.kwargs) -> Answer:
    """Ask the server.

    :raise FileNotFoundError: if it says that there is no such object
    :raise StoreUnreachable: if it does not answer, or refuses
    """
    try:
        return ask(*given, **options)
    except NotFoundError as error:
        raise FileNotFoundError from error
    except (BaseError, TimeoutError, ConnectionError) as error:
        raise StoreUnreachable from error
