// libpq's functions, each of which calls the one that was loaded.
//
// They are hidden: a symbol that somebody preloads in the place of libpq's is still found first.

#define _GNU_SOURCE
#include "CPostgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// Result, name, parameters, arguments.
#define FUNCTIONS(_)                                                                               \
  _(int, PQbackendPID, (const PGconn *c), (c))                                                     \
  _(int, PQcancel, (PGcancel *c, char *text, int size), (c, text, size))                           \
  _(void, PQclear, (PGresult *r), (r))                                                             \
  _(char *, PQcmdStatus, (PGresult *r), (r))                                                       \
  _(char *, PQcmdTuples, (PGresult *r), (r))                                                       \
  _(PGconn *, PQconnectdbParams, (const char *const *names, const char *const *values, int expand), \
    (names, values, expand))                                                                       \
  _(int, PQconsumeInput, (PGconn *c), (c))                                                         \
  _(char *, PQdb, (const PGconn *c), (c))                                                          \
  _(char *, PQerrorMessage, (const PGconn *c), (c))                                                \
  _(void, PQfinish, (PGconn *c), (c))                                                              \
  _(char *, PQfname, (const PGresult *r, int column), (r, column))                                 \
  _(void, PQfreeCancel, (PGcancel *c), (c))                                                        \
  _(void, PQfreemem, (void *memory), (memory))                                                     \
  _(Oid, PQftype, (const PGresult *r, int column), (r, column))                                    \
  _(PGcancel *, PQgetCancel, (PGconn *c), (c))                                                     \
  _(int, PQgetCopyData, (PGconn *c, char **data, int async), (c, data, async))                     \
  _(PGresult *, PQgetResult, (PGconn *c), (c))                                                     \
  _(int, PQgetisnull, (const PGresult *r, int row, int column), (r, row, column))                  \
  _(char *, PQgetvalue, (const PGresult *r, int row, int column), (r, row, column))                \
  _(char *, PQhost, (const PGconn *c), (c))                                                        \
  _(char *, PQhostaddr, (const PGconn *c), (c))                                                    \
  _(int, PQisBusy, (PGconn *c), (c))                                                               \
  _(int, PQnfields, (const PGresult *r), (r))                                                      \
  _(int, PQntuples, (const PGresult *r), (r))                                                      \
  _(const char *, PQparameterStatus, (const PGconn *c, const char *name), (c, name))               \
  _(PGPing, PQpingParams, (const char *const *names, const char *const *values, int expand),       \
    (names, values, expand))                                                                       \
  _(char *, PQport, (const PGconn *c), (c))                                                        \
  _(int, PQputCopyEnd, (PGconn *c, const char *message), (c, message))                             \
  _(char *, PQresultErrorField, (const PGresult *r, int code), (r, code))                          \
  _(char *, PQresultErrorMessage, (const PGresult *r), (r))                                        \
  _(ExecStatusType, PQresultStatus, (const PGresult *r), (r))                                      \
  _(int, PQsendQuery, (PGconn *c, const char *query), (c, query))                                  \
  _(int, PQsendQueryParams,                                                                        \
    (PGconn *c, const char *query, int count, const Oid *types, const char *const *values,         \
      const int *lengths, const int *formats, int format),                                         \
    (c, query, count, types, values, lengths, formats, format))                                    \
  _(int, PQserverVersion, (const PGconn *c), (c))                                                  \
  _(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn *c, PQnoticeReceiver receiver, void *context),  \
    (c, receiver, context))                                                                        \
  _(int, PQsocket, (const PGconn *c), (c))                                                         \
  _(ConnStatusType, PQstatus, (const PGconn *c), (c))                                              \
  _(PGTransactionStatusType, PQtransactionStatus, (const PGconn *c), (c))                          \
  _(char *, PQuser, (const PGconn *c), (c))

#define MEMBER(type, name, parameters, arguments) type(*name) parameters;
static struct { FUNCTIONS(MEMBER) } loaded;

#define FORWARD(type, name, parameters, arguments)                                                 \
  __attribute__((visibility("hidden"))) type name parameters { return loaded.name arguments; }
FUNCTIONS(FORWARD)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *failure;

#define FIND(type, name, parameters, arguments)                                                    \
  if (!(loaded.name = (type(*) parameters)dlsym(RTLD_DEFAULT, #name))) missing = #name;

static void load(void) {
  if (!dlopen("libpq.so.5", RTLD_LAZY | RTLD_GLOBAL)) {
    failure = dlerror();
    return;
  }
  const char *missing = NULL;
  FUNCTIONS(FIND)
  failure = missing;
}

const char *trove_load_libpq(void) {
  pthread_once(&once, load);
  return failure;
}
