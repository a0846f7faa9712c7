/*
 * Has a program believe that what it wrote is on the disk: loaded through LD_PRELOAD where a database is only
 * brought to the state in which something else is timed.
 */
int fsync(int file) {
  return (void)file, 0;
}

int fdatasync(int file) {
  return (void)file, 0;
}
