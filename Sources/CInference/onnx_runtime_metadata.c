#include <stdlib.h>

#include "onnx_runtime.h"
#include "onnx_runtime_api.h"

static void release_text(slipway_ort *runtime, void *text) {
    if (!text) return;
    // Freeing with the default allocator cannot fail; a status, if there is one, is released all the same.
    char *ignored = NULL;
    slipway_ort_ok(runtime, ORT(runtime, ort_allocator_free, void *, void *)(runtime->allocator, text), &ignored);
    free(ignored);
}

static bool visit_entries(
    slipway_ort *runtime, const void *metadata, void (*visit)(void *, const char *, const char *), void *context,
    char **error) {
    char **keys = NULL;
    int64_t count = 0;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_model_metadata_get_custom_keys, const void *, void *, char ***, int64_t *)(
                metadata, runtime->allocator, &keys, &count),
            error)) {
        return false;
    }
    bool is_read = true;
    for (int64_t index = 0; index < count; index++) {
        char *value = NULL;
        is_read = is_read &&
                  slipway_ort_ok(
                      runtime,
                      ORT(runtime, ort_model_metadata_lookup_custom, const void *, void *, const char *, char **)(
                          metadata, runtime->allocator, keys[index], &value),
                      error);
        if (value) visit(context, keys[index], value);
        release_text(runtime, value);
        release_text(runtime, keys[index]);
    }
    release_text(runtime, keys);
    return is_read;
}

bool slipway_ort_session_metadata(
    slipway_ort_session *session, void (*visit)(void *context, const char *key, const char *value), void *context,
    char **error) {
    slipway_ort *runtime = session->runtime;
    void *metadata = NULL;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_session_get_model_metadata, const void *, void **)(session->session, &metadata), error)) {
        return false;
    }
    bool is_read = visit_entries(runtime, metadata, visit, context, error);
    ORT_RELEASE(runtime, ort_release_model_metadata, metadata);
    return is_read;
}
