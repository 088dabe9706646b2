#!/usr/bin/env bash
# The whole way once, on real parts: upload by curl, Slurm, the image, the model repository, a prediction.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

SAMPLE=$REPO/docs/examples/wine
FEATURES='[13.2, 2.77, 2.51, 18.5, 96.6, 1.04, 2.55, 0.57, 1.47, 6.2, 1.05, 3.33, 820]'
trap 'echo "slipway: the demo failed; the server log is $STATE/log/server.log, the others lie beside it" >&2' ERR

failed() {
    trap - ERR
    die "$1; the server's log: $STATE/log/server.log"
}

slipway() {
    in_state env -u DATABASE_URL LD_LIBRARY_PATH="$STATE/lib" "$STATE/bin/slipway" "$@" \
        --config "$STATE/slipway.yml"
}

# get PATH [CURL OPTION…] : one answer of the server, with the demo's token.
get() {
    local path=$1
    shift
    curl --fail-with-body -sS --max-time 60 -H "Authorization: Bearer $SLIPWAY_TOKEN" "$@" "$SLIPWAY_URL$path"
}

token_works() { [[ -n ${SLIPWAY_TOKEN:-} ]] && get /api/v1/tasks -o /dev/null 2>/dev/null; }

# Makes the user and a token once, and leaves what a shell needs in .slipway/env.
sign_in() {
    local output
    if [[ -r $STATE/env ]]; then
        SLIPWAY_TOKEN=$(sed -n 's/^export SLIPWAY_TOKEN=//p' "$STATE/env")
    fi
    if token_works; then
        return
    fi
    say "Making the user demo and a token"
    if [[ ! -s $STATE/password ]]; then
        (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' | as_user tee "$STATE/password" >/dev/null)
    fi
    if ! output=$(slipway user add demo --role admin --password-stdin <"$STATE/password" 2>&1); then
        say "user add: $output"
    fi
    SLIPWAY_TOKEN=$(slipway token create demo --name "demo-$(date +%s)") || failed "no token was made"
    token_works || failed "the server refuses the new token"
}

# Whoever comes to the dialects' own ports without a token.
add_visitor() {
    slipway user list | grep -qw visitor || slipway user add visitor --no-password
}

write_environment() {
    (
        umask 077
        write_state "$STATE/env" <<END
export SLIPWAY_URL=$SLIPWAY_URL
export SLIPWAY_TOKEN=$SLIPWAY_TOKEN
export SLIPWAY_CONFIG=$STATE/slipway.yml
export SLURM_CONF=$SLURM_CONF
export PATH=$STATE/bin:\$PATH
END
    )
    as_user chmod 600 "$STATE/env"
}

# post CONFIG : as a user types it; prints the answer.
post() {
    (cd "$SAMPLE" && curl --fail-with-body -sS -F "files=@$1" -F files=@train.py \
        -H "Authorization: Bearer $SLIPWAY_TOKEN" "$SLIPWAY_URL/new_task")
}

# follow ID : prints each state once, until the last; succeeds when the task did. The answer stays in TASK.
follow() {
    local id=$1 state='' last='' end=$((SECONDS + 600))
    until [[ $state =~ ^(succeeded|failed|cancelled|lost)$ ]]; do
        ((SECONDS < end)) || failed "task $id is still $state after ten minutes"
        TASK=$(get "/api/v1/tasks/$id${last:+?wait=30&after=$last}") || failed "the server does not tell of task $id: $TASK"
        state=$(jq -r .state <<<"$TASK")
        if [[ $state != "$last" ]]; then
            say "  $id $state$(jq -r 'if .job_id then " (Slurm job \(.job_id))" else "" end' <<<"$TASK")"
            last=$state
        fi
    done
    if [[ $state != succeeded ]]; then
        get "/api/v1/tasks/$id/log" >&2 || true
        failed "task $id ended $state: $(jq -r '"\(.reason // "no reason"): \(.message // "")"' <<<"$TASK")"
    fi
}

# What scikit-learn itself says of the features, after the same training in the same image.
predicted_by_sklearn() {
    local work=$STATE/build/demo
    as_user mkdir -p "$work"
    as_user tee "$work/train.py" <"$SAMPLE/train.py" >/dev/null
    as_user tee "$work/params.json" < <(jq .model_params "$SAMPLE/config.json") >/dev/null
    in_state singularity --silent exec --contain --no-home --pwd "$work" --bind "$work" \
        --bind "$STATE/data/datasets:$STATE/data/datasets:ro" "$STATE/data/images/sklearn_sample_latest.sif" \
        env PYTHONDONTWRITEBYTECODE=1 SLIPWAY_PARAMS="$work/params.json" \
        python3 - "$STATE/data/datasets/wine_classification.csv" "$FEATURES" <<'END'
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, ".")
from train import read_params, train

model, _ = train(Path(sys.argv[1]), read_params())
row = np.asarray([json.loads(sys.argv[2])], np.float32)
print(json.dumps({"class": int(model.predict(row)[0]), "probabilities": model.predict_proba(row)[0].tolist()}))
END
}

# What the server says, in the same form: the integers are the class, the floating-point numbers the probabilities.
predicted_by_slipway() {
    local name=$1 version=$2 input
    input=$(get "/v2/models/$name/versions/$version" | jq -r '.inputs[0].name')
    jq -n --arg input "$input" --argjson row "$FEATURES" \
        '{inputs: [{name: $input, datatype: "FP32", shape: [1, ($row | length)], data: $row}]}' \
        | get "/v2/models/$name/versions/$version/infer" -H 'Content-Type: application/json' --data-binary @- \
        | jq -c '{class: (.outputs[] | select(.datatype | startswith("INT")) | .data[0]),
            probabilities: (.outputs[] | select(.datatype | startswith("FP")) | .data)}'
}

