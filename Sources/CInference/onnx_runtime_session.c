#include <stdlib.h>
#include <string.h>

#include "onnx_runtime.h"
#include "onnx_runtime_api.h"

/// Reads a tensor's element type and dimensions from a type that `info` describes.
static bool read_tensor_port(slipway_ort *runtime, void *info, slipway_ort_port *port, char **error) {
    // The tensor's description belongs to `info`.
    const void *tensor = NULL;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_cast_type_info_to_tensor_info, const void *, const void **)(info, &tensor), error)) {
        return false;
    }
    if (!tensor) return true;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_get_tensor_element_type, const void *, int32_t *)(tensor, &port->element), error) ||
        !slipway_ort_ok(
            runtime, ORT(runtime, ort_get_dimensions_count, const void *, size_t *)(tensor, &port->rank), error)) {
        return false;
    }
    if (port->rank > 0) {
        port->dimensions = calloc(port->rank, sizeof(int64_t));
        if (!port->dimensions) abort();
        if (!slipway_ort_ok(
                runtime,
                ORT(runtime, ort_get_dimensions, const void *, int64_t *, size_t)(
                    tensor, port->dimensions, port->rank),
                error)) {
            return false;
        }
    }
    port->kind = slipway_ort_kind_tensor;
    return true;
}

/// Finds out whether a map goes from labels to float32.
static bool read_map_port(slipway_ort *runtime, void *info, slipway_ort_port *port, char **error) {
    const void *map = NULL;
    int32_t key = 0;
    void *value = NULL;
    if (!slipway_ort_ok(
            runtime, ORT(runtime, ort_cast_type_info_to_map_type_info, const void *, const void **)(info, &map),
            error)) {
        return false;
    }
    if (!map) return true;
    if (!slipway_ort_ok(
            runtime, ORT(runtime, ort_get_map_key_type, const void *, int32_t *)(map, &key), error) ||
        !slipway_ort_ok(runtime, ORT(runtime, ort_get_map_value_type, const void *, void **)(map, &value), error)) {
        return false;
    }
    slipway_ort_port values = {0};
    bool is_read = read_tensor_port(runtime, value, &values, error);
    free(values.dimensions);
    ORT_RELEASE(runtime, ort_release_type_info, value);
    if (is_read && (key == slipway_ort_element_int64 || key == slipway_ort_element_string) &&
        values.element == slipway_ort_element_float32) {
        port->kind = slipway_ort_kind_label_maps;
        port->element = slipway_ort_element_float32;
    }
    return is_read;
}

static bool onnx_type(slipway_ort *runtime, void *info, int32_t *type, char **error) {
    return slipway_ort_ok(
        runtime, ORT(runtime, ort_get_onnx_type_from_type_info, const void *, int32_t *)(info, type), error);
}

static bool read_sequence_port(slipway_ort *runtime, void *info, slipway_ort_port *port, char **error) {
    const void *sequence = NULL;
    void *element = NULL;
    int32_t type = 0;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_cast_type_info_to_sequence_type_info, const void *, const void **)(info, &sequence),
            error)) {
        return false;
    }
    if (!sequence) return true;
    if (!slipway_ort_ok(
            runtime, ORT(runtime, ort_get_sequence_element_type, const void *, void **)(sequence, &element),
            error)) {
        return false;
    }
    bool is_read = onnx_type(runtime, element, &type, error);
    if (is_read && type == ort_onnx_type_map) is_read = read_map_port(runtime, element, port, error);
    ORT_RELEASE(runtime, ort_release_type_info, element);
    return is_read;
}

static bool read_port(
    slipway_ort_session *session, int name_function, int type_function, size_t index, slipway_ort_port *port,
    char **error) {
    slipway_ort *runtime = session->runtime;
    char *name = NULL;
    void *info = NULL;
    int32_t type = 0;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, name_function, const void *, size_t, void *, char **)(
                session->session, index, runtime->allocator, &name),
            error)) {
        return false;
    }
    port->name = strdup(name);
    // Freeing with the default allocator cannot fail; a status, if there is one, is released all the same.
    char *ignored = NULL;
    slipway_ort_ok(
        runtime, ORT(runtime, ort_allocator_free, void *, void *)(runtime->allocator, name), &ignored);
    free(ignored);
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, type_function, const void *, size_t, void **)(session->session, index, &info), error)) {
        return false;
    }
    bool is_read = onnx_type(runtime, info, &type, error);
    if (is_read && type == ort_onnx_type_tensor) is_read = read_tensor_port(runtime, info, port, error);
    if (is_read && type == ort_onnx_type_sequence) is_read = read_sequence_port(runtime, info, port, error);
    ORT_RELEASE(runtime, ort_release_type_info, info);
    return is_read;
}

