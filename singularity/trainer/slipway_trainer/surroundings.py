"""What the frameworks read from the environment when they are first imported."""

from __future__ import annotations

import os
import resource
from pathlib import Path


def processors() -> int:
    """Return how many processors the process may use: those that it is bound to, and no more than Slurm gave it."""
    bound = len(os.sched_getaffinity(0))
    given = os.environ.get("SLURM_CPUS_PER_TASK", "")
    return min(bound, int(given)) if given.isdecimal() and int(given) > 0 else bound


def prepare(scratch: Path) -> None:
    """Set the frameworks' variables where nobody has set them, and allow as many open files as can be.

    All files of a training are open at once, since each chunk has events of all of them.

    Parameters
    ----------
    scratch
        A folder that matplotlib may keep its cache in, where the home folder cannot be written to.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    threads = str(processors())
    for variable in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ.setdefault(variable, threads)
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if not os.access(Path.home(), os.W_OK):
        os.environ.setdefault("MPLCONFIGDIR", str(scratch))
