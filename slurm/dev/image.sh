#!/usr/bin/env bash
# Builds the sample image when its definition has changed, and exports the sample dataset with it.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock

definition=$REPO/singularity/sklearn.def
image=$STATE/data/images/sklearn_sample_latest.sif
dataset=$STATE/data/datasets/wine_classification.csv
log=$STATE/log/image.log
digest=$(sha256sum "$definition" | cut -d' ' -f1)

# The mirror that this machine gets its Debian from takes the place of the definition's.
definition_for_this_machine() {
    local mirror
    mirror=$(debian_mirror)
    [[ $mirror == http* ]] || die "apt's sources name no Debian mirror to build the image from"
    sed "s|^MirrorURL: MIRROR$|MirrorURL: ${mirror%/}|" "$definition"
}

# A machine may have settings for pip, and no pip yet.
caller_pip_settings() {
    local venv
    if ! (cd / && python3 -m pip config list 2>/dev/null); then
        venv=$(mktemp -d)
        if /usr/bin/python3 -m venv "$venv"; then (cd / && "$venv/bin/pip" config list); fi
        rm -rf "$venv"
    fi
}

build() {
    local work=$STATE/build/image options=(--bind "$STATE/build/image/host:/mnt") pair
    say "Building $(basename "$image") (about two minutes; log: $log)"
    as_user rm -rf "$work"
    as_user mkdir -p "$work/host"
    definition_for_this_machine | as_user tee "$work/sklearn.def" >/dev/null
    as_user tee "$work/pip-for-image.py" <"$REPO/slurm/dev/pip-for-image.py" >/dev/null
    while read -r pair; do
        [[ -z $pair ]] || options+=(--bind "$pair")
    done < <(caller_pip_settings | as_user /usr/bin/python3 "$work/pip-for-image.py" "$work/host")
    # zstd packs in a seventh of gzip's time and starts faster.
    if grep -q mksquashfs-args <<<"$(in_state singularity build --help)"; then
        options+=(--mksquashfs-args '-comp zstd -Xcompression-level 6')
    fi
    write_state "$log" </dev/null
    if ! in_state env TMPDIR="$work" APPTAINER_CACHEDIR="$STATE/build/cache" \
        singularity build --fakeroot --force "${options[@]}" "$work/built.sif" "$work/sklearn.def" >>"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "the image was not built; its log: $log"
    fi
    as_user mv "$work/built.sif" "$image"
    write_state "$image.digest" <<<"$digest"
    as_user rm -rf "$work"
}

export_dataset() {
    say "Exporting the wine dataset of scikit-learn to $dataset"
    in_state singularity exec --contain --bind "$STATE/data/datasets" "$image" python3 - "$dataset.new" <<'END'
import sys

from sklearn.datasets import load_wine

load_wine(as_frame=True).frame.to_csv(sys.argv[1], index=False)
END
    as_user mv "$dataset.new" "$dataset"
}

if [[ ! -s $image || $(cat "$image.digest" 2>/dev/null) != "$digest" ]]; then
    build
    as_user rm -f "$dataset"
fi
if [[ ! -s $dataset ]]; then
    export_dataset
fi
