#pragma once

/// Gives memory that was freed back to the system where the allocator has kept it: malloc_trim(3).
void slipway_trim_memory(void);
