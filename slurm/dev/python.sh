#!/usr/bin/env bash
# What comes from PyPI for the machine itself: ruff, pytest, the libraries of ONNX Runtime and TensorFlow, and an
# environment of Python in which the tests make models and ask the runtimes of Python for the answers that are right.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

ONNXRUNTIME_VERSION=1.23.2
PYTEST_VERSION=9.2.0
RUFF_VERSION=0.14.5
TENSORFLOW_VERSION=2.21.0

# Versions that work together on Python 3.11 to 3.13; those of the images where an image has the package too.
MODEL_PACKAGES=(
    "keras==3.15.1"
    "lightgbm==4.7.0"
    "numpy==2.2.6"
    "onnx==1.18.0"
    "onnxruntime==$ONNXRUNTIME_VERSION"
    "pillow==13.0.0"
    "protobuf==6.33.2"
    "scikit-learn==1.7.2"
    "scipy==1.15.3"
    "skl2onnx==1.19.1"
    "tensorflow-cpu==$TENSORFLOW_VERSION"
    "tritonclient[http]==2.73.0"
)
# These ask for packages that would replace others of the list, or for a GPU's libraries.
LONE_PACKAGES=(
    "netron==9.3.3"
    "onnxmltools==1.16.0"
    "tf2onnx==1.17.0"
    "tf_keras==2.21.0"
    "xgboost-cpu==3.2.0"
)

ruff=$STATE/bin/ruff-$RUFF_VERSION
pytest=$STATE/venvs/pytest-$PYTEST_VERSION
models=$STATE/venvs/models
models_pins=$models/pins.txt
runtimes=$STATE/runtimes
onnxruntime=$runtimes/onnxruntime/libonnxruntime.so.$ONNXRUNTIME_VERSION

pins() { printf '%s\n' "${MODEL_PACKAGES[@]}" "${LONE_PACKAGES[@]}"; }

# pip runs as the caller, whose settings it may need; the files go to the ordinary user.
fetch_ruff_and_onnxruntime() {
    local work
    say "Fetching ONNX Runtime $ONNXRUNTIME_VERSION and ruff $RUFF_VERSION from PyPI"
    work=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    /usr/bin/python3 -m venv "$work/venv"
    "$work/venv/bin/pip" -q download --no-deps --only-binary :all: --dest "$work" \
        "onnxruntime==$ONNXRUNTIME_VERSION" "ruff==$RUFF_VERSION" \
        || die "pip could not fetch onnxruntime and ruff"
    /usr/bin/python3 - "$work" <<'END'
import sys
import zipfile
from pathlib import Path

work = Path(sys.argv[1])
for wheel in work.glob("*.whl"):
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = entry.filename.rsplit("/", 1)[-1]
            if name.startswith(("libonnxruntime.so", "libonnxruntime_providers_shared")) or name == "ruff":
                (work / name).write_bytes(archive.read(entry))
END
    chmod -R go+rX "$work"
    as_user mkdir -p "$runtimes/onnxruntime"
    as_user cp "$work"/libonnxruntime* "$runtimes/onnxruntime/"
    as_user install -m 755 "$work/ruff" "$ruff"
    as_user ln -sfn "$ruff" "$STATE/bin/ruff"
    [[ -e $onnxruntime ]] || die "the wheel of onnxruntime $ONNXRUNTIME_VERSION holds no ${onnxruntime##*/}"
}

# Pure Python, for whatever version of it an image has: the trainer's tests run in the trainer's image.
fetch_pytest() {
    say "Fetching pytest $PYTEST_VERSION from PyPI"
    rm -rf "$pytest" "$pytest.new"
    as_user mkdir -p "$STATE/venvs"
    mkdir "$pytest.new"
    "$models/bin/pip" -q --no-cache-dir install --target "$pytest.new" "pytest==$PYTEST_VERSION" \
        || die "pip could not fetch pytest"
    if [[ $(id -u) == 0 ]]; then
        chown -R --no-dereference "$RUN_USER:" "$pytest.new"
    fi
    mv -T "$pytest.new" "$pytest"
    as_user ln -sfn "${pytest##*/}" "$STATE/venvs/pytest"
}

make_models_environment() {
    local log=$STATE/log/models-environment.log
    say "Fetching TensorFlow $TENSORFLOW_VERSION and what else makes models (350 MB; log: $log)"
    write_state "$log" </dev/null
    # Whoever runs pip makes the files, then they go to the ordinary user; the list of pins comes last, as the sign
    # that all is there.
    as_user mkdir -p "$STATE/venvs"
    rm -rf "$models"
    mkdir "$models"
    /usr/bin/python3 -m venv "$models"
    if ! { "$models/bin/pip" --no-cache-dir install --progress-bar off --only-binary :all: "${MODEL_PACKAGES[@]}" \
        && "$models/bin/pip" --no-cache-dir install --progress-bar off --only-binary :all: --no-deps \
            "${LONE_PACKAGES[@]}"; } 2>&1 | as_user tee "$log" >/dev/null; then
        tail -n 15 "$log" >&2
        die "pip could not make the environment $models; its log: $log"
    fi
    if [[ $(id -u) == 0 ]]; then
        chown -R --no-dereference "$RUN_USER:" "$models"
    fi
    write_state "$models_pins" < <(pins)
}

# TensorFlow's wheel holds its libraries whole: the runtime is a folder of links to them.
link_tensorflow() {
    local packages name
    packages=$(echo "$models"/lib/python3*/site-packages/tensorflow)
    as_user mkdir -p "$runtimes/tensorflow"
    for name in libtensorflow_cc.so.2 libtensorflow_framework.so.2; do
        [[ -e $packages/$name ]] || die "the wheel of tensorflow-cpu $TENSORFLOW_VERSION holds no $name"
        as_user ln -sfn "$packages/$name" "$runtimes/tensorflow/$name"
    done
}

if [[ ! -e $onnxruntime || ! -e $ruff ]]; then
    fetch_ruff_and_onnxruntime
fi
if ! cmp -s "$models_pins" <(pins); then
    make_models_environment
fi
link_tensorflow
if [[ ! -e $pytest ]]; then
    fetch_pytest
fi
