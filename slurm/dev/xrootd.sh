#!/usr/bin/env bash
# A real XRootD server on loopback, for trying remote files: slurm/dev/xrootd.sh start [FOLDER] | stop
# FOLDER holds what is served as /store/…; files can be added while it runs. Only processes of this machine reach it.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock

FOLDER=$STATE/xrootd

start() {
    local store=$1 port administration
    command -v xrootd >/dev/null || "$REPO/slurm/dev/install.sh"
    if daemon_pid xrootd >/dev/null; then
        say "XRootD runs already, at root://127.0.0.1:$(chosen_port xrootd)//store/"
        return
    fi
    (cd / && as_user mkdir -p "$FOLDER/root")
    (cd / && as_user test -r "$store" -a -x "$store") || die "$store cannot be read by $RUN_USER"
    as_user ln -sfnT "$store" "$FOLDER/root/store"
    port=$(chosen_port xrootd 1094)
    # XRootD closes all folders above its own administration to others, where it may; munge wants the state's open.
    administration=$(cd / && as_user mktemp -d /tmp/slipway-xrootd.XXXXXXXX)
    write_state "$FOLDER/xrootd.cfg" <<CONFIGURATION
all.adminpath $administration
all.pidpath $administration
all.export /store r/o
oss.localroot $FOLDER/root
xrd.allow host localhost
xrd.network nodnr
xrd.port $port
CONFIGURATION
    # Where the pid goes, goes its file of settings; it would be /tmp.
    start_daemon xrootd xrootd -n dev -c "$FOLDER/xrootd.cfg" -s "$FOLDER/pid"
    await xrootd 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"
    say "XRootD serves $store at root://127.0.0.1:$port//store/"
}

case ${1:-} in
start) start "$(realpath -e -- "${2:-$STATE/data/datasets}")" ;;
stop)
    stop_daemon xrootd
    administration=$(sed -n 's/^all.adminpath //p' "$FOLDER/xrootd.cfg" 2>/dev/null || true)
    [[ $administration != /tmp/slipway-xrootd.* ]] || as_user rm -rf -- "$administration"
    ;;
*) die "usage: slurm/dev/xrootd.sh start [FOLDER] | stop" ;;
esac
