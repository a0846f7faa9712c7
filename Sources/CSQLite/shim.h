#ifndef TROVE_MANAGE_CSQLITE_H
#define TROVE_MANAGE_CSQLITE_H

#include <sqlite3.h>

#endif
