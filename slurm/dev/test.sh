#!/usr/bin/env bash
# Every check and every test, on the cluster, the image and the database that the demo uses too.
# Arguments go to the program of the Swift tests (`--filter NAME`), and then nothing else is tested.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
"$REPO/slurm/dev/install.sh"

say "Checking the form of Swift, shell and Python files"
(cd "$REPO" && swift format lint --strict --recursive --parallel Sources Tests Package.swift)
(cd "$REPO" && shellcheck --external-sources slurm/dev/*.sh .ci/run)
(cd "$REPO" && "$STATE/bin/ruff" check --quiet --no-cache --line-length 120 \
    --select E,F,I,UP,B,ANN,SIM,RUF docs singularity slurm Tests)
(cd "$REPO" && "$STATE/bin/ruff" format --quiet --no-cache --line-length 120 --check docs singularity slurm Tests)

"$REPO/slurm/dev/build.sh" tests
"$REPO/slurm/dev/cluster-up.sh"
"$REPO/slurm/dev/image.sh" sklearn ml hep
if (($# == 0)); then
    "$REPO/slurm/dev/trainer-test.sh"
fi

# shellcheck source=environment.sh
source "$REPO/slurm/dev/environment.sh"

say "Running the tests as $RUN_USER"
status=0
in_state env -u DATABASE_URL -u SLIPWAY_LISTEN "${TEST_ENVIRONMENT[@]}" \
    "$STATE/bin/slipwayPackageTests.xctest" --testing-library swift-testing "$@" 2>&1 \
    | as_user tee "$STATE/log/test.log" || status=$?
if ((status)); then
    # A test's issue is told hundreds of lines before the end; a log that is cut short keeps the end.
    say "What failed"
    sed $'s/\e\\[[0-9;]*m//g' "$STATE/log/test.log" \
        | grep --text --after-context 4 '^✘ .* recorded an issue ' \
        | grep --text --invert-match '^[✔◇]' | cut --characters=1-500 | tail -n 60 || true
fi
say "Output of the tests: $STATE/log/test.log"
exit "$status"
