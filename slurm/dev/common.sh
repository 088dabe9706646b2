# shellcheck shell=bash disable=SC2034 # the names are for the scripts that source this
# Sourced by every script of this folder: where things lie, who runs them, how a daemon is started and stopped.
set -euo pipefail
umask 022

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() { printf '==> %s\n' "$*"; }

die() {
    printf 'slipway: %s\n' "$*" >&2
    exit 1
}

# Root may do what needs root; anybody else asks sudo for it.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        command -v sudo >/dev/null || die "needs root for: $* (neither root nor sudo here)"
        sudo -- "$@"
    fi
}

# The ordinary user that Slurm, the database, the images and the server belong to.
if [[ $(id -u) == 0 ]]; then
    RUN_USER=slipway
    if ! getent passwd "$RUN_USER" >/dev/null; then
        say "Creating the user $RUN_USER"
        useradd --create-home --shell /bin/bash "$RUN_USER"
    fi
else
    RUN_USER=$(id -un)
fi
RUN_HOME=$(getent passwd "$RUN_USER" | cut -d: -f6)

# Runs a command as that user; with exec semantics, so that a background pid is the command's own.
as_user() {
    if [[ $(id -u) == 0 ]]; then
        setpriv --reuid="$RUN_USER" --regid="$(id -gn "$RUN_USER")" --init-groups -- \
            env -u XDG_RUNTIME_DIR -u XDG_CONFIG_HOME -u XDG_CACHE_HOME -u XDG_DATA_HOME \
            HOME="$RUN_HOME" USER="$RUN_USER" LOGNAME="$RUN_USER" "$@"
    else
        "$@"
    fi
}

