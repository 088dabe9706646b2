#!/usr/bin/env bash
# Stops everything and removes what the build and the scripts made in the checkout. Installed packages stay.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

"$REPO/slurm/dev/down.sh"
say "Removing $REPO/.build and $STATE"
chmod -R u+rwX "$STATE"
rm -rf "$STATE" "$REPO/.slipway" "$REPO/.build"
