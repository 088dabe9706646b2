/// TensorFlow through its C interface.
///
/// Every function that can fail returns null or false and then puts a message into `*error`, which the caller frees
/// with `slipway_free_text`. All functions may be called from several threads at once.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The library; lives as long as the process.
typedef struct slipway_tf slipway_tf;
/// A graph with a session that runs it.
typedef struct slipway_tf_session slipway_tf_session;
/// A tensor of the runtime.
typedef struct slipway_tf_tensor slipway_tf_tensor;

/// The numbers of `DataType` in TensorFlow's types.proto.
typedef enum slipway_tf_element {
    slipway_tf_element_float32 = 1,
    slipway_tf_element_float64 = 2,
    slipway_tf_element_int32 = 3,
    slipway_tf_element_uint8 = 4,
    slipway_tf_element_int16 = 5,
    slipway_tf_element_int8 = 6,
    slipway_tf_element_string = 7,
    slipway_tf_element_int64 = 9,
    slipway_tf_element_bool = 10,
    slipway_tf_element_uint16 = 17,
    slipway_tf_element_float16 = 19,
    slipway_tf_element_uint32 = 22,
    slipway_tf_element_uint64 = 23,
} slipway_tf_element;

/// One output of an operation of a graph: where a tensor can be fed or fetched. The operation belongs to the graph.
typedef struct slipway_tf_port {
    void *operation;
    int index;
} slipway_tf_port;

/// Sets what the library reads from the environment when it is opened, unless the environment already says otherwise:
/// it writes nothing but errors to standard error, and leaves out oneDNN's operators, which cost a small network
/// 20 µs more a run than TensorFlow's own and win nothing measurable on large ones. To be called while nothing else
/// reads the environment.
void slipway_tf_prepare(void);
/// Opens the library at `path` (a file, or a name that the loader searches).
slipway_tf *slipway_tf_open(const char *path, char **error);
/// The library's version; owned by the library.
const char *slipway_tf_version(const slipway_tf *runtime);

/// Loads the SavedModel in `folder` for serving. Operators may share `threads` threads; the graph itself is run by the
/// thread that asks.
slipway_tf_session *slipway_tf_load_saved_model(slipway_tf *runtime, const char *folder, int threads, char **error);
/// Makes a session for a serialised GraphDef.
slipway_tf_session *slipway_tf_load_graph(
    slipway_tf *runtime, const void *bytes, size_t count, int threads, char **error);
void slipway_tf_session_release(slipway_tf_session *session);

/// Finds the output `index` of the operation with a name; false where the graph has none.
bool slipway_tf_find(slipway_tf_session *session, const char *operation, int index, slipway_tf_port *port);
/// The element type of a port.
int32_t slipway_tf_port_element(slipway_tf_session *session, slipway_tf_port port);
/// The rank of a port; -1 where the graph does not know it.
int slipway_tf_port_rank(slipway_tf_session *session, slipway_tf_port port);
/// Writes the sizes of a port's `rank` dimensions, -1 where any size goes; false where the graph does not know them.
bool slipway_tf_port_dimensions(slipway_tf_session *session, slipway_tf_port port, int64_t *dimensions, int rank);

/// What a walk over a graph tells of each operation.
typedef struct slipway_tf_operation {
    /// Owned by the graph.
    const char *name;
    const char *type;
    int inputs;
    int outputs;
    /// Inputs of other operations that take one of its outputs.
    int consumers;
} slipway_tf_operation;

/// The next operation of the graph; `*position` starts at 0. False after the last.
bool slipway_tf_next_operation(slipway_tf_session *session, size_t *position, slipway_tf_operation *operation);

/// A tensor with a copy of the caller's elements, aligned as the runtime wants it.
///
/// A copy, because the runtime copies what is not aligned to its vectors anyway, as the elements of a Swift array
/// hardly ever are, and because a graph may keep what it is fed in a variable.
slipway_tf_tensor *slipway_tf_tensor_copy(
    slipway_tf *runtime, int32_t element, const void *data, size_t bytes, const int64_t *dimensions, int rank,
    char **error);
/// A tensor of strings: string `i` is `text[starts[i]]` up to `text[starts[i + 1]]`.
slipway_tf_tensor *slipway_tf_tensor_of_strings(
    slipway_tf *runtime, const char *text, const size_t *starts, size_t count, const int64_t *dimensions, int rank,
    char **error);
void slipway_tf_tensor_release(slipway_tf *runtime, slipway_tf_tensor *tensor);

int32_t slipway_tf_tensor_element(slipway_tf *runtime, const slipway_tf_tensor *tensor);
int slipway_tf_tensor_rank(slipway_tf *runtime, const slipway_tf_tensor *tensor);
int64_t slipway_tf_tensor_dimension(slipway_tf *runtime, const slipway_tf_tensor *tensor, int index);
/// The elements, owned by the tensor; null where there are none.
const void *slipway_tf_tensor_data(slipway_tf *runtime, const slipway_tf_tensor *tensor, size_t *bytes);
/// The string at `index` of a tensor of strings, owned by the tensor.
const char *slipway_tf_tensor_string(
    slipway_tf *runtime, const slipway_tf_tensor *tensor, size_t index, size_t *length);
/// The bytes that one string takes among a tensor's elements.
size_t slipway_tf_string_size(void);

/// Runs the graph once; on success `results` holds one new tensor for each port of `outputs`.
bool slipway_tf_run(
    slipway_tf_session *session, const slipway_tf_port *inputs, slipway_tf_tensor *const *tensors, size_t input_count,
    const slipway_tf_port *outputs, size_t output_count, slipway_tf_tensor **results, char **error);