static slipway_ort_port *read_ports(
    slipway_ort_session *session, int count_function, int name_function, int type_function, size_t *count,
    char **error) {
    size_t found = 0;
    if (!slipway_ort_ok(
            session->runtime,
            ORT(session->runtime, count_function, const void *, size_t *)(session->session, &found), error)) {
        return NULL;
    }
    slipway_ort_port *ports = calloc(found + 1, sizeof(*ports));
    if (!ports) abort();
    *count = found;
    for (size_t index = 0; index < found; index++) {
        if (!read_port(session, name_function, type_function, index, &ports[index], error)) {
            for (size_t done = 0; done <= index; done++) {
                free(ports[done].name);
                free(ports[done].dimensions);
            }
            free(ports);
            *count = 0;
            return NULL;
        }
    }
    return ports;
}

static void *create_options(slipway_ort *runtime, int threads, char **error) {
    void *options = NULL;
    if (!slipway_ort_ok(runtime, ORT(runtime, ort_create_session_options, void **)(&options), error)) return NULL;
    // Spinning threads would take cores from the server between requests. The weights stay for as long as the session,
    // so that they need not come from the arena, which takes memory in steps that double.
    if (slipway_ort_ok(
            runtime, ORT(runtime, ort_set_intra_op_num_threads, void *, int)(options, threads), error) &&
        slipway_ort_ok(
            runtime,
            ORT(runtime, ort_add_session_config_entry, void *, const char *, const char *)(
                options, "session.intra_op.allow_spinning", "0"),
            error) &&
        slipway_ort_ok(
            runtime,
            ORT(runtime, ort_add_session_config_entry, void *, const char *, const char *)(
                options, "session.use_device_allocator_for_initializers", "1"),
            error)) {
        return options;
    }
    ORT_RELEASE(runtime, ort_release_session_options, options);
    return NULL;
}

static const char **names(const slipway_ort_port *ports, size_t count) {
    const char **names = calloc(count + 1, sizeof(*names));
    if (!names) abort();
    for (size_t index = 0; index < count; index++) names[index] = ports[index].name;
    return names;
}

slipway_ort_session *slipway_ort_session_create(slipway_ort *runtime, const char *path, int threads, char **error) {
    void *options = create_options(runtime, threads, error);
    if (!options) return NULL;
    slipway_ort_session *session = calloc(1, sizeof(*session));
    if (!session) abort();
    session->runtime = runtime;
    bool is_created = slipway_ort_ok(
        runtime,
        ORT(runtime, ort_create_session, const void *, const char *, const void *, void **)(
            runtime->environment, path, options, &session->session),
        error);
    ORT_RELEASE(runtime, ort_release_session_options, options);
    if (is_created) {
        session->inputs = read_ports(
            session, ort_session_get_input_count, ort_session_get_input_name, ort_session_get_input_type_info,
            &session->input_count, error);
    }
    if (session->inputs) {
        session->outputs = read_ports(
            session, ort_session_get_output_count, ort_session_get_output_name, ort_session_get_output_type_info,
            &session->output_count, error);
    }
    if (session->outputs) {
        session->input_names = names(session->inputs, session->input_count);
        session->output_names = names(session->outputs, session->output_count);
        return session;
    }
    slipway_ort_session_release(session);
    return NULL;
}

static void free_ports(slipway_ort_port *ports, size_t count) {
    for (size_t index = 0; index < count; index++) {
        free(ports[index].name);
        free(ports[index].dimensions);
    }
    free(ports);
}

void slipway_ort_session_release(slipway_ort_session *session) {
    if (!session) return;
    if (session->session) ORT_RELEASE(session->runtime, ort_release_session, session->session);
    free_ports(session->inputs, session->input_count);
    free_ports(session->outputs, session->output_count);
    free(session->input_names);
    free(session->output_names);
    free(session);
}

const slipway_ort_port *slipway_ort_session_inputs(const slipway_ort_session *session, size_t *count) {
    *count = session->input_count;
    return session->inputs;
}

const slipway_ort_port *slipway_ort_session_outputs(const slipway_ort_session *session, size_t *count) {
    *count = session->output_count;
    return session->outputs;
}
