TRUNCATE people;
