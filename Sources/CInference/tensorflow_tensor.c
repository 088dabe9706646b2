#include <stdlib.h>
#include <string.h>

#include "tensorflow.h"
#include "tensorflow_api.h"

static slipway_tf_tensor *out_of_memory(char **error) {
    *error = strdup("out of memory");
    return NULL;
}

slipway_tf_tensor *slipway_tf_tensor_copy(
    slipway_tf *runtime, int32_t element, const void *data, size_t bytes, const int64_t *dimensions, int rank,
    char **error) {
    slipway_tf_tensor *tensor = runtime->AllocateTensor(element, dimensions, rank, bytes);
    if (!tensor) return out_of_memory(error);
    void *elements = runtime->TensorData(tensor);
    if (bytes == 0) return tensor;
    if (!elements) {
        runtime->DeleteTensor(tensor);
        return out_of_memory(error);
    }
    memcpy(elements, data, bytes);
    return tensor;
}

/// Called when neither the caller nor the graph wants the strings any more.
static void free_strings(void *strings, size_t bytes, void *argument) {
    slipway_tf *runtime = argument;
    for (size_t offset = 0; offset + tf_string_size <= bytes; offset += tf_string_size) {
        runtime->StringDealloc((char *)strings + offset);
    }
    free(strings);
}

slipway_tf_tensor *slipway_tf_tensor_of_strings(
    slipway_tf *runtime, const char *text, const size_t *starts, size_t count, const int64_t *dimensions, int rank,
    char **error) {
    size_t bytes = count * tf_string_size;
    void *memory = NULL;
    if (posix_memalign(&memory, 64, bytes > 0 ? bytes : 64) != 0) return out_of_memory(error);
    for (size_t index = 0; index < count; index++) {
        void *string = (char *)memory + index * tf_string_size;
        runtime->StringInit(string);
        runtime->StringCopy(string, text + starts[index], starts[index + 1] - starts[index]);
    }
    slipway_tf_tensor *tensor = runtime->NewTensor(
        slipway_tf_element_string, dimensions, rank, memory, bytes, free_strings, runtime);
    if (tensor) return tensor;
    free_strings(memory, bytes, runtime);
    return out_of_memory(error);
}

void slipway_tf_tensor_release(slipway_tf *runtime, slipway_tf_tensor *tensor) {
    if (tensor) runtime->DeleteTensor(tensor);
}

int32_t slipway_tf_tensor_element(slipway_tf *runtime, const slipway_tf_tensor *tensor) {
    return runtime->TensorType(tensor);
}

int slipway_tf_tensor_rank(slipway_tf *runtime, const slipway_tf_tensor *tensor) { return runtime->NumDims(tensor); }

int64_t slipway_tf_tensor_dimension(slipway_tf *runtime, const slipway_tf_tensor *tensor, int index) {
    return runtime->Dim(tensor, index);
}

const void *slipway_tf_tensor_data(slipway_tf *runtime, const slipway_tf_tensor *tensor, size_t *bytes) {
    *bytes = runtime->TensorByteSize(tensor);
    return runtime->TensorData(tensor);
}

const char *slipway_tf_tensor_string(
    slipway_tf *runtime, const slipway_tf_tensor *tensor, size_t index, size_t *length) {
    const char *string = (const char *)runtime->TensorData(tensor) + index * tf_string_size;
    *length = runtime->StringGetSize(string);
    return runtime->StringGetDataPointer(string);
}

size_t slipway_tf_string_size(void) { return tf_string_size; }
