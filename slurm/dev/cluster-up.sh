#!/usr/bin/env bash
# Starts the cluster: munge, MariaDB, slurmdbd, slurmctld, a slurmd for each node. What runs already is left running,
# unless its configuration has changed.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock
"$REPO/slurm/dev/cluster-config.sh"

# The association of each account, with its limit of submitted jobs, and the QOS of partition `tight`.
accounts() {
    in_state sacctmgr -nP show associations cluster="$CLUSTER" user="$RUN_USER" format=account,maxsubmitjobs
    in_state sacctmgr -nP show qos tight format=name,grptres,maxwall
}
accounts_ready() {
    local found line
    found=$(accounts) || return 1
    for line in 'twinscie|' 'limited|2' 'tight|cpu=1|00:10:00'; do
        grep -qxF "$line" <<<"$found" || return 1
    done
}

database() { in_state mariadb --no-defaults --socket="$MARIADB_SOCKET" --execute='SELECT 1'; }

if ! daemon_pid munged >/dev/null; then
    say "Starting munged"
    as_user rm -f "$STATE/run/munge.sock" "$STATE/run/munge.sock.lock"
    start_daemon munged munged --foreground --key-file="$STATE/slurm/munge.key" --socket="$STATE/run/munge.sock" \
        --pid-file="$STATE/run/munged.pidfile" --log-file="$STATE/log/munged-own.log" \
        --seed-file="$STATE/slurm/munge.seed"
    await munged 15 in_state munge -S "$STATE/run/munge.sock" -n
fi

if [[ ! -d $STATE/mariadb/mysql ]]; then
    say "Making the database of the accounting"
    in_state mariadb-install-db --no-defaults --datadir="$STATE/mariadb" --auth-root-authentication-method=socket \
        --auth-root-socket-user="$RUN_USER" --skip-test-db >"$STATE/log/mariadb-install.log" 2>&1 \
        || die "mariadb-install-db failed; its log: $STATE/log/mariadb-install.log"
fi

if ! daemon_pid mariadb >/dev/null; then
    say "Starting MariaDB"
    start_daemon mariadb mariadbd --defaults-file="$STATE/slurm/etc/mariadb.conf"
    await mariadb 60 database
fi

"$REPO/slurm/dev/slurmdbd.sh" start

if ! accounts_ready; then
    say "Making the accounts twinscie, limited and other, and $RUN_USER in the first two"
    {
        in_state sacctmgr -i add cluster "$CLUSTER" || true
        in_state sacctmgr -i add account twinscie,limited,other Cluster="$CLUSTER" Description=Slipway \
            Organization=slipway || true
        in_state sacctmgr -i add user "$RUN_USER" Cluster="$CLUSTER" Account=twinscie DefaultAccount=twinscie || true
        in_state sacctmgr -i add user "$RUN_USER" Cluster="$CLUSTER" Account=limited MaxSubmitJobs=2 || true
        in_state sacctmgr -i add qos tight GrpTRES=cpu=1 MaxWall=10 || true
    } >"$STATE/log/accounts.log" 2>&1
    accounts_ready || die "sacctmgr made no accounts; its log: $STATE/log/accounts.log"
fi

# Nodes are added, and their folders moved, by a restart only.
configuration=$(cat "$STATE"/slurm/etc/{slurm,gres,cgroup}.conf | sha256sum | cut -d' ' -f1)
if [[ $(cat "$STATE/run/slurm.digest" 2>/dev/null) != "$configuration" ]]; then
    for daemon in slurmd "slurmd-$SPARE_NODE" slurmctld; do
        stop_daemon "$daemon" 30
    done
    write_state "$STATE/run/slurm.digest" <<<"$configuration"
fi
"$REPO/slurm/dev/slurmctld.sh" start
"$REPO/slurm/dev/slurmd.sh" start "$NODE"
"$REPO/slurm/dev/slurmd.sh" start "$SPARE_NODE"
say "Cluster $CLUSTER: $(in_state sinfo -h -p cpu,gpu -o '%R %T %c CPUs %G' | paste -sd ';' | sed 's/;/; /g')"
