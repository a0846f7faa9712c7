/*
 * Runs a command and writes what it took: stopwatch FILE COMMAND [ARGUMENT…]
 *
 * FILE gets one line: nanoseconds from before the command's start until its end, its peak of resident
 * memory in KiB, the processor time that it and its children spent, in microseconds, and its wait status.
 *
 * The peak that the kernel tells begins with that of the process which starts the command, since a program
 * takes over its predecessor's peak in exec(2). Python's is 20 MB, so Python cannot measure less; this
 * program's is 1 MB.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long microseconds(struct timeval time) {
  return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int count, char **words) {
  if (count < 3) return 2;
  FILE *file = fopen(words[1], "w");
  if (!file) return 2;
  int status;
  struct rusage usage;
  long long begun = nanoseconds();
  pid_t child = vfork();
  if (child == 0) {
    execv(words[2], words + 2);
    _exit(127);
  }
  while (wait4(child, &status, 0, &usage) < 0)
    if (errno != EINTR) return 2;
  long long ended = nanoseconds();
  fprintf(file, "%lld %ld %lld %d\n", ended - begun, usage.ru_maxrss,
          microseconds(usage.ru_utime) + microseconds(usage.ru_stime), status);
  return fclose(file);
}
