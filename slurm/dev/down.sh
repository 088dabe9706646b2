#!/usr/bin/env bash
# Stops the server and the cluster. Data stays.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

stop_daemon server 60
"$REPO/slurm/dev/cluster-down.sh"
