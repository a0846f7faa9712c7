#ifndef TROVE_MANAGE_CPOSTGRES_H
#define TROVE_MANAGE_CPOSTGRES_H

#include <libpq-fe.h>

#endif
