"""Trains from an uploaded folder, by the trainer that the image holds."""

from __future__ import annotations

import sys

try:
    from slipway_trainer import job
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "slipway_trainer":
        raise
    sys.exit(
        "slipway-train: the image has no trainer (the Python package slipway_trainer); "
        "`image` under `mlaas4hep` in slipway.yml must name one built from singularity/hep.def"
    )

if __name__ == "__main__":
    sys.exit(job.main())
