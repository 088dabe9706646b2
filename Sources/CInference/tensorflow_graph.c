#include "tensorflow.h"
#include "tensorflow_api.h"

bool slipway_tf_find(slipway_tf_session *session, const char *operation, int index, slipway_tf_port *port) {
    port->operation = session->runtime->GraphOperationByName(session->graph, operation);
    port->index = index;
    return port->operation && index >= 0 && index < session->runtime->OperationNumOutputs(port->operation);
}

int32_t slipway_tf_port_element(slipway_tf_session *session, slipway_tf_port port) {
    return session->runtime->OperationOutputType(port);
}

int slipway_tf_port_rank(slipway_tf_session *session, slipway_tf_port port) {
    slipway_tf *runtime = session->runtime;
    void *status = runtime->NewStatus();
    int rank = runtime->GraphGetTensorNumDims(session->graph, port, status);
    if (runtime->GetCode(status) != 0) rank = -1;
    runtime->DeleteStatus(status);
    return rank;
}

bool slipway_tf_port_dimensions(slipway_tf_session *session, slipway_tf_port port, int64_t *dimensions, int rank) {
    slipway_tf *runtime = session->runtime;
    void *status = runtime->NewStatus();
    runtime->GraphGetTensorShape(session->graph, port, dimensions, rank, status);
    bool is_known = runtime->GetCode(status) == 0;
    runtime->DeleteStatus(status);
    return is_known;
}

bool slipway_tf_next_operation(slipway_tf_session *session, size_t *position, slipway_tf_operation *operation) {
    slipway_tf *runtime = session->runtime;
    void *found = runtime->GraphNextOperation(session->graph, position);
    if (!found) return false;
    operation->name = runtime->OperationName(found);
    operation->type = runtime->OperationOpType(found);
    operation->inputs = runtime->OperationNumInputs(found);
    operation->outputs = runtime->OperationNumOutputs(found);
    operation->consumers = 0;
    for (int index = 0; index < operation->outputs; index++) {
        slipway_tf_port port = {found, index};
        operation->consumers += runtime->OperationOutputNumConsumers(port);
    }
    return true;
}
