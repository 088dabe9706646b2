#include "CAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char spine_up[] = {
#embed "../../migrations/0001_spine.up.sql"
};
static const unsigned char spine_down[] = {
#embed "../../migrations/0001_spine.down.sql"
};
static const unsigned char job_template[] = {
#embed "../../slurm/templates/job.sbatch"
};

static const slipway_asset migrations[] = {
    {"0001_spine.up.sql", spine_up, sizeof spine_up},
    {"0001_spine.down.sql", spine_down, sizeof spine_down},
};

const slipway_asset *slipway_migrations(size_t *count) {
    *count = sizeof migrations / sizeof migrations[0];
    return migrations;
}

slipway_asset slipway_job_template(void) {
    return (slipway_asset){"job.sbatch", job_template, sizeof job_template};
}
