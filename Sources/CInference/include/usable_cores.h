#pragma once

/// The number of cores that this process may run on: its own cpuset, which a container or a batch job may have
/// narrowed; at least 1.
int slipway_usable_cores(void);
