#!/usr/bin/env bash
# build.sh debug|release|tests : builds, and puts the programs where the ordinary user can run them.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
take_lock

# The build runs as the caller, in a copy of the checkout where the ordinary user cannot read the checkout itself.
if [[ $TREE != "$REPO" ]]; then
    say "Copying the checkout to $TREE, where $RUN_USER can read it"
    mkdir -p "$TREE"
    rsync -a --delete --chmod=a+rX --exclude=/.build --exclude=/.slipway --exclude=/.git "$REPO/" "$TREE/"
    ln -sfn "$STATE" "$TREE/.slipway"
fi

swift_build() {
    (cd "$TREE" && swift build --explicit-target-dependency-import-check error "$@" 9>&-) \
        || die "the build failed; its messages are above"
}

# publish PROGRAM [FOLDER/] : a copy in the bin of the state folder. A new file, so that a running server keeps its own.
publish() {
    local target=$STATE/bin/${2:-}${1##*/} library
    if ! cmp -s "$1" "$target"; then
        as_user tee "$target.new" <"$1" >/dev/null
        as_user chmod 755 "$target.new"
        as_user mv "$target.new" "$target"
    fi
    # Swift's own libraries may lie in a home that the ordinary user cannot enter.
    while read -r library; do
        if ! (cd / && as_user test -r "$library") && ! cmp -s "$library" "$STATE/lib/${library##*/}"; then
            as_user tee "$STATE/lib/${library##*/}" <"$library" >/dev/null
        fi
    done < <(ldd "$1" | awk '$2 == "=>" && $3 ~ "^/" { print $3 }')
}

case ${1:-} in
    debug)
        say "Building slipway (a first build takes minutes)"
        swift_build --product slipway
        publish "$TREE/.build/debug/slipway"
        ;;
    release)
        say "Building slipway and slipway-bench for release (a first build takes many minutes)"
        swift_build -c release --product slipway
        swift_build -c release --product slipway-bench
        as_user mkdir -p "$STATE/bin/release"
        publish "$TREE/.build/release/slipway" release/
        publish "$TREE/.build/release/slipway-bench" release/
        ;;
    tests)
        say "Building slipway and its tests (a first build takes minutes)"
        swift_build --build-tests
        publish "$TREE/.build/debug/slipway"
        publish "$TREE/.build/debug/slipwayPackageTests.xctest"
        ;;
    *) die "usage: build.sh debug|release|tests" ;;
esac
