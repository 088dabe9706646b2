#define _GNU_SOURCE
#include "usable_cores.h"

#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#endif

int slipway_usable_cores(void) {
#ifdef __linux__
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof(cores), &cores) == 0 && CPU_COUNT(&cores) > 0) {
        return CPU_COUNT(&cores);
    }
#endif
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}
