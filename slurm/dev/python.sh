#!/usr/bin/env bash
# What comes from PyPI for the machine itself: ONNX Runtime's library and ruff.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

ONNXRUNTIME_VERSION=1.23.2
RUFF_VERSION=0.14.5

library=$STATE/runtimes/onnxruntime/libonnxruntime.so.$ONNXRUNTIME_VERSION
ruff=$STATE/bin/ruff-$RUFF_VERSION
[[ ! -e $library || ! -e $ruff ]] || exit 0

# pip runs as the caller, whose settings it may need; the files go to the ordinary user.
say "Fetching ONNX Runtime $ONNXRUNTIME_VERSION and ruff $RUFF_VERSION from PyPI"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
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
as_user mkdir -p "$STATE/runtimes/onnxruntime"
as_user cp "$work"/libonnxruntime* "$STATE/runtimes/onnxruntime/"
as_user install -m 755 "$work/ruff" "$ruff"
as_user ln -sfn "$ruff" "$STATE/bin/ruff"
[[ -e $library ]] || die "the wheel of onnxruntime $ONNXRUNTIME_VERSION holds no ${library##*/}"
