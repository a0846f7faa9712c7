#ifndef TROVE_MANAGE_CSQLITE_H
#define TROVE_MANAGE_CSQLITE_H

#include <sqlite3.h>

/// Lets the session end without writing the `-wal` file back and removing it.
///
/// `sqlite3_db_config` takes whatever arguments its number asks for, which Swift cannot call.
static inline int trove_keep_wal(sqlite3 *_Nonnull database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Lets SQLite not count the memory that it uses, which takes a lock each time that it asks for some.
///
/// Has an effect only before the first database is opened (c3ref/c_config_getmalloc.html, SQLITE_CONFIG_MEMSTATUS).
static inline int trove_forgo_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
