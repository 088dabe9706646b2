#!/usr/bin/env bash
# slurmdbd.sh start|stop : the accounting alone, which the tests take away for a while.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

answers() { in_state sacctmgr -n show cluster; }

case ${1:-} in
    start)
        if ! daemon_pid slurmdbd >/dev/null; then
            say "Starting slurmdbd on port $(chosen_port slurmdbd)"
            start_daemon slurmdbd env MYSQL_UNIX_PORT="$MARIADB_SOCKET" slurmdbd -D
            await slurmdbd 60 answers
        fi
        ;;
    stop) stop_daemon slurmdbd 30 ;;
    *) die "usage: slurmdbd.sh start|stop" ;;
esac
