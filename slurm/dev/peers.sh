#!/usr/bin/env bash
# What Slipway's predictions are measured beside: wrk from Debian, and other servers of models from PyPI, each in an
# environment of its own, since they ask for different versions of the same packages.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock

PEERS=(fastapi litserve bentoml mlserver)
folder=$STATE/venvs/peers

install_wrk() {
    say "Installing from Debian: wrk"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 \
        install -y --no-install-recommends wrk >"$STATE/log/wrk.log" 2>&1 \
        || { tail "$STATE/log/wrk.log" >&2; die "apt-get could not install wrk; its log: $STATE/log/wrk.log"; }
}

# Whoever runs pip makes the files, then they go to the ordinary user; the copy of the requirements comes last, as the
# sign that all is there.
make_environment() {
    local name=$1 requirements=$2 venv=$folder/$1 log=$STATE/log/peer-$1.log
    say "Fetching $name for the comparison (log: $log)"
    write_state "$log" </dev/null
    as_user mkdir -p "$folder"
    rm -rf "$venv"
    mkdir "$venv"
    /usr/bin/python3 -m venv "$venv"
    if ! "$venv/bin/pip" --no-cache-dir install --progress-bar off --only-binary :all: --requirement "$requirements" \
        2>&1 | as_user tee "$log" >/dev/null; then
        tail -n 15 "$log" >&2
        die "pip could not make the environment $venv; its log: $log"
    fi
    if [[ $(id -u) == 0 ]]; then
        chown -R --no-dereference "$RUN_USER:" "$venv"
    fi
    write_state "$venv/requirements.txt" <"$requirements"
}

if ! command -v wrk >/dev/null; then
    install_wrk
fi
for peer in "${PEERS[@]}"; do
    requirements=$REPO/slurm/dev/peers/$peer/requirements.txt
    if ! cmp -s "$requirements" "$folder/$peer/requirements.txt"; then
        make_environment "$peer" "$requirements"
    fi
done
