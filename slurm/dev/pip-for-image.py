"""Hands this machine's pip settings on to an image build.

Reads the lines of ``pip config list`` from standard input, writes ``pip.conf`` and what it points to into the folder
given as argument (which the build sees as ``/mnt``), and prints one ``--bind`` pair a line for further folders.
"""

import ast
import shutil
import sys
from pathlib import Path

INSIDE = Path("/mnt")


def main(folder: Path) -> None:
    """Write the settings into ``folder``; environment variables, listed last, win over files."""
    settings: dict[str, str] = {}
    for line in sys.stdin:
        name, separator, value = line.strip().partition("=")
        section, _, key = name.rpartition(".")
        if separator and section in ("global", "install", ":env:"):
            settings[key] = str(ast.literal_eval(value))

    for key, value in list(settings.items()):
        if key == "cert" and Path(value).is_file():
            shutil.copyfile(value, folder / "ca.crt")
            settings[key] = str(INSIDE / "ca.crt")
        elif key == "find-links":
            settings[key] = " ".join(bound(folder, index, place) for index, place in enumerate(value.split()))
        elif key in ("no-index", "config-file", "cache-dir", "require-virtualenv", "user", "break-system-packages"):
            if key != "no-index":
                del settings[key]

    lines = ["[global]", *(f"{key} = {value}" for key, value in settings.items())]
    (folder / "pip.conf").write_text("\n".join(lines) + "\n")


def bound(folder: Path, index: int, place: str) -> str:
    """Return the name inside the build of a ``find-links`` place, after asking for its binding."""
    if not Path(place).is_dir():
        return place
    name = f"find-links-{index}"
    (folder / name).mkdir(exist_ok=True)
    print(f"{Path(place).resolve()}:{INSIDE / name}")
    return str(INSIDE / name)


main(Path(sys.argv[1]))
