"""Build the wheel, open it, and look whether everything is inside that a server needs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parent.parent
NEEDED = (
    "contest/__main__.py",
    "contest/migrations/env.py",
    "contest/migrations/script.py.mako",
    "contest/regulations/presets/quang_ngai_2025.toml",
    "contest/translations/vi/LC_MESSAGES/messages.mo",
    "contest/translations/en/LC_MESSAGES/messages.mo",
)


def expected() -> set[str]:
    """Name everything that the wheel must hold."""
    files = set(NEEDED)
    for folder in ("templates", "static"):
        files |= {f"contest/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()}
    for path in (ROOT / "contest").rglob("*.py"):
        files.add(str(path.relative_to(ROOT)))
    return files


def main() -> None:
    """Fail with the names of what is missing, or of what has no business in a wheel."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--outdir", out, str(ROOT)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (wheel,) = Path(out).glob("*.whl")
        with ZipFile(wheel) as archive:
            inside = set(archive.namelist())
            entry = archive.read(next(name for name in inside if name.endswith("entry_points.txt"))).decode()
    missing = sorted(expected() - inside)
    foreign = sorted(
        name for name in inside if name.startswith(("tests/", "instance/")) or name.endswith((".po", ".pyc", ".sqlite"))
    )
    assert not missing, f"missing in the wheel: {missing}"
    assert not foreign, f"no business in the wheel: {foreign}"
    assert "contest = contest.__main__:main" in entry
    print(f"the wheel holds {len(inside)} files, everything that is needed among them")


if __name__ == "__main__":
    main()
