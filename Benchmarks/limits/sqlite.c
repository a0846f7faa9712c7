/*
 * The least that a migration tool on SQLite can do:
 *
 *   sqlite nothing DATABASE TABLE REPOSITORY [TABLE REPOSITORY]…
 *     opens the database, reads the version of each repository, and looks whether its folder has a newer one
 *   sqlite run DATABASE TABLE REPOSITORY [TABLE REPOSITORY]…
 *     executes every script and writes the version, in one transaction for each repository
 *   sqlite version DATABASE TABLE REPOSITORY [TABLE REPOSITORY]…
 *     the same with a transaction for each version
 *
 * Nothing is checked, split, journalled or reported, and nobody is kept out. The repository's id is its
 * version table's name. SQLite's settings are its defaults: a commit is on the disk.
 */
#include "scripts.h"
#include <sqlite3.h>

static sqlite3 *database;

static void execute(const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(database, sql, NULL, NULL, &message)) fail(sql, message);
}

static void executef(const char *format, const char *table, const char *id) {
  char sql[1024];
  snprintf(sql, sizeof sql, format, table, id);
  execute(sql);
}

static long version_of(const char *table) {
  char sql[1024];
  snprintf(sql, sizeof sql, "SELECT version FROM %s WHERE repository_id = '%s'", table, table);
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL)) fail(sql, sqlite3_errmsg(database));
  long version = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
  sqlite3_finalize(statement);
  return version;
}

static void note(const char *table, long version) {
  char sql[1024];
  snprintf(sql, sizeof sql, NEXT_ROW, table, version, table);
  execute(sql);
}

static void update(const char *table, const char *repository, int commits_each) {
  struct folder folder = scan(repository);
  struct text text = {0};
  execute("BEGIN IMMEDIATE");
  executef(VERSION_TABLE, table, NULL);
  executef(FIRST_ROW, table, table);
  for (size_t index = 0; index < folder.count; index++) {
    text.length = 0;
    append_script(&text, &folder, index);
    execute(text.bytes);
    if (!commits_each) continue;
    note(table, folder.scripts[index].version);
    execute("COMMIT");
    if (index + 1 < folder.count) execute("BEGIN IMMEDIATE");
  }
  if (commits_each || folder.count == 0) return;
  note(table, folder.scripts[folder.count - 1].version);
  execute("COMMIT");
}

int main(int count, char **words) {
  if (count < 5) fail("usage", "sqlite nothing|run|version DATABASE TABLE REPOSITORY…");
  if (sqlite3_open(words[2], &database)) fail(words[2], sqlite3_errmsg(database));
  for (int index = 3; index + 1 < count; index += 2) {
    if (strcmp(words[1], "nothing"))
      update(words[index], words[index + 1], !strcmp(words[1], "version"));
    else if (version_of(words[index]) != newest(words[index + 1]))
      fail(words[index + 1], "is not at head");
  }
  return sqlite3_close(database);
}
