/*
 * The least that a migration tool on PostgreSQL can do:
 *
 *   postgresql nothing CONNINFO TABLE REPOSITORY [TABLE REPOSITORY]…
 *     connects, reads the version of every repository with one query, and looks whether a folder has a
 *     newer one
 *   postgresql run CONNINFO TABLE REPOSITORY [TABLE REPOSITORY]…
 *     sends every script and the version of a repository as one text: one transaction, one round trip
 *   postgresql version CONNINFO TABLE REPOSITORY [TABLE REPOSITORY]…
 *     the same with BEGIN and COMMIT around each version
 *
 * Nothing is checked, split, journalled or reported, and nobody is kept out. The repository's id is its
 * version table's name.
 */
#include "scripts.h"
#include <libpq-fe.h>

static PGconn *session;

static void ignore(void *context, const PGresult *notice) {
  (void)context;
  (void)notice;
}

static PGresult *execute(const char *sql) {
  PGresult *result = PQexec(session, sql);
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    fail("a statement", PQerrorMessage(session));
  return result;
}

static void appendf(struct text *text, const char *format, const char *table, const char *id) {
  char sql[1024];
  snprintf(sql, sizeof sql, format, table, id);
  append(text, sql);
}

static void append_version(struct text *text, const char *table, long version) {
  char sql[1024];
  snprintf(sql, sizeof sql, NEXT_ROW, table, version, table);
  append(text, sql);
}

static void update(const char *table, const char *repository, int commits_each) {
  struct folder folder = scan(repository);
  struct text text = {0};
  append(&text, "BEGIN;");
  appendf(&text, VERSION_TABLE, table, NULL);
  appendf(&text, FIRST_ROW, table, table);
  for (size_t index = 0; index < folder.count; index++) {
    append_script(&text, &folder, index);
    append(&text, "\n;");
    if (!commits_each) continue;
    append_version(&text, table, folder.scripts[index].version);
    append(&text, "COMMIT;");
    if (index + 1 < folder.count) append(&text, "BEGIN;");
  }
  if (!commits_each && folder.count > 0) {
    append_version(&text, table, folder.scripts[folder.count - 1].version);
    append(&text, "COMMIT;");
  }
  PQclear(execute(text.bytes));
}

static void look(int count, char **pairs) {
  struct text text = {0};
  for (int index = 0; index + 1 < count; index += 2) {
    append(&text, index ? " UNION ALL SELECT " : "SELECT ");
    char position[32];
    snprintf(position, sizeof position, "%d", index);
    append(&text, position);
    appendf(&text, ", version FROM %s WHERE repository_id = '%s'", pairs[index], pairs[index]);
  }
  PGresult *result = execute(text.bytes);
  if (PQntuples(result) != count / 2) fail("a version", "is missing");
  for (int row = 0; row < PQntuples(result); row++) {
    char *repository = pairs[atoi(PQgetvalue(result, row, 0)) + 1];
    if (atol(PQgetvalue(result, row, 1)) != newest(repository)) fail(repository, "is not at head");
  }
  PQclear(result);
}

int main(int count, char **words) {
  if (count < 5) fail("usage", "postgresql nothing|run|version CONNINFO TABLE REPOSITORY…");
  session = PQconnectdb(words[2]);
  if (PQstatus(session) != CONNECTION_OK) fail(words[2], PQerrorMessage(session));
  PQsetNoticeReceiver(session, ignore, NULL);
  if (!strcmp(words[1], "nothing"))
    look(count - 3, words + 3);
  else
    for (int index = 3; index + 1 < count; index += 2)
      update(words[index], words[index + 1], !strcmp(words[1], "version"));
  PQfinish(session);
  return 0;
}
