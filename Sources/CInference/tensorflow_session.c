#include <stdlib.h>
#include <string.h>

#include "tensorflow.h"
#include "tensorflow_api.h"

/// Options with a serialised ConfigProto: `intra_op_parallelism_threads` (field 2) and `inter_op_parallelism_threads`
/// (field 5) of -1, which makes the calling thread run the graph: no request pays for a handover between threads.
static void *create_options(slipway_tf *runtime, int threads, char **error) {
    static const unsigned char inter_op[] = {5 << 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01};
    unsigned char config[sizeof(inter_op) + 6];
    memcpy(config, inter_op, sizeof(inter_op));
    size_t count = sizeof(inter_op);
    unsigned rest = threads > 0 ? (unsigned)threads : 1;
    config[count++] = 2 << 3;
    for (; rest > 0x7F; rest >>= 7) config[count++] = (unsigned char)(rest | 0x80);
    config[count++] = (unsigned char)rest;

    void *options = runtime->NewSessionOptions();
    void *status = runtime->NewStatus();
    runtime->SetConfig(options, config, count, status);
    if (slipway_tf_ok(runtime, status, error)) return options;
    runtime->DeleteSessionOptions(options);
    return NULL;
}

static slipway_tf_session *create_session(slipway_tf *runtime) {
    slipway_tf_session *session = calloc(1, sizeof(*session));
    if (!session) abort();
    session->runtime = runtime;
    session->graph = runtime->NewGraph();
    return session;
}

slipway_tf_session *slipway_tf_load_saved_model(slipway_tf *runtime, const char *folder, int threads, char **error) {
    void *options = create_options(runtime, threads, error);
    if (!options) return NULL;
    slipway_tf_session *session = create_session(runtime);
    const char *tags[] = {"serve"};
    void *status = runtime->NewStatus();
    session->session =
        runtime->LoadSessionFromSavedModel(options, NULL, folder, tags, 1, session->graph, NULL, status);
    runtime->DeleteSessionOptions(options);
    if (slipway_tf_ok(runtime, status, error)) return session;
    slipway_tf_session_release(session);
    return NULL;
}

static bool import_graph(slipway_tf_session *session, const void *bytes, size_t count, char **error) {
    slipway_tf *runtime = session->runtime;
    void *buffer = runtime->NewBufferFromString(bytes, count);
    void *options = runtime->NewImportGraphDefOptions();
    void *status = runtime->NewStatus();
    runtime->GraphImportGraphDef(session->graph, buffer, options, status);
    runtime->DeleteImportGraphDefOptions(options);
    runtime->DeleteBuffer(buffer);
    return slipway_tf_ok(runtime, status, error);
}

slipway_tf_session *slipway_tf_load_graph(
    slipway_tf *runtime, const void *bytes, size_t count, int threads, char **error) {
    void *options = create_options(runtime, threads, error);
    if (!options) return NULL;
    slipway_tf_session *session = create_session(runtime);
    bool is_loaded = import_graph(session, bytes, count, error);
    if (is_loaded) {
        void *status = runtime->NewStatus();
        session->session = runtime->NewSession(session->graph, options, status);
        is_loaded = slipway_tf_ok(runtime, status, error);
    }
    runtime->DeleteSessionOptions(options);
    if (is_loaded) return session;
    slipway_tf_session_release(session);
    return NULL;
}

void slipway_tf_session_release(slipway_tf_session *session) {
    if (!session) return;
    slipway_tf *runtime = session->runtime;
    if (session->session) {
        // What closing has to say concerns nobody any more.
        void *status = runtime->NewStatus();
        runtime->CloseSession(session->session, status);
        runtime->DeleteSession(session->session, status);
        runtime->DeleteStatus(status);
    }
    runtime->DeleteGraph(session->graph);
    free(session);
}

bool slipway_tf_run(
    slipway_tf_session *session, const slipway_tf_port *inputs, slipway_tf_tensor *const *tensors, size_t input_count,
    const slipway_tf_port *outputs, size_t output_count, slipway_tf_tensor **results, char **error) {
    slipway_tf *runtime = session->runtime;
    for (size_t index = 0; index < output_count; index++) results[index] = NULL;
    void *status = runtime->NewStatus();
    runtime->SessionRun(
        session->session, NULL, inputs, tensors, (int)input_count, outputs, results, (int)output_count, NULL, 0, NULL,
        status);
    if (slipway_tf_ok(runtime, status, error)) return true;
    for (size_t index = 0; index < output_count; index++) slipway_tf_tensor_release(runtime, results[index]);
    return false;
}
