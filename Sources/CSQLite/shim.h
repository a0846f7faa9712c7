#ifndef TROVE_MANAGE_CSQLITE_H
#define TROVE_MANAGE_CSQLITE_H

#include <sqlite3.h>

/// Lets the session end without writing the `-wal` file back and removing it.
///
/// `sqlite3_db_config` takes whatever arguments its number asks for, which Swift cannot call.
static inline int trove_keep_wal(sqlite3 *_Nonnull database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

#endif
