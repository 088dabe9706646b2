/// The little that is known here of TensorFlow's C interface: the functions are found by their names, their types are
/// opaque, and no header of the runtime is needed. All exist since TensorFlow 2.4, the first with `TF_TString`.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "tensorflow.h"

/// F(result, name, parameters) for every function used: `TF_name` in the library, `name` in `struct slipway_tf`.
#define SLIPWAY_TF_FUNCTIONS(F)                                                                                        \
    F(const char *, Version, (void))                                                                                   \
    F(void *, NewStatus, (void))                                                                                       \
    F(void, DeleteStatus, (void *))                                                                                    \
    F(int, GetCode, (const void *))                                                                                    \
    F(const char *, Message, (const void *))                                                                           \
    F(void *, NewBufferFromString, (const void *, size_t))                                                             \
    F(void, DeleteBuffer, (void *))                                                                                    \
    F(void *, NewGraph, (void))                                                                                        \
    F(void, DeleteGraph, (void *))                                                                                     \
    F(void *, NewSessionOptions, (void))                                                                               \
    F(void, DeleteSessionOptions, (void *))                                                                            \
    F(void, SetConfig, (void *, const void *, size_t, void *))                                                         \
    F(void *, LoadSessionFromSavedModel,                                                                               \
      (const void *, const void *, const char *, const char *const *, int, void *, void *, void *))                    \
    F(void *, NewImportGraphDefOptions, (void))                                                                        \
    F(void, DeleteImportGraphDefOptions, (void *))                                                                     \
    F(void, GraphImportGraphDef, (void *, const void *, const void *, void *))                                         \
    F(void *, NewSession, (void *, const void *, void *))                                                              \
    F(void, CloseSession, (void *, void *))                                                                            \
    F(void, DeleteSession, (void *, void *))                                                                           \
    F(void *, GraphOperationByName, (void *, const char *))                                                            \
    F(void *, GraphNextOperation, (void *, size_t *))                                                                  \
    F(int, GraphGetTensorNumDims, (void *, slipway_tf_port, void *))                                                   \
    F(void, GraphGetTensorShape, (void *, slipway_tf_port, int64_t *, int, void *))                                    \
    F(const char *, OperationName, (void *))                                                                           \
    F(const char *, OperationOpType, (void *))                                                                         \
    F(int, OperationNumInputs, (void *))                                                                               \
    F(int, OperationNumOutputs, (void *))                                                                              \
    F(int, OperationOutputType, (slipway_tf_port))                                                                     \
    F(int, OperationOutputNumConsumers, (slipway_tf_port))                                                             \
    F(slipway_tf_tensor *, AllocateTensor, (int, const int64_t *, int, size_t))                                        \
    F(slipway_tf_tensor *, NewTensor,                                                                                  \
      (int, const int64_t *, int, void *, size_t, void (*)(void *, size_t, void *), void *))                           \
    F(void, DeleteTensor, (slipway_tf_tensor *))                                                                       \
    F(int, TensorType, (const slipway_tf_tensor *))                                                                    \
    F(int, NumDims, (const slipway_tf_tensor *))                                                                       \
    F(int64_t, Dim, (const slipway_tf_tensor *, int))                                                                  \
    F(void *, TensorData, (const slipway_tf_tensor *))                                                                 \
    F(size_t, TensorByteSize, (const slipway_tf_tensor *))                                                             \
    F(void, StringInit, (void *))                                                                                      \
    F(void, StringCopy, (void *, const char *, size_t))                                                                \
    F(void, StringDealloc, (void *))                                                                                   \
    F(const char *, StringGetDataPointer, (const void *))                                                              \
    F(size_t, StringGetSize, (const void *))                                                                           \
    F(void, SessionRun,                                                                                                \
      (void *, const void *, const slipway_tf_port *, slipway_tf_tensor *const *, int, const slipway_tf_port *,        \
       slipway_tf_tensor **, int, const void *const *, int, void *, void *))

struct slipway_tf {
#define SLIPWAY_TF_MEMBER(result, name, parameters) result(*name) parameters;
    SLIPWAY_TF_FUNCTIONS(SLIPWAY_TF_MEMBER)
#undef SLIPWAY_TF_MEMBER
};

struct slipway_tf_session {
    struct slipway_tf *runtime;
    void *graph;
    void *session;
};

/// The size of a `TF_TString`, fixed by ctstring_internal.h.
enum { tf_string_size = 24 };

/// Turns a status into a message and deletes it; true where it says that all is well.
_Bool slipway_tf_ok(struct slipway_tf *runtime, void *status, char **error);
