/* Makes the disk fail below one folder: loaded by LD_PRELOAD, armed by bench/disk_faults.py.

   From the n-th write on, each call that writes to a file of the folder, makes one, or makes what
   was written last, fails with the errno that was asked for, as a disk that is full or read-only
   does. Before, it only counts them. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long passed, fails_at;
static int error;
static char folder[4096];

void briefing_arm(const char *path, long nth, int number)
{
    snprintf(folder, sizeof folder, "%s", path);
    passed = 0;
    fails_at = nth;
    error = number;
}

long briefing_passed(void) { return passed; }

static int fails_path(const char *path)
{
    if (!*folder || !path || strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    passed++;
    if (fails_at && passed >= fails_at) {
        errno = error;
        return 1;
    }
    return 0;
}

static int fails_file(int file)
{
    char link[64], path[4096];
    ssize_t size;
    int before = errno;

    if (!*folder)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    size = readlink(link, path, sizeof path - 1);
    errno = before;
    if (size < 0)
        return 0;
    path[size] = 0;
    return fails_path(path);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
        real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define ON_FILE(type, name, parameters, arguments, ...) \
    type name parameters \
    { \
        REAL(type, #name, __VA_ARGS__); \
        return fails_file(file) ? -1 : real arguments; \
    }

ON_FILE(ssize_t, write, (int file, const void *from, size_t size), (file, from, size),
        int, const void *, size_t)
ON_FILE(ssize_t, pwrite, (int file, const void *from, size_t size, off_t at),
        (file, from, size, at), int, const void *, size_t, off_t)
ON_FILE(ssize_t, pwrite64, (int file, const void *from, size_t size, off64_t at),
        (file, from, size, at), int, const void *, size_t, off64_t)
ON_FILE(ssize_t, writev, (int file, const struct iovec *from, int count), (file, from, count),
        int, const struct iovec *, int)
ON_FILE(int, fsync, (int file), (file), int)
ON_FILE(int, fdatasync, (int file), (file), int)
ON_FILE(int, ftruncate, (int file, off_t size), (file, size), int, off_t)
ON_FILE(int, ftruncate64, (int file, off64_t size), (file, size), int, off64_t)

/* A full disk lets go of files; one that is read-only does not. */
int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    return error == EROFS && fails_path(path) ? -1 : real(path);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return fails_path(to) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    return fails_path(path) ? -1 : real(path, mode);
}

/* One that is full opens what is there; one that is read-only opens nothing to be written. */
static int fails_open(const char *path, int flags)
{
    int makes = (flags & O_CREAT) && access(path, F_OK) != 0;
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    return (makes || (error == EROFS && writes)) && fails_path(path);
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) \
    { \
        mode_t mode = 0; \
        va_list rest; \
        REAL(int, #name, const char *, int, ...); \
        va_start(rest, flags); \
        if (flags & O_CREAT) \
            mode = va_arg(rest, mode_t); \
        va_end(rest); \
        return fails_open(path, flags) ? -1 : real(path, flags, mode); \
    }

OPENING(open)
OPENING(open64)
