#pragma once

/// Frees a message that a function of this module left in its `error`.
void slipway_free_text(char *text);
