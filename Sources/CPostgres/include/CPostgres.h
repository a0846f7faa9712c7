#ifndef TROVE_MANAGE_CPOSTGRES_H
#define TROVE_MANAGE_CPOSTGRES_H

// Debian and its kin keep the header in a folder of its own.
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

/// Loads libpq, without which none of its functions may be called; once, whoever asks.
///
/// With what libpq needs (TLS, Kerberos, LDAP: some thirty libraries), loading it takes longer than all that a run
/// on SQLite does when there is nothing to do. So it is not linked.
///
/// Returns null, or why it cannot be loaded.
const char *_Nullable trove_load_libpq(void);

#endif
