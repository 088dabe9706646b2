#!/usr/bin/env bash
# Kills servers under load, again and again, at each of their fault points and at random moments, and prints what each
# kill did: the table is also in .slipway/log/soak.txt. Fails unless nothing was lost, doubled, left lying or wrong.
#   SOAK_KILLS=500      how many servers are killed
#   SOAK_SECONDS=1800   after so many seconds no more are killed, and fewer kills than asked for are a failure
#   SOAK_ROOTS=3        data roots, each with a database and two servers of its own
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

"$REPO/slurm/dev/install.sh"
"$REPO/slurm/dev/build.sh" tests
"$REPO/slurm/dev/cluster-up.sh"
"$REPO/slurm/dev/image.sh"
# shellcheck source=environment.sh
source "$REPO/slurm/dev/environment.sh"

say "Killing ${SOAK_KILLS:=500} servers as $RUN_USER, for ${SOAK_SECONDS:=1800} s at most"
status=0
in_state env -u DATABASE_URL -u SLIPWAY_LISTEN "${TEST_ENVIRONMENT[@]}" \
    SLIPWAY_SOAK=1 SOAK_KILLS="$SOAK_KILLS" SOAK_SECONDS="$SOAK_SECONDS" SOAK_ROOTS="${SOAK_ROOTS:-3}" \
    timeout --kill-after=60 $((SOAK_SECONDS + 900)) \
    "$STATE/bin/slipwayPackageTests.xctest" --testing-library swift-testing --filter SoakTests "$@" 2>&1 \
    | as_user tee "$STATE/log/soak.log" || status=$?
say "The table: $STATE/log/soak.txt, all output: $STATE/log/soak.log"
exit "$status"
