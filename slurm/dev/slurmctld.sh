#!/usr/bin/env bash
# slurmctld.sh start|stop : the controller alone, which the tests take away for a while.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

answers() { in_state scontrol ping | grep -q UP; }

case ${1:-} in
    start)
        if ! daemon_pid slurmctld >/dev/null; then
            say "Starting slurmctld on port $(chosen_port slurmctld)"
            start_daemon slurmctld slurmctld -D -f "$SLURM_CONF"
            await slurmctld 60 answers
        fi
        ;;
    stop) stop_daemon slurmctld 30 ;;
    *) die "usage: slurmctld.sh start|stop" ;;
esac
