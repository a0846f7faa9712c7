SELECT U&'d\0061t\+000061;\', u&"d\0061;", B'01;', x'AB;', N'n;', n'it''s;';
SELECT U&'!0061;' UESCAPE '!';
