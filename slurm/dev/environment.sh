# shellcheck shell=bash
# Sourced by test.sh and bench.sh: what the tests need to know about this machine, also kept in test.env.

library=$(find "$STATE/runtimes/onnxruntime" -name 'libonnxruntime.so.*' | sort -V | tail -n 1)
postgres_bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
TEST_ENVIRONMENT=(
    SLURM_CONF="$SLURM_CONF"
    SLIPWAY_ONNXRUNTIME="$library"
    SLIPWAY_TENSORFLOW="$STATE/runtimes/tensorflow"
    # As the engine sets them itself where they are missing, which is no good while other tests' threads read.
    TF_CPP_MIN_LOG_LEVEL=2
    TF_ENABLE_ONEDNN_OPTS=0
    SLIPWAY_TEST_PYTHON="$STATE/venvs/models/bin/python3"
    SLIPWAY_TEST_STATE="$STATE"
    SLIPWAY_TEST_PATH="$SLURM_PATH"
    SLIPWAY_TEST_CLUSTER="$CLUSTER"
    SLIPWAY_TEST_NODE="$NODE"
    SLIPWAY_TEST_SPARE_NODE="$SPARE_NODE"
    SLIPWAY_TEST_IMAGES="$STATE/data/images"
    SLIPWAY_TEST_DATASETS="$STATE/data/datasets"
    SLIPWAY_TEST_SERVER_BINARY="$STATE/bin/slipway"
    SLIPWAY_TEST_REPO="$TREE"
    SLIPWAY_TEST_POSTGRES_BIN="$postgres_bin"
    PATH="$SLURM_PATH"
    LD_LIBRARY_PATH="$STATE/lib"
)
write_state "$STATE/test.env" < <(printf 'export %q\n' "${TEST_ENVIRONMENT[@]}")
