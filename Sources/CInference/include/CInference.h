/// Doors to the inference runtimes' C interfaces. The libraries are found with dlopen when they are first asked for,
/// so that nothing of them is needed to build or to start.
#pragma once

#include "onnx_runtime.h"
#include "usable_cores.h"
