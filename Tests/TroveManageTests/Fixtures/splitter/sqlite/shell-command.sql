CREATE TABLE a (id);
.read other.sql;
SELECT .5;
