#include <string.h>

#include "onnx_runtime.h"
#include "onnx_runtime_api.h"

bool slipway_ort_run(
    slipway_ort_session *session, const slipway_ort_value *const *inputs, const size_t *outputs, size_t output_count,
    slipway_ort_value **results, char **error) {
    slipway_ort *runtime = session->runtime;
    const char *names[output_count + 1];
    slipway_ort_value *lent[output_count + 1];
    for (size_t index = 0; index < output_count; index++) names[index] = session->output_names[outputs[index]];
    memcpy(lent, results, output_count * sizeof(*lent));
    // The null is for run options; without them the defaults hold.
    bool is_done = slipway_ort_ok(
        runtime,
        ORT(runtime, ort_run, void *, const void *, const char *const *, const slipway_ort_value *const *, size_t,
            const char *const *, size_t, slipway_ort_value **)(
            session->session, NULL, session->input_names, inputs, session->input_count, names, output_count, results),
        error);
    if (is_done) return true;
    for (size_t index = 0; index < output_count; index++) {
        if (results[index] != lent[index]) slipway_ort_value_release(runtime, results[index]);
        results[index] = lent[index];
    }
    return false;
}
