#include "error_text.h"

#include <stdlib.h>

void slipway_free_text(char *text) { free(text); }
