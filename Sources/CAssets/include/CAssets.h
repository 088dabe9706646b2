#pragma once
#include <stddef.h>

/// A file that was embedded when the program was built. The bytes live as long as the program.
typedef struct {
    /// The file's name without its folder.
    const char *name;
    const unsigned char *bytes;
    size_t count;
} slipway_asset;

/// The migrations of the database, in the order of their numbers; both directions of each.
const slipway_asset *slipway_migrations(size_t *count);

/// The batch script's template.
slipway_asset slipway_job_template(void);

/// The script that runs a user's script in an environment of its requirements.
slipway_asset slipway_training_runner(void);

/// The script that runs the image's trainer on an uploaded folder.
slipway_asset slipway_workflow_entry(void);

/// The Python files of bulk prediction, the entrypoint first.
const slipway_asset *slipway_scorer_files(size_t *count);
