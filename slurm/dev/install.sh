#!/usr/bin/env bash
# Installs what is missing from Debian and PyPI. Looks first, so that a second run takes no time.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock

command -v swift >/dev/null || die "swift is not on PATH; install Swift 6.2 or later first (https://www.swift.org/install)"
command -v apt-get >/dev/null || die "these scripts install Debian packages, and there is no apt-get here"

PACKAGES=(
    # the build
    g++ libc6-dev libpq-dev libarchive-dev zlib1g-dev libpng-dev libturbojpeg0-dev pkg-config
    # the server's private PostgreSQL
    postgresql
    # Slurm with accounting; MariaDB without its service
    munge slurmctld slurmd slurmdbd slurm-client mariadb-server-core mariadb-client-core
    # images
    fuse2fs gocryptfs libseccomp2 libsqlite3-0 squashfs-tools squashfuse uidmap fakeroot fuse-overlayfs debootstrap
    debian-archive-keyring
    # remote files: an XRootD server, its caching proxy, its authentication by certificates
    openssl xrootd-plugins xrootd-server xrootd-server-plugins
    # these scripts
    ca-certificates curl git jq make procps python3-venv shellcheck util-linux
)
[[ $TREE == "$REPO" ]] || PACKAGES+=(rsync)

missing_packages() {
    local known
    known=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
    comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$known")
}

# Debian starts a package's service when it is installed; nothing is to start here.
RC_POLICY=/usr/sbin/policy-rc.d
hold_services() {
    if [[ -e $RC_POLICY ]]; then
        as_root cp -a "$RC_POLICY" "$RC_POLICY.before-slipway"
    fi
    trap release_services EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$RC_POLICY" >/dev/null
    as_root chmod 755 "$RC_POLICY"
}

release_services() {
    if [[ -e $RC_POLICY.before-slipway ]]; then
        as_root mv "$RC_POLICY.before-slipway" "$RC_POLICY"
    else
        as_root rm -f "$RC_POLICY"
    fi
    trap - EXIT
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"; }

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        return
    fi
    say "Installing from Debian: ${missing[*]}"
    hold_services
    if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
        # The server makes its own database; the package need not make one besides.
        as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    apt update >"$STATE/log/apt.log" 2>&1 || { tail "$STATE/log/apt.log" >&2; die "apt-get update failed"; }
    apt install -y --no-install-recommends "${missing[@]}" >>"$STATE/log/apt.log" 2>&1 \
        || { tail "$STATE/log/apt.log" >&2; die "apt-get install failed; its log: $STATE/log/apt.log"; }
    release_services
}

# A user name space needs a range of ids for `apptainer build --fakeroot`, and images are mounted through FUSE.
prepare_containers() {
    local kind last
    for kind in uid gid; do
        if ! grep -q "^$RUN_USER:" "/etc/sub$kind" 2>/dev/null; then
            last=$(awk -F: '{ end = $2 + $3; if (end > last) last = end } END { print (last > 100000 ? last : 100000) }' \
                "/etc/sub$kind" 2>/dev/null || echo 100000)
            say "Giving $RUN_USER a range of subordinate ${kind}s"
            as_root touch "/etc/sub$kind"
            as_root usermod "--add-sub${kind}s" "$last-$((last + 65535))" "$RUN_USER"
        fi
    done
    if [[ -e /dev/fuse ]] && ! as_user test -w /dev/fuse; then
        say "Opening /dev/fuse to users, as Debian's udev rule does"
        as_root chmod 666 /dev/fuse
    fi
    as_user unshare --user --map-root-user true 2>/dev/null \
        || die "the user $RUN_USER cannot make user name spaces: try sysctl -w kernel.unprivileged_userns_clone=1"
}

install_packages "${PACKAGES[@]}"
prepare_containers
"$REPO/slurm/dev/apptainer.sh"
"$REPO/slurm/dev/python.sh"
