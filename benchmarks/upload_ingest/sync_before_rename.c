/* Makes nginx's PUT durable, for a fair comparison: whatever is renamed is synced first. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

int rename(const char *from, const char *to)
{
    static int (*next)(const char *, const char *);
    if (!next)
        next = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    int handle = open(from, O_RDONLY | O_CLOEXEC);
    if (handle >= 0) {
        fdatasync(handle);
        close(handle);
    }
    return next(from, to);
}
