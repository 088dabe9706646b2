#!/usr/bin/env bash
# Measures a release build on the cluster. Arguments go to the bench program.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

"$REPO/slurm/dev/install.sh"
"$REPO/slurm/dev/build.sh" release
"$REPO/slurm/dev/cluster-up.sh"
"$REPO/slurm/dev/image.sh"

# wants ARGUMENTS PART : whether the arguments ask for the part
wants() { [[ " $1 " != *" --only"* || " $1 " == *" --only $2 "* || " $1 " == *" --only=$2 "* ]]; }

# The part that measures beside other servers needs them, and the trainer its image.
if wants "$*" serve; then
    "$REPO/slurm/dev/peers.sh"
fi
if wants "$*" train; then
    "$REPO/slurm/dev/image.sh" hep
fi
# shellcheck source=environment.sh
source "$REPO/slurm/dev/environment.sh"

say "Running slipway-bench as $RUN_USER"
in_state env -u DATABASE_URL -u SLIPWAY_LISTEN "${TEST_ENVIRONMENT[@]}" \
    SLIPWAY_TEST_SERVER_BINARY="$STATE/bin/release/slipway" "$STATE/bin/release/slipway-bench" "$@"
