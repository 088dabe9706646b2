#!/usr/bin/env bash
# Starts the one-node cluster: munge, MariaDB, slurmdbd, slurmctld, slurmd. What runs already is left running.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock
"$REPO/slurm/dev/cluster-config.sh"

accounts_ready() {
    in_state sacctmgr -nP show associations cluster="$CLUSTER" user="$RUN_USER" account=twinscie format=account \
        | grep -q twinscie
}

node_state() { in_state sinfo -h -N -o %T | sort -u; }
node_ready() { grep -qxE 'idle|mixed|allocated|completing' <<<"$(node_state)"; }

# After a hard stop the node may come back down or drained.
node_resumed() {
    if ! node_ready; then
        in_state scontrol update NodeName="$(hostname -s)" State=RESUME || true
        return 1
    fi
}

database() { in_state mariadb --no-defaults --socket="$MARIADB_SOCKET" --execute='SELECT 1'; }
accounting() { in_state sacctmgr -n show cluster; }

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

if ! daemon_pid slurmdbd >/dev/null; then
    say "Starting slurmdbd on port $(chosen_port slurmdbd)"
    start_daemon slurmdbd env MYSQL_UNIX_PORT="$MARIADB_SOCKET" slurmdbd -D
    await slurmdbd 60 accounting
fi

if ! accounts_ready; then
    say "Making the accounts twinscie and other, and $RUN_USER in twinscie"
    {
        in_state sacctmgr -i add cluster "$CLUSTER" || true
        in_state sacctmgr -i add account twinscie,other Cluster="$CLUSTER" Description=Slipway Organization=slipway
        in_state sacctmgr -i add user "$RUN_USER" Cluster="$CLUSTER" Account=twinscie DefaultAccount=twinscie
    } >"$STATE/log/accounts.log" 2>&1 || true
    accounts_ready || die "sacctmgr made no accounts; its log: $STATE/log/accounts.log"
fi

"$REPO/slurm/dev/slurmctld.sh" start

if ! daemon_pid slurmd >/dev/null; then
    say "Starting slurmd on port $(chosen_port slurmd)"
    start_daemon slurmd slurmd -D -f "$SLURM_CONF"
fi
await slurmd 60 node_resumed
say "Cluster $CLUSTER: $(in_state sinfo -h -o '%R %T %c CPUs %G' | paste -sd ';' | sed 's/;/; /g')"
