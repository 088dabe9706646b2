#!/usr/bin/env bash
# image.sh [NAME…] : builds the images singularity/NAME.def whose definitions have changed; sklearn where none is named.
# The sample dataset is exported with sklearn's.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
LOCK=image.lock take_lock

dataset=$STATE/data/datasets/wine_classification.csv

# image_of NAME : the file that configs call by its name without .sif
image_of() {
    case $1 in
        sklearn) printf '%s\n' "$STATE/data/images/sklearn_sample_latest.sif" ;;
        *) printf '%s\n' "$STATE/data/images/$1_latest.sif" ;;
    esac
}

duration_of() {
    case $1 in
        hep | ml) echo 'about four minutes' ;;
        *) echo 'about two minutes' ;;
    esac
}

# The mirror that this machine gets its Debian from takes the place of the definition's.
definition_for_this_machine() {
    local mirror
    mirror=$(debian_mirror)
    [[ $mirror == http* ]] || die "apt's sources name no Debian mirror to build the image from"
    sed "s|^MirrorURL: MIRROR$|MirrorURL: ${mirror%/}|" "$1"
}

# sources_of NAME : the files below singularity/ that the definition copies into the image, each ended by a NUL
sources_of() {
    [[ $1 != hep ]] || (cd "$REPO/singularity" && find trainer/pyproject.toml trainer/slipway_trainer -type f \
        ! -name '*.pyc' -print0 | sort -z)
}

# digest_of NAME : changes with all that makes the image
digest_of() {
    {
        cat "$REPO/singularity/$1.def"
        sources_of "$1" | (cd "$REPO/singularity" && xargs -0 -r sha256sum)
    } | sha256sum | cut -d' ' -f1
}

# build NAME DEFINITION IMAGE DIGEST
build() {
    local name=$1 definition=$2 image=$3 digest=$4 log=$STATE/log/image-$1.log began=$SECONDS
    local work=$STATE/build/image/$1 options pair
    say "Building $(basename "$image") ($(duration_of "$name"); log: $log)"
    as_user rm -rf "$work"
    as_user mkdir -p "$work/host"
    options=(--bind "$work/host:/mnt")
    definition_for_this_machine "$definition" | as_user tee "$work/$name.def" >/dev/null
    as_user tee "$work/pip-for-image.py" <"$REPO/slurm/dev/pip-for-image.py" >/dev/null
    sources_of "$name" | tar -c -C "$REPO/singularity" --null --files-from=- | as_user tar -x -C "$work"
    while read -r pair; do
        [[ -z $pair ]] || options+=(--bind "$pair")
    done < <(caller_pip_settings | as_user /usr/bin/python3 "$work/pip-for-image.py" "$work/host" /mnt)
    # zstd packs in a seventh of gzip's time and starts faster.
    if grep -q mksquashfs-args <<<"$(in_state singularity build --help)"; then
        options+=(--mksquashfs-args '-comp zstd -Xcompression-level 6')
    fi
    write_state "$log" </dev/null
    if ! in_state env --chdir="$work" TMPDIR="$work" APPTAINER_CACHEDIR="$STATE/build/cache" \
        singularity build --fakeroot --force "${options[@]}" "$work/built.sif" "$work/$name.def" >>"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "the image was not built; its log: $log"
    fi
    as_user mv "$work/built.sif" "$image"
    write_state "$image.digest" <<<"$digest"
    as_user rm -rf "$work"
    say "$(basename "$image") took $((SECONDS - began)) s and has $(($(stat -c %s "$image") >> 20)) MiB"
}

export_dataset() {
    say "Exporting the wine dataset of scikit-learn to $dataset"
    in_state singularity exec --contain --bind "$STATE/data/datasets" "$(image_of sklearn)" python3 - "$dataset.new" <<'END'
import sys

from sklearn.datasets import load_wine

load_wine(as_frame=True).frame.to_csv(sys.argv[1], index=False)
END
    as_user mv "$dataset.new" "$dataset"
}

for name in "${@:-sklearn}"; do
    definition=$REPO/singularity/$name.def
    [[ -r $definition ]] || die "there is no $definition"
    image=$(image_of "$name")
    digest=$(digest_of "$name")
    if [[ ! -s $image || $(cat "$image.digest" 2>/dev/null) != "$digest" ]]; then
        build "$name" "$definition" "$image" "$digest"
        [[ $name != sklearn ]] || as_user rm -f "$dataset"
    fi
    if [[ $name == sklearn && ! -s $dataset ]]; then
        export_dataset
    fi
done
