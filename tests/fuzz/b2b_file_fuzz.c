/* Any bytes as a business-to-business instance. */
#include "bench/planning/b2b_file.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *wrong;
    struct problem *problem = b2b_read((const char *)data, size, &wrong);
    if ((problem == NULL) != (wrong != NULL))
        abort();
    problem_free(problem);
    return 0;
}
