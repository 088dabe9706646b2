#!/usr/bin/env bash
# trainer-test.sh [ARGUMENT…] : the tests of the trainer, by pytest in its image; arguments go to pytest.
# SLIPWAY_TEST_HEP_DATA may name a folder with uproot-HZZ.root and uproot-Zmumu.root of scikit-hep's test data.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

work=$STATE/tests/trainer
as_user rm -rf "$work"
as_user mkdir -p "$work"
# shellcheck disable=SC2064 # the folder of now
trap "as_user rm -rf '$work'" EXIT
binds=(--bind "$TREE/singularity/trainer:/trainer:ro" --bind "$STATE/venvs/pytest:/pytest:ro")
environment=PYTHONPATH=/trainer:/pytest,PYTHONDONTWRITEBYTECODE=1
if [[ -n ${SLIPWAY_TEST_HEP_DATA:-} ]]; then
    binds+=(--bind "$SLIPWAY_TEST_HEP_DATA:/data:ro")
    environment+=,SLIPWAY_TEST_HEP_DATA=/data
fi
say "Running the trainer's tests in its image"
in_state singularity --quiet exec --containall --no-home --workdir "$work" --pwd /trainer "${binds[@]}" \
    --env "$environment" "$STATE/data/images/hep_latest.sif" \
    python3 -m pytest -q -p no:cacheprovider "$@" tests
