CREATE ROLE reader;
ALTER DATABASE trove SET work_mem = 64;
