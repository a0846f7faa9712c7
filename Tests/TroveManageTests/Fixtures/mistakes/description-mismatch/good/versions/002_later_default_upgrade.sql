-- Nothing to do.

