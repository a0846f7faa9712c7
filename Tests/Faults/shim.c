/*
 * Kills a program at a named point: a call of libpq, of libsqlite3, of the system on a file of the database,
 * or on the channel between the program and its interpreter. It is loaded through LD_PRELOAD, which the
 * interpreter inherits, and told what to do by the environment:
 *
 *   FAULTS_PROGRAM the program that has points, as /proc/self/exe names it; others run undisturbed
 *   FAULTS_STARTED a file to which the process id of every program is appended that is started
 *   FAULTS_TRACE   a file to which the name of every point is appended as it is reached
 *   FAULTS_FOLDER  the folder of the database; system calls on files elsewhere are no points
 *   FAULTS_KILL    K:before, K:after or K:within; at the K-th point, counted from 1, the program sends
 *                  itself SIGKILL. A call that writes is cut in half by `within`; for others it is `after`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

enum moment { NEVER, BEFORE, WITHIN, AFTER };

static int has_points;
static long reached;
static long fatal;
static enum moment when = NEVER;
static int trace = -1;
static const char *folder;

typedef ssize_t (*writer)(int, const void *, size_t);

/* The next definition of a function, behind this one. */
#define NEXT(name) \
  static __typeof__(&name) next; \
  if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static writer plain_write(void) {
  static writer next;
  if (!next) next = (writer)dlsym(RTLD_NEXT, "write");
  return next;
}

/* Whether this process runs the program that has points. */
static int is_chosen(void) {
  char path[PATH_MAX];
  const char *program = getenv("FAULTS_PROGRAM");
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (!program || length < 0) return 0;
  path[length] = 0;
  return !strcmp(path, program);
}

__attribute__((constructor)) static void begin(void) {
  has_points = is_chosen();
  if (!has_points) return;
  const char *path = getenv("FAULTS_TRACE");
  const char *order = getenv("FAULTS_KILL");
  folder = getenv("FAULTS_FOLDER");
  if (path) trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (!order) return;
  char *rest;
  fatal = strtol(order, &rest, 10);
  when = !strcmp(rest, ":before") ? BEFORE : !strcmp(rest, ":within") ? WITHIN : AFTER;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* Counts a point and names it in the trace; returns its number, or -1 in a process without points. */
static long enter(const char *name, const char *detail) {
  if (!has_points) return -1;
  long number = ++reached;
  if (trace >= 0) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s%s%s\n", name, *detail ? " " : "", detail);
    if (length > 0 && (size_t)length < sizeof line) (void)!plain_write()(trace, line, length);
  }
  if (number == fatal && when == BEFORE) die();
  return number;
}

static void leave(long number) {
  if (number == fatal && when != BEFORE) die();
}

static int is_cut(long number) { return number == fatal && when == WITHIN; }

/* The name of a path within the database's folder, or NULL when it is elsewhere. */
static const char *inside(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  if (!length || strncmp(path, folder, length)) return NULL;
  return path[length] == '/' ? path + length + 1 : path[length] ? NULL : ".";
}

/* The name of an open file within the database's folder, or NULL; `buffer` holds PATH_MAX bytes. */
static const char *opened(int descriptor, char *buffer) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, buffer, PATH_MAX - 1);
  if (length < 0) return NULL;
  buffer[length] = 0;
  return inside(buffer);
}

/* Whether this is an end of a socketpair, whose other end has no name: the channel. */
static int is_channel(int descriptor) {
  struct sockaddr_un address;
  socklen_t length = sizeof address;
  return !getpeername(descriptor, (struct sockaddr *)&address, &length)
         && address.sun_family == AF_UNIX && length == sizeof(sa_family_t);
}

/* The name of what is written to, or NULL when that is no point; `buffer` holds PATH_MAX bytes. */
static const char *written(int descriptor, char *buffer) {
  const char *file = opened(descriptor, buffer);
  return file ? file : is_channel(descriptor) ? "channel" : NULL;
}

