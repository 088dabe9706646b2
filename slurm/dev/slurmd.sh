#!/usr/bin/env bash
# slurmd.sh start|stop|kill [NODE] : the daemon of one node. `stop` leaves its jobs running; `kill` is the end of the
# node: its daemon and its jobs are gone from one moment to the next.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

node=${2:-$NODE}
case $node in
    "$NODE") daemon=slurmd ;;
    "$SPARE_NODE") daemon=slurmd-$node ;;
    *) die "there is no node $node, but $NODE and $SPARE_NODE" ;;
esac
spool=$STATE/slurm/node-$node

node_state() { in_state sinfo -h -N -n "$node" -o %T | sort -u; }
node_ready() { grep -qxE 'idle|mixed|allocated|completing' <<<"$(node_state)"; }

# After a hard stop the node may come back down or drained.
node_resumed() {
    if ! node_ready; then
        in_state scontrol update NodeName="$node" State=RESUME || true
        return 1
    fi
}

# Steps outlive slurmd and are told by its working folder, what they started by its environment.
steps() {
    local folder
    for folder in /proc/[0-9]*; do
        if [[ $(readlink "$folder/exe" 2>/dev/null) == */slurmstepd* ]] &&
            [[ $(readlink "$folder/cwd" 2>/dev/null) == "$spool" ]]; then
            printf '%s\n' "${folder#/proc/}"
        fi
    done
}

scripts() {
    local folder
    for folder in /proc/[0-9]*; do
        if grep -qzxF "SLURMD_NODENAME=$node" "$folder/environ" 2>/dev/null &&
            grep -qzxF "SLURM_CONF=$SLURM_CONF" "$folder/environ" 2>/dev/null; then
            printf '%s\n' "${folder#/proc/}"
        fi
    done
}

# family PID… : these and all that they started; a container's processes have an environment of their own.
family() {
    local generation=("$@")
    while ((${#generation[@]})); do
        printf '%s\n' "${generation[@]}"
        mapfile -t generation < <(pgrep --parent "$(IFS=, && printf '%s' "${generation[*]}")" || true)
    done
}

# In this order nobody is left to report the end of a job.
kill_node() {
    local pid
    if pid=$(daemon_pid "$daemon"); then
        say "Killing node $node"
        as_user kill -KILL "$pid" 2>/dev/null || true
        within 5 daemon_gone "$daemon" || die "$daemon (pid $pid) does not end"
    fi
    rm -f "$STATE/run/$daemon.pid"
    # shellcheck disable=SC2046 # process ids
    for pid in $(family $(steps) $(scripts)); do
        as_user kill -KILL "$pid" 2>/dev/null || true
    done
}

case ${1:-} in
    start)
        if ! daemon_pid "$daemon" >/dev/null; then
            say "Starting slurmd of node $node on port $(chosen_port "$daemon")"
            start_daemon "$daemon" env --chdir="$spool" slurmd -D -N "$node" -f "$SLURM_CONF"
        fi
        await "$daemon" 60 node_resumed
        ;;
    stop) stop_daemon "$daemon" ;;
    kill) kill_node ;;
    *) die "usage: slurmd.sh start|stop|kill [NODE]" ;;
esac
