#include "tensorflow.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tensorflow_api.h"

void slipway_tf_prepare(void) {
    setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0);
    setenv("TF_ENABLE_ONEDNN_OPTS", "0", 0);
}

bool slipway_tf_ok(slipway_tf *runtime, void *status, char **error) {
    bool is_ok = runtime->GetCode(status) == 0;
    if (!is_ok) *error = strdup(runtime->Message(status));
    runtime->DeleteStatus(status);
    return is_ok;
}

slipway_tf *slipway_tf_open(const char *path, char **error) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        *error = strdup(dlerror());
        return NULL;
    }
    slipway_tf *runtime = calloc(1, sizeof(*runtime));
    if (!runtime) abort();
    const char *missing = NULL;
#define SLIPWAY_TF_FIND(result, name, parameters)                                                                      \
    runtime->name = (result(*) parameters)dlsym(library, "TF_" #name);                                                 \
    if (!runtime->name) missing = "TF_" #name;
    SLIPWAY_TF_FUNCTIONS(SLIPWAY_TF_FIND)
#undef SLIPWAY_TF_FIND
    if (!missing) return runtime;
    // The library stays open where it is TensorFlow's: its destructors are not made for leaving early.
    if (!runtime->Version) dlclose(library);
    free(runtime);
    char message[160];
    snprintf(
        message, sizeof(message), "the library has no function %s: it is not TensorFlow, or older than version 2.4",
        missing);
    *error = strdup(message);
    return NULL;
}

const char *slipway_tf_version(const slipway_tf *runtime) { return runtime->Version(); }
