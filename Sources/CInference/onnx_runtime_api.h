/// The little that is known here of ONNX Runtime's C interface.
///
/// `OrtGetApiBase` returns two functions; the first, `GetApi(version)`, returns a table of function pointers,
/// `OrtApi`. The table is append-only by ONNX Runtime's promise of binary compatibility: an entry, once released,
/// keeps its place and its parameters, and a newer library answers every older version with the same table. So a
/// function is named by its place in the table, and no header of the runtime is needed. All entries used here exist
/// since version 7 of the interface (ONNX Runtime 1.7).
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { ort_api_version = 7 };

enum ort_api_index {
    ort_get_error_message = 2,
    ort_create_env = 3,
    ort_create_session = 7,
    ort_run = 9,
    ort_create_session_options = 10,
    ort_set_intra_op_num_threads = 24,
    ort_session_get_input_count = 30,
    ort_session_get_output_count = 31,
    ort_session_get_input_type_info = 33,
    ort_session_get_output_type_info = 34,
    ort_session_get_input_name = 36,
    ort_session_get_output_name = 37,
    ort_create_tensor_as_value = 48,
    ort_create_tensor_with_data_as_value = 49,
    ort_is_tensor = 50,
    ort_get_tensor_mutable_data = 51,
    ort_fill_string_tensor = 52,
    ort_get_string_tensor_data_length = 53,
    ort_get_string_tensor_content = 54,
    ort_cast_type_info_to_tensor_info = 55,
    ort_get_onnx_type_from_type_info = 56,
    ort_get_tensor_element_type = 60,
    ort_get_dimensions_count = 61,
    ort_get_dimensions = 62,
    ort_get_tensor_shape_element_count = 64,
    ort_get_tensor_type_and_shape = 65,
    ort_create_cpu_memory_info = 69,
    ort_allocator_free = 76,
    ort_get_allocator_with_default_options = 78,
    ort_get_value = 80,
    ort_get_value_count = 81,
    ort_release_status = 93,
    ort_release_session = 95,
    ort_release_value = 96,
    ort_release_type_info = 98,
    ort_release_tensor_type_and_shape_info = 99,
    ort_release_session_options = 100,
    ort_cast_type_info_to_map_type_info = 103,
    ort_cast_type_info_to_sequence_type_info = 104,
    ort_get_map_key_type = 105,
    ort_get_map_value_type = 106,
    ort_get_sequence_element_type = 107,
    ort_session_get_model_metadata = 111,
    ort_model_metadata_lookup_custom = 116,
    ort_release_model_metadata = 118,
    ort_model_metadata_get_custom_keys = 123,
    ort_add_session_config_entry = 130,
};

typedef void (*ort_function)(void);

struct ort_api_base {
    const ort_function *(*get_api)(uint32_t version);
    const char *(*get_version_string)(void);
};

/// The values of `ONNXType`.
enum ort_onnx_type { ort_onnx_type_tensor = 1, ort_onnx_type_sequence = 2, ort_onnx_type_map = 3 };
/// Of `OrtLoggingLevel`: errors come back as statuses, so only what is fatal may write to standard error.
enum { ort_logging_level_fatal = 4 };
/// Of `OrtAllocatorType` and `OrtMemType`.
enum { ort_arena_allocator = 1, ort_mem_type_default = 0 };

/// The function at a place of the table, with its signature.
#define ORT(runtime, index, ...) ((void *(*)(__VA_ARGS__))(runtime)->api[index])
/// The same for functions that release and return nothing.
#define ORT_RELEASE(runtime, index, pointer) (((void (*)(void *))(runtime)->api[index])(pointer))

struct slipway_ort {
    const struct ort_api_base *base;
    const ort_function *api;
    void *environment;
    void *memory;
    void *allocator;
};

struct slipway_ort_session {
    struct slipway_ort *runtime;
    void *session;
    struct slipway_ort_port *inputs;
    size_t input_count;
    struct slipway_ort_port *outputs;
    size_t output_count;
    /// The ports' names, as a run wants them.
    const char **input_names;
    const char **output_names;
};

/// Turns a status into a message and releases it; true where there was none.
_Bool slipway_ort_ok(struct slipway_ort *runtime, void *status, char **error);
