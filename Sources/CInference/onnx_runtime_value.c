#include <stdlib.h>
#include <string.h>

#include "onnx_runtime.h"
#include "onnx_runtime_api.h"

slipway_ort_value *slipway_ort_tensor_borrow(
    slipway_ort *runtime, slipway_ort_element element, const void *data, size_t bytes, const int64_t *dimensions,
    size_t rank, char **error) {
    // The interface takes memory that it may write to, but a run only reads its inputs. It refuses null even where
    // there are no elements.
    static uint64_t nothing;
    slipway_ort_value *value = NULL;
    void *memory = data ? (void *)data : (void *)&nothing;
    slipway_ort_ok(
        runtime,
        ORT(runtime, ort_create_tensor_with_data_as_value, const void *, void *, size_t, const int64_t *, size_t, int,
            slipway_ort_value **)(runtime->memory, memory, bytes, dimensions, rank, (int)element, &value),
        error);
    return value;
}

slipway_ort_value *slipway_ort_tensor_lend(
    slipway_ort *runtime, slipway_ort_element element, void *data, size_t bytes, const int64_t *dimensions, size_t rank,
    char **error) {
    return slipway_ort_tensor_borrow(runtime, element, data, bytes, dimensions, rank, error);
}

slipway_ort_value *slipway_ort_tensor_of_strings(
    slipway_ort *runtime, const char *const *strings, size_t count, const int64_t *dimensions, size_t rank,
    char **error) {
    slipway_ort_value *value = NULL;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_create_tensor_as_value, void *, const int64_t *, size_t, int, slipway_ort_value **)(
                runtime->allocator, dimensions, rank, slipway_ort_element_string, &value),
            error)) {
        return NULL;
    }
    if (count == 0 ||
        slipway_ort_ok(
            runtime,
            ORT(runtime, ort_fill_string_tensor, slipway_ort_value *, const char *const *, size_t)(
                value, strings, count),
            error)) {
        return value;
    }
    slipway_ort_value_release(runtime, value);
    return NULL;
}

void slipway_ort_value_release(slipway_ort *runtime, slipway_ort_value *value) {
    if (value) ORT_RELEASE(runtime, ort_release_value, value);
}

bool slipway_ort_value_is_tensor(slipway_ort *runtime, const slipway_ort_value *value) {
    int is_tensor = 0;
    char *ignored = NULL;
    slipway_ort_ok(
        runtime, ORT(runtime, ort_is_tensor, const slipway_ort_value *, int *)(value, &is_tensor), &ignored);
    free(ignored);
    return is_tensor != 0;
}

static bool read_form(slipway_ort *runtime, const void *info, slipway_ort_tensor *tensor, char **error) {
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_get_tensor_element_type, const void *, int32_t *)(info, &tensor->element), error) ||
        !slipway_ort_ok(
            runtime,
            ORT(runtime, ort_get_tensor_shape_element_count, const void *, size_t *)(info, &tensor->count), error) ||
        !slipway_ort_ok(
            runtime, ORT(runtime, ort_get_dimensions_count, const void *, size_t *)(info, &tensor->rank), error)) {
        return false;
    }
    tensor->dimensions = calloc(tensor->rank + 1, sizeof(int64_t));
    if (!tensor->dimensions) abort();
    return slipway_ort_ok(
        runtime,
        ORT(runtime, ort_get_dimensions, const void *, int64_t *, size_t)(info, tensor->dimensions, tensor->rank),
        error);
}

static bool read_strings(
    slipway_ort *runtime, const slipway_ort_value *value, slipway_ort_tensor *tensor, char **error) {
    size_t bytes = 0;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_get_string_tensor_data_length, const slipway_ort_value *, size_t *)(value, &bytes),
            error)) {
        return false;
    }
    tensor->text = malloc(bytes + 1);
    tensor->offsets = calloc(tensor->count + 1, sizeof(size_t));
    if (!tensor->text || !tensor->offsets) abort();
    tensor->offsets[tensor->count] = bytes;
    if (tensor->count == 0) return true;
    return slipway_ort_ok(
        runtime,
        ORT(runtime, ort_get_string_tensor_content, const slipway_ort_value *, void *, size_t, size_t *, size_t)(
            value, tensor->text, bytes, tensor->offsets, tensor->count),
        error);
}

bool slipway_ort_value_tensor(
    slipway_ort *runtime, const slipway_ort_value *value, slipway_ort_tensor *tensor, char **error) {
    memset(tensor, 0, sizeof(*tensor));
    void *info = NULL;
    if (!slipway_ort_ok(
            runtime,
            ORT(runtime, ort_get_tensor_type_and_shape, const slipway_ort_value *, void **)(value, &info), error)) {
        return false;
    }
    bool is_read = read_form(runtime, info, tensor, error);
    ORT_RELEASE(runtime, ort_release_tensor_type_and_shape_info, info);
    if (!is_read) return false;
    if (tensor->element == slipway_ort_element_string) return read_strings(runtime, value, tensor, error);
    return slipway_ort_ok(
        runtime,
        ORT(runtime, ort_get_tensor_mutable_data, const slipway_ort_value *, void **)(
            value, (void **)&tensor->data),
        error);
}

void slipway_ort_tensor_clear(slipway_ort_tensor *tensor) {
    free(tensor->dimensions);
    free(tensor->text);
    free(tensor->offsets);
    memset(tensor, 0, sizeof(*tensor));
}

bool slipway_ort_value_count(slipway_ort *runtime, const slipway_ort_value *value, size_t *count, char **error) {
    return slipway_ort_ok(
        runtime, ORT(runtime, ort_get_value_count, const slipway_ort_value *, size_t *)(value, count), error);
}

slipway_ort_value *slipway_ort_value_element(
    slipway_ort *runtime, const slipway_ort_value *value, size_t index, char **error) {
    slipway_ort_value *element = NULL;
    slipway_ort_ok(
        runtime,
        ORT(runtime, ort_get_value, const slipway_ort_value *, int, void *, slipway_ort_value **)(
            value, (int)index, runtime->allocator, &element),
        error);
    return element;
}
