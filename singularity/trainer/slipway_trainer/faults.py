"""An exception in a user's code, told in one sentence."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

LONGEST = 300
"""Characters of an exception's own words that are kept."""


def told(error: BaseException, folder: Path) -> str:
    """Return where in the user's folder an exception arose, its type and its words, on one line.

    Parameters
    ----------
    folder
        The folder of the user's code; the innermost frame in it is named. None is named where there is none.
    """
    place = _place(error, folder)
    kind = type(error).__name__
    words = _words(str(error))
    return (f"{place}: " if place else "") + (f"{kind}: {words}" if words else kind)


def _place(error: BaseException, folder: Path) -> str | None:
    root = folder.resolve()

    def is_users(file: str) -> bool:
        path = Path(file).resolve()
        # An environment of libraries may lie in the user's folder.
        return path.is_relative_to(root) and not {"site-packages", "dist-packages"} & set(path.parts)

    if isinstance(error, SyntaxError) and error.filename and is_users(error.filename):
        return f"{Path(error.filename).name} line {error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if is_users(frame.filename)]
    return f"{Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else None


def _words(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    if "Detected at node" in text:
        # TensorFlow puts the stack of the code that made a node before what went wrong in it.
        frames = [match.end() for match in re.finditer(r'^ *File ".*$', text, re.MULTILINE)]
        text = text[frames[-1] :] if frames else text
    text = text.split("[[{{node")[0]
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
