"""Imports run one way: down the floors, and within a room from doors to rules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTEST = ROOT / "contest"

FLOORS = {
    "audit": 0, "mail": 0, "jobs": 0, "storage": 0, "printing": 0, "web": 0, "migrations": 0, "translations": 0,
    "database": 0, "clock": 0, "errors": 0, "config": 0, "turns": 0, "vault": 0, "subjects": 0,
    "regulations": 1,
    "accounts": 2,
    "seconding": 2.5,
    "exemplars": 3,
    "entries": 4,
    "interests": 4.5,
    "screening": 5,
    "judging": 6,
    "results": 7, "ballots": 7,
    "calibration": 7.5, "complaints": 7.5, "council": 7.5, "winners": 7.5,
    "certificates": 8,
    "delivery": 8.5,
    "revocations": 8.5,
    "official": 8.5,
    "privacy": 8.9,
    "operations": 9, "showcase": 9, "home": 9, "proof": 9,
    "upkeep": 9.3,
    "portraits": 9.5,
    "demo": 10,
}  # fmt: skip

DOORS = {"views", "office", "commands", "background", "access"}
ORDER = {
    "models": 1,
    "queries": 2, "usage": 2, "consequences": 3,
    "emails": 3, "documents": 3, "personal": 3,
    "services": 4,
    "forms": 5,
    **dict.fromkeys(DOORS, 6),
}  # fmt: skip
RULES = 0  # rules.py and every telling name

FLASK_FREE = {"flask", "flask_login", "flask_babel", "flask_wtf", "flask_sqlalchemy", "sqlalchemy"}


def modules() -> list[Path]:
    return sorted(path for path in CONTEST.rglob("*.py") if "versions" not in path.parts)


def room_of(path: Path) -> str:
    return path.relative_to(CONTEST).with_suffix("").parts[0]


def file_of(path: Path) -> str:
    """Name of the file of a room that a module is or, where that file has become a package, belongs to."""
    parts = path.relative_to(CONTEST).with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]


def imports(path: Path) -> set[str]:
    """Full names of what a module imports from the application, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "contest":
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "contest"}
    return found


def target(name: str) -> tuple[str, str]:
    """Room and file that an imported name lies in."""
    parts = name.split(".")[1:]
    room = parts[0] if parts else ""
    named = CONTEST / room / parts[1] if len(parts) > 1 else None
    return room, parts[1] if named and (named.is_dir() or named.with_suffix(".py").exists()) else "__init__"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_uses_only_rooms_below_it_and_never_their_forms_or_doors(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    assert room in FLOORS, f"{room} has no floor"
    wrong = []
    for name in imports(path):
        other, file = target(name)
        if other in ("", room) or other == "create_app":
            continue
        if FLOORS[other] > FLOORS[room] or (FLOORS[other] == FLOORS[room] != 0):
            wrong.append(f"{name} lies above")
        elif FLOORS[other] > 0 and file in {"forms", *DOORS} - {"access"}:
            wrong.append(f"{name} is another room's form or door")
    assert wrong == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_inside_a_room_imports_point_from_doors_to_rules(path: Path) -> None:
    room = room_of(path)
    file = file_of(path)
    if FLOORS.get(room, 0) == 0 or file == "__init__":
        return
    own = ORDER.get(file, RULES)
    wrong = []
    for name in imports(path):
        other, imported = target(name)
        if other == room and imported != "__init__" and ORDER.get(imported, RULES) > own:
            wrong.append(name)
    assert wrong == []


def test_a_file_that_became_a_package_is_entered_by_its_own_name() -> None:
    wrong = []
    for path in modules():
        room, file = room_of(path), file_of(path)
        for name in imports(path):
            parts = name.split(".")[1:]
            inside = len(parts) > 2 and parts[1] in ORDER and (CONTEST / parts[0] / parts[1]).is_dir()
            if (
                inside
                and (parts[0], parts[1]) != (room, file)
                and (CONTEST.joinpath(*parts[:3])).with_suffix(".py").exists()
            ):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_no_file_is_called_util_helper_or_manager() -> None:
    names = {path.stem for path in (*modules(), *(ROOT / "tests").rglob("*.py"))}
    assert names & {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"} == set()


def calls(path: Path) -> set[str]:
    """Names of the functions and methods that a module calls."""
    called = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}


def test_only_doors_commit() -> None:
    workers = {"database.py", "jobs/services.py", "mail/services.py"}
    wrong = []
    for path in modules():
        place = path.relative_to(CONTEST)
        if str(place) in workers or file_of(path) in DOORS or place.parts[0] in ("web", "migrations"):
            continue
        if calls(path) & {"commit", "transaction"}:
            wrong.append(str(place))
    assert wrong == []


def test_the_top_level_is_the_one_that_was_agreed() -> None:
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and not path.name.endswith(".egg-info")
    }
    assert folders - {"instance", "build", "dist", "__pycache__"} == {"contest", "templates", "static", "tests", "docs"}
