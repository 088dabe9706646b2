#include "onnx_runtime.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "onnx_runtime_api.h"

static void *failed(char **error, const char *message) {
    *error = strdup(message);
    return NULL;
}

bool slipway_ort_ok(slipway_ort *runtime, void *status, char **error) {
    if (!status) return true;
    const char *message = ((const char *(*)(const void *))runtime->api[ort_get_error_message])(status);
    *error = strdup(message);
    ORT_RELEASE(runtime, ort_release_status, status);
    return false;
}

slipway_ort *slipway_ort_open(const char *path, char **error) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return failed(error, dlerror());
    const struct ort_api_base *(*get_base)(void) =
        (const struct ort_api_base *(*)(void))dlsym(library, "OrtGetApiBase");
    if (!get_base) {
        dlclose(library);
        return failed(error, "the library has no function OrtGetApiBase: it is not ONNX Runtime");
    }
    slipway_ort *runtime = calloc(1, sizeof(*runtime));
    if (!runtime) return failed(error, "out of memory");
    runtime->base = get_base();
    runtime->api = runtime->base->get_api(ort_api_version);
    if (!runtime->api) {
        // The library stays open: its destructors are not made for leaving early.
        free(runtime);
        return failed(error, "the library is older than version 1.7");
    }
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_create_env, int, const char *, void **)(
                ort_logging_level_fatal, "slipway", &runtime->environment),
            error) ||
        !slipway_ort_ok(
            runtime,
            ORT(runtime, ort_create_cpu_memory_info, int, int, void **)(
                ort_arena_allocator, ort_mem_type_default, &runtime->memory),
            error) ||
        !slipway_ort_ok(
            runtime,
            ORT(runtime, ort_get_allocator_with_default_options, void **)(&runtime->allocator), error)) {
        free(runtime);
        return NULL;
    }
    return runtime;
}

const char *slipway_ort_version(const slipway_ort *runtime) { return runtime->base->get_version_string(); }

