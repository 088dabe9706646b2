/// ONNX Runtime through its C interface.
///
/// Every function that can fail returns null or false and then puts a message into `*error`, which the caller frees
/// with `slipway_free_text`. All functions may be called from several threads at once.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The library with its one environment; lives as long as the process.
typedef struct slipway_ort slipway_ort;
/// A loaded model.
typedef struct slipway_ort_session slipway_ort_session;
/// A tensor, sequence or map.
typedef struct slipway_ort_value slipway_ort_value;

/// The numbers of `ONNXTensorElementDataType`, fixed by ONNX's `TensorProto.DataType`.
typedef enum slipway_ort_element {
    slipway_ort_element_undefined = 0,
    slipway_ort_element_float32 = 1,
    slipway_ort_element_uint8 = 2,
    slipway_ort_element_int8 = 3,
    slipway_ort_element_uint16 = 4,
    slipway_ort_element_int16 = 5,
    slipway_ort_element_int32 = 6,
    slipway_ort_element_int64 = 7,
    slipway_ort_element_string = 8,
    slipway_ort_element_bool = 9,
    slipway_ort_element_float16 = 10,
    slipway_ort_element_float64 = 11,
    slipway_ort_element_uint32 = 12,
    slipway_ort_element_uint64 = 13,
} slipway_ort_element;

/// What an input, output or value is.
typedef enum slipway_ort_kind {
    slipway_ort_kind_other = 0,
    slipway_ort_kind_tensor = 1,
    /// A sequence of maps from labels (int64 or string) to float32: what scikit-learn's converter makes of class
    /// probabilities.
    slipway_ort_kind_label_maps = 2,
} slipway_ort_kind;

/// One input or output of a model.
typedef struct slipway_ort_port {
    char *name;
    slipway_ort_kind kind;
    /// The elements of a tensor.
    int32_t element;
    size_t rank;
    /// The sizes of a tensor's dimensions; -1 where any size goes. Null for rank 0.
    int64_t *dimensions;
} slipway_ort_port;

/// Opens the library at `path` (a file, or a name that the loader searches) and creates the environment.
slipway_ort *slipway_ort_open(const char *path, char **error);
/// The library's version; owned by the library.
const char *slipway_ort_version(const slipway_ort *runtime);

/// Loads the model at `path`; its operators share `threads` threads, which sleep when there is nothing to do.
slipway_ort_session *slipway_ort_session_create(slipway_ort *runtime, const char *path, int threads, char **error);
void slipway_ort_session_release(slipway_ort_session *session);
/// The model's inputs, in its order; owned by the session.
const slipway_ort_port *slipway_ort_session_inputs(const slipway_ort_session *session, size_t *count);
const slipway_ort_port *slipway_ort_session_outputs(const slipway_ort_session *session, size_t *count);

/// A tensor over the caller's memory, which must stay until the value is released; it is only read.
slipway_ort_value *slipway_ort_tensor_borrow(
    slipway_ort *runtime, slipway_ort_element element, const void *data, size_t bytes, const int64_t *dimensions,
    size_t rank, char **error);
/// A tensor of strings, which are copied.
slipway_ort_value *slipway_ort_tensor_of_strings(
    slipway_ort *runtime, const char *const *strings, size_t count, const int64_t *dimensions, size_t rank,
    char **error);
void slipway_ort_value_release(slipway_ort *runtime, slipway_ort_value *value);

/// Calls `visit` with each entry of the model's own metadata.
bool slipway_ort_session_metadata(
    slipway_ort_session *session, void (*visit)(void *context, const char *key, const char *value), void *context,
    char **error);

/// A tensor over the caller's memory for a run to write to; the memory must stay until the value is released.
slipway_ort_value *slipway_ort_tensor_lend(
    slipway_ort *runtime, slipway_ort_element element, void *data, size_t bytes, const int64_t *dimensions, size_t rank,
    char **error);

/// Runs the model once, with a value for each input in the model's order.
///
/// `outputs` are the places of the wanted outputs among the model's. On entry `results` holds for each null or a lent
/// tensor, which the runtime then fills, or refuses where its shape is not what comes out. On success every null has
/// been replaced by a new value; on failure by none.
bool slipway_ort_run(
    slipway_ort_session *session, const slipway_ort_value *const *inputs, const size_t *outputs, size_t output_count,
    slipway_ort_value **results, char **error);

/// A tensor's form and elements.
typedef struct slipway_ort_tensor {
    int32_t element;
    size_t rank;
    /// Freed by `slipway_ort_tensor_clear`.
    int64_t *dimensions;
    size_t count;
    /// The elements, owned by the value; null for strings.
    const void *data;
    /// For strings: their bytes one after another, and where each starts, `count` + 1 offsets. Freed by
    /// `slipway_ort_tensor_clear`.
    char *text;
    size_t *offsets;
} slipway_ort_tensor;

/// Reads a tensor; `tensor` must be cleared afterwards.
bool slipway_ort_value_tensor(
    slipway_ort *runtime, const slipway_ort_value *value, slipway_ort_tensor *tensor, char **error);
void slipway_ort_tensor_clear(slipway_ort_tensor *tensor);

/// Whether a value is a tensor.
bool slipway_ort_value_is_tensor(slipway_ort *runtime, const slipway_ort_value *value);
/// The number of elements of a sequence.
bool slipway_ort_value_count(slipway_ort *runtime, const slipway_ort_value *value, size_t *count, char **error);
/// The element of a sequence at `index`; of a map, its keys at 0 and its values at 1. To be released.
slipway_ort_value *slipway_ort_value_element(
    slipway_ort *runtime, const slipway_ort_value *value, size_t index, char **error);
