/* What both limits do on the disk: find the scripts of a repository in their order, and read them. */
#ifndef SCRIPTS_H
#define SCRIPTS_H

#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct script {
  long version;
  char *name;
};

struct folder {
  struct script *scripts;
  size_t count;
  int descriptor;
};

static void fail(const char *what, const char *why) {
  fprintf(stderr, "limit: %s: %s\n", what, why);
  exit(1);
}

static void *grow(void *block, size_t size) {
  block = realloc(block, size);
  if (!block) fail("memory", "none left");
  return block;
}

static int by_version(const void *left, const void *right) {
  long one = ((const struct script *)left)->version, other = ((const struct script *)right)->version;
  return (one > other) - (one < other);
}

static int is_upgrade(const char *name) {
  static const char end[] = "_upgrade.sql";
  size_t length = strlen(name);
  return length >= sizeof end && !strcmp(name + length - (sizeof end - 1), end);
}

/* The newest version of the folder `versions` in a repository; nothing is kept of the others. */
static inline long newest(const char *repository) {
  char path[4096];
  snprintf(path, sizeof path, "%s/versions", repository);
  DIR *stream = opendir(path);
  if (!stream) fail(path, "cannot be opened");
  long result = 0;
  for (struct dirent *entry; (entry = readdir(stream));) {
    long version = strtol(entry->d_name, NULL, 10);
    if (version > result && is_upgrade(entry->d_name)) result = version;
  }
  closedir(stream);
  return result;
}

/* The scripts of a repository, in the order of their versions. */
static inline struct folder scan(const char *repository) {
  char path[4096];
  snprintf(path, sizeof path, "%s/versions", repository);
  DIR *stream = opendir(path);
  if (!stream) fail(path, "cannot be opened");
  struct folder folder = {NULL, 0, open(path, O_RDONLY | O_DIRECTORY)};
  size_t room = 0;
  for (struct dirent *entry; (entry = readdir(stream));) {
    if (!is_upgrade(entry->d_name)) continue;
    if (folder.count == room) {
      room = room ? room * 2 : 64;
      folder.scripts = grow(folder.scripts, room * sizeof *folder.scripts);
    }
    folder.scripts[folder.count++] =
        (struct script){strtol(entry->d_name, NULL, 10), strdup(entry->d_name)};
  }
  closedir(stream);
  qsort(folder.scripts, folder.count, sizeof *folder.scripts, by_version);
  return folder;
}

/* A text that grows. */
struct text {
  char *bytes;
  size_t length, room;
};

static inline void reserve(struct text *text, size_t more) {
  if (text->length + more + 1 <= text->room) return;
  text->room = (text->length + more + 1) * 2;
  text->bytes = grow(text->bytes, text->room);
}

static inline void append(struct text *text, const char *more) {
  size_t length = strlen(more);
  reserve(text, length);
  memcpy(text->bytes + text->length, more, length + 1);
  text->length += length;
}

/* Appends a script's text, read as it is. */
static inline void append_script(struct text *text, const struct folder *folder, size_t index) {
  const char *name = folder->scripts[index].name;
  int file = openat(folder->descriptor, name, O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status)) fail(name, "cannot be opened");
  reserve(text, (size_t)status.st_size);
  for (ssize_t left = status.st_size; left > 0;) {
    ssize_t got = read(file, text->bytes + text->length, (size_t)left);
    if (got <= 0) fail(name, "cannot be read");
    text->length += (size_t)got;
    left -= got;
  }
  text->bytes[text->length] = 0;
  close(file);
}

#define VERSION_TABLE \
  "CREATE TABLE %s (repository_id VARCHAR(250) NOT NULL PRIMARY KEY, repository_path TEXT, " \
  "version INTEGER);"
#define FIRST_ROW "INSERT INTO %s VALUES ('%s', '', 0);"
#define NEXT_ROW "UPDATE %s SET version = %ld WHERE repository_id = '%s';"

#endif