same_prediction() {
    jq -en --argjson a "$1" --argjson b "$2" '
        $a.class == $b.class and ($a.probabilities | length) == ($b.probabilities | length)
        and ([$a.probabilities, $b.probabilities] | transpose | all((.[0] - .[1] | fabs) < 1e-5))' >/dev/null
}

show_model() {
    local name version told got
    name=$(jq -r '.model.name // empty' <<<"$TASK")
    version=$(jq -r '.model.version // empty' <<<"$TASK")
    told=$(jq -r '.model.sha256 // empty' <<<"$TASK")
    [[ -n $name && -n $version ]] || failed "the task left no model in the repository"
    got=$(get "/api/v1/models/$name/versions/$version/archive" | sha256sum | cut -d' ' -f1)
    [[ $told == "$got" ]] || failed "model $name version $version: sha256 is $told, the archive's is $got"
    say "  model $name, version $version, sha256 $told, which is the downloaded archive's"
    MODEL=$name VERSION=$version
}

"$REPO/slurm/dev/install.sh"
"$REPO/slurm/dev/build.sh" debug
"$REPO/slurm/dev/cluster-up.sh"
"$REPO/slurm/dev/image.sh"
"$REPO/slurm/dev/server-up.sh"

SLIPWAY_URL=http://127.0.0.1:$(cat "$STATE/run/server.port")
sign_in
add_visitor
write_environment

say "Posting the wine task to the partitions cpu and gpu"
cpu_answer=$(post config.json) || failed "the server refused the task: $cpu_answer"
gpu_answer=$(post config_gpu.json) || failed "the server refused the task: $gpu_answer"

jobs=()
for answer in "$gpu_answer" "$cpu_answer"; do
    id=$(jq -r .id <<<"$answer")
    follow "$id"
    jobs+=("$(jq -r .job_id <<<"$TASK")")
    accuracy=$(get "/api/v1/tasks/$id/log" | grep '^accuracy: ') || failed "the log of task $id tells no accuracy"
    say "  its log says $accuracy"
    show_model
done

say "What Slurm's accounting says"
in_state sacct -X -j "$(IFS=, && echo "${jobs[*]}")" \
    --format=JobID%8,JobName%14,Partition%9,Account%9,State%10,AllocTRES%44,Elapsed

say "Asking model $MODEL, version $VERSION, for the class of $FEATURES"
ours=$(predicted_by_slipway "$MODEL" "$VERSION") || failed "no prediction: $ours"
theirs=$(predicted_by_sklearn) || failed "scikit-learn in the image gave no answer"
same_prediction "$ours" "$theirs" || failed "Slipway predicts $ours, scikit-learn $theirs"
say "  Slipway:      $ours"
say "  scikit-learn: $theirs"

cat <<END

The server runs at $SLIPWAY_URL (log: $STATE/log/server.log; user demo, password in $STATE/password).
To go on by hand:
    source $REPO/.slipway/env
    cd $SAMPLE
    curl -F files=@config.json -F files=@train.py -H "Authorization: Bearer \$SLIPWAY_TOKEN" \$SLIPWAY_URL/new_task
To stop it all: make down
END
