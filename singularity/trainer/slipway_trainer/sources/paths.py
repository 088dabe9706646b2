"""From the lines of the list of files to files that may be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from slipway_trainer.errors import TrainerError

REMOTE = ("root://", "roots://", "xroot://", "xroots://")
LARGEST_LIST = 1 << 24


def read_names(path: Path) -> list[str]:
    """Read a list of files: one name a line; empty lines and lines that begin with ``#`` are none."""
    if not path.is_file():
        raise TrainerError(f"the list of files {path.name} is missing")
    if path.stat().st_size > LARGEST_LIST:
        raise TrainerError(f"the list of files {path.name} is larger than {LARGEST_LIST} bytes")
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except ValueError as error:
        raise TrainerError(
            f"the list of files {path.name} is no text: {error}; write the data files' names into a text, one a line"
        ) from error
    names = [line for line in lines if line and not line.startswith("#")]
    if not names:
        raise TrainerError(f"the list of files {path.name} is empty: write one file's name a line")
    return names


def check_names(names: Sequence[str]) -> None:
    """Refuse an empty list, and a file that is listed twice: its events would be in training and test at once."""
    if not names:
        raise TrainerError("there is no file to read: list at least one")
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise TrainerError(f"{shown(name)} is listed twice: list each file once")
        seen.add(name)


def shown(name: str) -> str:
    """Give a file's name for logs and errors, without what a remote address says after ``?``: it may be a token."""
    return name.split("?", 1)[0] if name.startswith((*REMOTE, "/store/")) else name


def inside(name: str, folder: Path) -> Path | None:
    """Give the real path of ``name`` where it is in ``folder`` with all links followed, else None."""
    if "\0" in name or ".." in PurePosixPath(name).parts:
        return None
    root = folder.resolve()
    path = (folder / name).resolve()
    return path if path.is_relative_to(root) else None


def locate(name: str, folder: Path, datasets: Path | None, redirector: str) -> Path | str:
    """Find a file that a line of the list names.

    Parameters
    ----------
    name : str
        Relative to ``folder``, else to ``datasets``; or an absolute path in one of them; or ``/store/…``, which
        ``redirector`` leads to; or an address ``root://host//path``.

    Returns
    -------
    Path or str
        A path whose links are all followed, or an XRootD address.

    Raises
    ------
    TrainerError
        The name leads out of both folders, the file is missing, or ``/store/…`` has no redirector.
    """
    if name.startswith(REMOTE):
        host = name.split("://", 1)[1].split("/", 1)[0]
        if not host or any(letter.isspace() or ord(letter) < 32 for letter in name):
            raise TrainerError(f"{shown(name)!r} must be an address such as root://host//path/file.root")
        return name
    folders = [folder] if datasets is None else [folder, datasets]
    places = [inside(name, root) for root in folders]
    for place in places:
        if place is not None and place.is_file():
            return place
    if name.startswith("/store/") and ".." not in PurePosixPath(name).parts:
        if not redirector:
            raise TrainerError(f"{shown(name)} is a remote file, but the parameters name no redirector")
        return f"{redirector.rstrip('/')}/{name}"
    if all(place is None for place in places):
        raise TrainerError(f"{name!r} leads out of the folder: name files of the folder or of the datasets")
    where = "in the folder" if datasets is None else "in the folder or in the datasets"
    raise TrainerError(f"{name} is missing: there is no such file {where}")
