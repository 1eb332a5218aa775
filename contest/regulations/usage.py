"""Which codes of a regulation rows refer to: asked of the rooms above, which announce themselves here.

A room that stores codes says so once, in its own ``usage.py``, which is loaded with the room::

    @usage.source
    def codes_in_use(contest_id: int) -> Iterable[str]:
        return {f"category:{code}" for code in …}

Codes carry their kind, as `amending.codes` names them: ``category:BAO_IN``, ``genre:phong_su``, ``topic:kinh_te``,
``slot:BAO_IN/trang_bao``, ``level:tinh``, ``statement:ban_quyen``, ``round:so_khao``,
``criterion:so_khao/BAO_IN/phat_hien``, ``panel:so_khao/BAO_IN``, ``tier:A``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Source = Callable[[int], Iterable[str]]

_sources: dict[str, Source] = {}


def source(find: Source) -> Source:
    """Announce a function that finds the codes in use in a contest."""
    _sources[f"{find.__module__}.{find.__qualname__}"] = find
    return find


def codes_in_use(contest_id: int) -> frozenset[str]:
    """Ask every room that announced itself."""
    return frozenset(code for find in _sources.values() for code in find(contest_id))
