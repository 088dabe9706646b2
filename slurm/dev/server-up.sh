#!/usr/bin/env bash
# Starts the server of the demo, unless it runs already from the same program and the same configuration.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock
# shellcheck source=environment.sh
source "$REPO/slurm/dev/environment.sh"

listen=127.0.0.1:$(chosen_port server 8008)
configuration=$STATE/slipway.yml

write_state "$configuration" <<END
data_root: $STATE/data
listen: $listen
postgres_bin: $postgres_bin
runtimes:
  onnxruntime: $library
  tensorflow: $STATE/runtimes/tensorflow
  netron: $(echo "$STATE"/venvs/models/lib/python3*/site-packages)
dialects:
  tfaas: {listen: "127.0.0.1:$(chosen_port tfaas 8083 server)", user: visitor}
  mlbuffet: {listen: "127.0.0.1:$(chosen_port mlbuffet 8002 server)", user: visitor}
  mlaas4hep: {listen: "127.0.0.1:$(chosen_port mlaas4hep 8080 server)", user: visitor}
clusters:
  $CLUSTER:
    connection: local
    slurm_conf: $SLURM_CONF
    path: $SLURM_PATH
    accounts: [twinscie]
    default_account: twinscie
    poll_interval: 1
    pip_config: $STATE/pip/pip.conf
    binds: [$STATE/pip$(sed 's/^/, /' "$STATE/pip/binds" | tr -d '\n')]
    partitions:
      cpu: {partition: cpu, max_time: 24h, max_memory: 4G, max_cpus: 8}
      gpu: {partition: gpu, gres: "gpu:1", nv: true, max_gpus: 1, max_time: 24h}
END

# The program of a running server is gone from its place when a new build took it.
up_to_date() {
    local pid
    pid=$(daemon_pid server) || return 1
    [[ $(readlink "/proc/$pid/exe") == "$STATE/bin/slipway" ]] && cmp -s "$configuration" "$STATE/run/server.yml"
}

ready() { curl -fsS --max-time 5 "http://$listen/readyz"; }

if ! up_to_date; then
    stop_daemon server 60
    say "Starting the server on $listen"
    write_state "$STATE/run/server.yml" <"$configuration"
    start_daemon server env -u DATABASE_URL -u SLIPWAY_LISTEN LD_LIBRARY_PATH="$STATE/lib" \
        "$STATE/bin/slipway" serve --config "$configuration"
fi
await server 120 ready
