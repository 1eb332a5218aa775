"""How long the slowest document takes that a regulation check refuses."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.regulations import contradictions, hostile, mutations, telling
from tests.regulations.changing import changed
from tests.regulations.writing import toml


def documents() -> Iterator[tuple[str, str | bytes]]:
    """Give every broken document of the tests, with its name."""
    yield from hostile.HOSTILE.items()
    for name, (sound, changes, _) in contradictions.CONTRADICTIONS.items():
        yield name, toml(changed(sound, changes))
    for name, text, _ in mutations.mutations():
        yield name, text


def slowest() -> tuple[str, float, int]:
    """Name the document that takes longest, with its milliseconds, and count all."""
    telling.told("")
    took = sorted(((once(text), name, text) for name, text in documents()), key=lambda one: one[0], reverse=True)
    again = [(min(once(longer(text, by)) for by in range(1, 6)), name) for _, name, text in took[:10]]
    longest, name = max(again)
    return name, longest, len(took)


def once(text: str | bytes) -> float:
    """Give the milliseconds that one check takes."""
    start = time.perf_counter()
    telling.told(text)
    return (time.perf_counter() - start) * 1000


def longer(text: str | bytes, by: int) -> str | bytes:
    """Add empty lines: what was read before is kept, and takes no time."""
    return text + b"\n" * by if isinstance(text, bytes) else text + "\n" * by


if __name__ == "__main__":
    name, longest, count = slowest()
    print(f"{longest:.1f} ms  {name}  (of {count} documents)")
