#include "CAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char spine_up[] = {
#embed "../../migrations/0001_spine.up.sql"
};
static const unsigned char spine_down[] = {
#embed "../../migrations/0001_spine.down.sql"
};
static const unsigned char retries_up[] = {
#embed "../../migrations/0002_retries.up.sql"
};
static const unsigned char retries_down[] = {
#embed "../../migrations/0002_retries.down.sql"
};
static const unsigned char webhooks_up[] = {
#embed "../../migrations/0003_webhooks.up.sql"
};
static const unsigned char webhooks_down[] = {
#embed "../../migrations/0003_webhooks.down.sql"
};
static const unsigned char retention_up[] = {
#embed "../../migrations/0004_retention.up.sql"
};
static const unsigned char retention_down[] = {
#embed "../../migrations/0004_retention.down.sql"
};
static const unsigned char lists_up[] = {
#embed "../../migrations/0005_lists.up.sql"
};
static const unsigned char lists_down[] = {
#embed "../../migrations/0005_lists.down.sql"
};
static const unsigned char inference_up[] = {
#embed "../../migrations/0006_inference.up.sql"
};
static const unsigned char inference_down[] = {
#embed "../../migrations/0006_inference.down.sql"
};
static const unsigned char workflows_up[] = {
#embed "../../migrations/0007_workflows.up.sql"
};
static const unsigned char workflows_down[] = {
#embed "../../migrations/0007_workflows.down.sql"
};
static const unsigned char job_template[] = {
#embed "../../slurm/templates/job.sbatch"
};

static const unsigned char training_runner[] = {
#embed "../../singularity/training/slipway_train.py"
};
static const unsigned char workflow_entry[] = {
#embed "../../singularity/workflow/slipway_workflow.py"
};
static const unsigned char scorer_entry[] = {
#embed "../../singularity/scorer/slipway_score.py"
};
static const unsigned char scorer_models[] = {
#embed "../../singularity/scorer/slipway_models.py"
};
static const unsigned char scorer_rows[] = {
#embed "../../singularity/scorer/slipway_rows.py"
};
static const unsigned char scorer_results[] = {
#embed "../../singularity/scorer/slipway_results.py"
};

static const slipway_asset migrations[] = {
    {"0001_spine.up.sql", spine_up, sizeof spine_up},
    {"0001_spine.down.sql", spine_down, sizeof spine_down},
    {"0002_retries.up.sql", retries_up, sizeof retries_up},
    {"0002_retries.down.sql", retries_down, sizeof retries_down},
    {"0003_webhooks.up.sql", webhooks_up, sizeof webhooks_up},
    {"0003_webhooks.down.sql", webhooks_down, sizeof webhooks_down},
    {"0004_retention.up.sql", retention_up, sizeof retention_up},
    {"0004_retention.down.sql", retention_down, sizeof retention_down},
    {"0005_lists.up.sql", lists_up, sizeof lists_up},
    {"0005_lists.down.sql", lists_down, sizeof lists_down},
    {"0006_inference.up.sql", inference_up, sizeof inference_up},
    {"0006_inference.down.sql", inference_down, sizeof inference_down},
    {"0007_workflows.up.sql", workflows_up, sizeof workflows_up},
    {"0007_workflows.down.sql", workflows_down, sizeof workflows_down},
};

const slipway_asset *slipway_migrations(size_t *count) {
    *count = sizeof migrations / sizeof migrations[0];
    return migrations;
}

slipway_asset slipway_job_template(void) {
    return (slipway_asset){"job.sbatch", job_template, sizeof job_template};
}

slipway_asset slipway_training_runner(void) {
    return (slipway_asset){"slipway_train.py", training_runner, sizeof training_runner};
}

slipway_asset slipway_workflow_entry(void) {
    return (slipway_asset){"slipway_workflow.py", workflow_entry, sizeof workflow_entry};
}

static const slipway_asset scorer[] = {
    {"slipway_score.py", scorer_entry, sizeof scorer_entry},
    {"slipway_models.py", scorer_models, sizeof scorer_models},
    {"slipway_rows.py", scorer_rows, sizeof scorer_rows},
    {"slipway_results.py", scorer_results, sizeof scorer_results},
};

const slipway_asset *slipway_scorer_files(size_t *count) {
    *count = sizeof scorer / sizeof scorer[0];
    return scorer;
}