# munge and Slurm refuse files below a folder that others can write to, and unix sockets have short names.
suits_state() {
    local folder=$1 owner mode
    ((${#folder} <= 60)) || return 1
    (cd / && as_user test -x "$(dirname "$folder")") || return 1
    while [[ $folder != / ]]; do
        folder=$(dirname "$folder")
        owner=$(stat -c %U "$folder")
        mode=$((8#$(stat -c %a "$folder")))
        [[ $owner == root || $owner == "$RUN_USER" ]] || return 1
        (((mode & 8#022) == 0)) || return 1
    done
}

# The state folder is .slipway in the checkout where that suits, else a folder of the user's home behind a link.
find_state() {
    local link=$REPO/.slipway hash
    if [[ -L $link || -d $link ]]; then
        STATE=$(readlink -m "$link")
    elif suits_state "$link"; then
        STATE=$link
    else
        hash=$(printf %s "$REPO" | sha256sum | cut -c1-8)
        STATE=$RUN_HOME/.local/state/slipway/$hash
        ln -s "$STATE" "$link"
    fi
    if [[ ! -d $STATE ]]; then
        if [[ $STATE == "$RUN_HOME"/* ]]; then
            (cd / && as_user mkdir -p "$STATE")
        else
            mkdir -p "$STATE"
        fi
    fi
    if [[ $(stat -c %U "$STATE") != "$RUN_USER" ]]; then
        as_root chown "$RUN_USER:" "$STATE"
    fi
    (cd / && as_user mkdir -p "$STATE"/{bin,build,data/datasets,data/images,lib,log,run,runtimes,slurm/etc})
}
STATE=
find_state

# The tree to build in: the checkout, or a copy where the ordinary user cannot read the checkout.
TREE=$REPO
if ! (cd / && as_user test -r "$REPO/Package.swift" -a -x "$REPO/slurm/dev"); then
    TREE=$STATE/checkout
fi

export SLURM_CONF=$STATE/slurm/etc/slurm.conf
SLURM_PATH=$STATE/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
MARIADB_SOCKET=$STATE/run/mariadb.sock
CLUSTER=atena02
# Both nodes are this machine, each with a slurmd of its own.
NODE=$(hostname -s)
SPARE_NODE=spare

in_state() { (cd "$STATE" && PATH=$SLURM_PATH as_user "$@"); }

# Writes standard input to a file of the state folder, as the ordinary user, and only when it differs.
write_state() {
    local file=$1 text
    text=$(cat && printf x)
    text=${text%x}
    if ! as_user cmp -s "$file" - <<<"${text%$'\n'}" 2>/dev/null; then
        as_user tee "$file" <<<"${text%$'\n'}" >/dev/null
    fi
}

# The mirror that this machine gets its Debian from.
debian_mirror() {
    local mirror
    # shellcheck disable=SC2016 # apt's own placeholder
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' \
        | sort -u | head -n 1)
    # Before the first update apt does not know whose archives its sources are.
    if [[ -z $mirror ]]; then
        mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null \
            | sed -nE 's/^[^#]*(https?:[^ ]+).*/\1/p' | head -n 1) || true
    fi
    printf '%s\n' "$mirror"
}

# What pip is set to on this machine, as lines of `pip config list`. It may have settings for pip, and no pip yet.
caller_pip_settings() {
    local venv
    if ! (cd / && python3 -m pip config list 2>/dev/null); then
        venv=$(mktemp -d)
        if /usr/bin/python3 -m venv "$venv"; then (cd / && "$venv/bin/pip" config list); fi
        rm -rf "$venv"
    fi
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port for a daemon of this state folder, remembered unless somebody else took it meanwhile:
# chosen_port NAME [FIRST CHOICE [DAEMON THAT LISTENS]]
chosen_port() {
    local file=$STATE/run/$1.port port
    if [[ ! -s $file ]] || { ! daemon_pid "${3:-$1}" >/dev/null && ! port_is_free "$(cat "$file")"; }; then
        port=${2:-$((21000 + 16#$(printf %s "$STATE $1" | sha256sum | cut -c1-6) % 11000))}
        until port_is_free "$port"; do
            port=$((port + 1))
        done
        write_state "$file" <<<"$port"
    fi
    cat "$file"
}

# Prints the pid of a daemon if the recorded process still is the one that was started.
daemon_pid() {
    local name=$1 pid start
    [[ -s $STATE/run/$name.pid ]] || return 1
    read -r pid start <"$STATE/run/$name.pid"
    [[ -n $start && $(process_start "$pid") == "$start" ]] || return 1
    printf '%s\n' "$pid"
}

# When a process started, in clock ticks since boot: with the pid it names a process for good. Zombies are gone.
process_start() {
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} == Z ]] || printf '%s/%s\n' "${fields[19]}" "$(cat /proc/sys/kernel/random/boot_id)"
}

# start_daemon NAME COMMAND… : in the background, in its own session, output in log/NAME.log
start_daemon() {
    local name=$1 pid
    shift
    as_user touch "$STATE/log/$name.log"
    (
        cd "$STATE"
        export PATH=$SLURM_PATH
        if [[ $(id -u) == 0 ]]; then
            exec setsid setpriv --reuid="$RUN_USER" --regid="$(id -gn "$RUN_USER")" --init-groups -- \
                env -u XDG_RUNTIME_DIR HOME="$RUN_HOME" USER="$RUN_USER" LOGNAME="$RUN_USER" "$@"
        else
            exec setsid "$@"
        fi
    ) </dev/null >>"$STATE/log/$name.log" 2>&1 9>&- &
    pid=$!
    disown
    write_state "$STATE/run/$name.pid" <<<"$pid $(process_start "$pid")"
}

# stop_daemon NAME [SECONDS]: ends it politely, then for good.
stop_daemon() {
    local name=$1 patience=${2:-20} pid
    if pid=$(daemon_pid "$name"); then
        say "Stopping $name"
        as_user kill -TERM "$pid" 2>/dev/null || true
        if ! within "$patience" daemon_gone "$name"; then
            as_user kill -KILL "$pid" 2>/dev/null || true
            within 5 daemon_gone "$name" || die "$name (pid $pid) does not end"
        fi
    fi
    rm -f "$STATE/run/$name.pid"
}

daemon_gone() { ! daemon_pid "$1" >/dev/null; }

# within SECONDS COMMAND… : asks again and again until the command succeeds or the time is up.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

# await NAME SECONDS COMMAND… : the same for a daemon; fails at once when the daemon has ended.
await() {
    local name=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= end)) || ! daemon_pid "$name" >/dev/null; then
            tail -n 15 "$STATE/log/$name.log" >&2
            die "$name is not ready; its log: $STATE/log/$name.log"
        fi
        sleep 0.1
    done
}

# One run of these scripts at a time for a state folder; what takes long and touches nothing of the others' has a lock
# of its own, by the name LOCK.
take_lock() {
    local lock=$STATE/run/${LOCK:-lock}
    as_user touch "$lock"
    exec 9>"$lock"
    flock -w 900 9 || die "another run of these scripts holds $lock"
}
