CREATE TABLE [a;b] (`c;``d` INTEGER, [e'] INTEGER);
SELECT [x"y];
