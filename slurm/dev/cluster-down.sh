#!/usr/bin/env bash
# Ends the jobs and stops the cluster.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock

no_jobs() { [[ -z $(in_state squeue -h -o %i 2>/dev/null) ]]; }

# Job steps outlive slurmd; those of this cluster are told by their working folder.
leftover_steps() {
    local folder
    for folder in /proc/[0-9]*; do
        if [[ $(readlink "$folder/exe" 2>/dev/null) == */slurmstepd* ]] &&
            [[ $(readlink "$folder/cwd" 2>/dev/null) == "$STATE"/* ]]; then
            printf '%s\n' "${folder#/proc/}"
        fi
    done
}

if daemon_pid slurmctld >/dev/null; then
    if ! no_jobs; then
        say "Cancelling the jobs that are left"
        in_state scancel --user="$RUN_USER" >/dev/null 2>&1 || true
        within 20 no_jobs || say "Some jobs did not end in 20 seconds"
    fi
fi
stop_daemon slurmd
stop_daemon "slurmd-$SPARE_NODE"
stop_daemon slurmctld 30
stop_daemon slurmdbd 30
stop_daemon mariadb 60
stop_daemon munged
for pid in $(leftover_steps); do
    as_user kill -KILL "$pid" 2>/dev/null || true
done
