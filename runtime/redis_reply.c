#include "redis_link.h"

#include <string.h>

bool redis_reply_is_unavailable(const redisReply *reply)
{
    static const char *const codes[] = {"LOADING",    "READONLY",   "MISCONF",     "OOM",
                                        "NOAUTH",     "WRONGPASS",  "BUSY",        "MASTERDOWN",
                                        "NOREPLICAS", "UNKILLABLE", "CLUSTERDOWN", "TRYAGAIN"};
    if (!reply)
        return true;
    if (reply->type != REDIS_REPLY_ERROR)
        return false;
    size_t length = strcspn(reply->str, " ");
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strlen(codes[i]) == length && strncmp(reply->str, codes[i], length) == 0)
            return true;
    return false;
}