/* A call that is always a point. */
#define POINT(result, name, parameters, arguments) \
  result name parameters; \
  result name parameters { \
    NEXT(name); \
    long number = enter(#name, ""); \
    result value = next arguments; \
    leave(number); \
    return value; \
  }

POINT(void *, PQconnectdbParams, (const char *const *k, const char *const *v, int e), (k, v, e))
POINT(int, PQsendQuery, (void *connection, const char *query), (connection, query))
POINT(void *, PQgetResult, (void *connection), (connection))
POINT(int, PQcancel, (void *request, char *message, int size), (request, message, size))
POINT(int, sqlite3_open_v2, (const char *p, void **d, int f, const char *v), (p, d, f, v))
POINT(int, sqlite3_prepare_v2, (void *d, const char *s, int n, void **p, const char **t),
      (d, s, n, p, t))
POINT(int, sqlite3_step, (void *statement), (statement))
POINT(int, sqlite3_exec, (void *d, const char *s, void *c, void *a, char **m), (d, s, c, a, m))
POINT(int, sqlite3_close_v2, (void *database), (database))

void PQfinish(void *connection);
void PQfinish(void *connection) {
  NEXT(PQfinish);
  long number = enter("PQfinish", "");
  next(connection);
  leave(number);
}

ssize_t send(int socket, const void *bytes, size_t count, int flags) {
  NEXT(send);
  long number = enter("send", is_channel(socket) ? "channel" : "");
  ssize_t value = next(socket, bytes, is_cut(number) ? count / 2 : count, flags);
  leave(number);
  return value;
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  NEXT(read);
  if (!is_channel(descriptor)) return next(descriptor, bytes, count);
  long number = enter("read", "channel");
  ssize_t value = next(descriptor, bytes, count);
  leave(number);
  return value;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  char path[PATH_MAX];
  const char *file = written(descriptor, path);
  if (!file) return plain_write()(descriptor, bytes, count);
  long number = enter("write", file);
  ssize_t value = plain_write()(descriptor, bytes, is_cut(number) ? count / 2 : count);
  leave(number);
  return value;
}

#define WRITE_AT(name, offset_type) \
  ssize_t name(int descriptor, const void *bytes, size_t count, offset_type offset) { \
    NEXT(name); \
    char path[PATH_MAX]; \
    const char *file = opened(descriptor, path); \
    if (!file) return next(descriptor, bytes, count, offset); \
    long number = enter(#name, file); \
    ssize_t value = next(descriptor, bytes, is_cut(number) ? count / 2 : count, offset); \
    leave(number); \
    return value; \
  }

WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)

/* A call on an open file. */
#define ON_FILE(name, parameters, arguments) \
  int name parameters { \
    NEXT(name); \
    char path[PATH_MAX]; \
    const char *file = opened(descriptor, path); \
    if (!file) return next arguments; \
    long number = enter(#name, file); \
    int value = next arguments; \
    leave(number); \
    return value; \
  }

ON_FILE(fsync, (int descriptor), (descriptor))
ON_FILE(fdatasync, (int descriptor), (descriptor))
ON_FILE(ftruncate, (int descriptor, off_t length), (descriptor, length))
ON_FILE(ftruncate64, (int descriptor, off64_t length), (descriptor, length))

int unlink(const char *path) {
  NEXT(unlink);
  const char *file = inside(path);
  if (!file) return next(path);
  long number = enter("unlink", file);
  int value = next(path);
  leave(number);
  return value;
}

/* Appends the id of a process to the file that is for it. */
static void remember(pid_t process) {
  char line[32];
  const char *path = getenv("FAULTS_STARTED");
  int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
  if (file < 0) return;
  (void)!plain_write()(file, line, snprintf(line, sizeof line, "%d\n", process));
  close(file);
}

int posix_spawnp(pid_t *process, const char *program, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[],
                 char *const environment[]) {
  NEXT(posix_spawnp);
  long number = enter("posix_spawnp", "");
  int code = next(process, program, actions, attributes, arguments, environment);
  if (!code) remember(*process);
  leave(number);
  return code;
}
