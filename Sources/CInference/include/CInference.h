/// Doors to the inference runtimes' C interfaces. The libraries are found with dlopen when they are first asked for,
/// so that nothing of them is needed to build or to start.
#pragma once

#include "error_text.h"
#include "onnx_runtime.h"
#include "tensorflow.h"
#include "trim_memory.h"
#include "usable_cores.h"
