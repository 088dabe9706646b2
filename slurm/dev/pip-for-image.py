"""Hands this machine's pip settings on to a container: to an image build, or to the jobs that install requirements.

Reads the lines of ``pip config list`` from standard input, writes ``pip.conf`` and what it points to into the folder
given as first argument, which the container sees under the path given as second. Of further folders it prints one
``--bind`` pair a line, or, where the container sees all under their own paths, one path a line.
"""

import ast
import shutil
import sys
from pathlib import Path


def main(folder: Path, inside: Path) -> None:
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
            settings[key] = str(inside / "ca.crt")
        elif key == "find-links":
            settings[key] = " ".join(bound(folder, inside, index, place) for index, place in enumerate(value.split()))
        elif key in ("no-index", "config-file", "cache-dir", "require-virtualenv", "user", "break-system-packages"):
            if key != "no-index":
                del settings[key]

    lines = ["[global]", *(f"{key} = {value}" for key, value in settings.items())]
    (folder / "pip.conf").write_text("\n".join(lines) + "\n")


def bound(folder: Path, inside: Path, index: int, place: str) -> str:
    """Return the name inside the container of a ``find-links`` place, after asking for its binding."""
    if not Path(place).is_dir():
        return place
    if inside == folder:
        print(Path(place).resolve())
        return str(Path(place).resolve())
    name = f"find-links-{index}"
    (folder / name).mkdir(exist_ok=True)
    print(f"{Path(place).resolve()}:{inside / name}")
    return str(inside / name)


main(Path(sys.argv[1]), Path(sys.argv[2]))
