-- migrate: variables
INSERT INTO t VALUES (${tenant}, ${mail.sender}, ${path.data});
INSERT INTO t VALUES (${no.such:it's a default}, ${empty:}, ${tenant:unused}), (1);
SELECT date${tenant}, 'a'${tenant}'b', ${tenant}${tenant} FROM t -- ${comment}
WHERE a = ${tenant}/* ${comment} */;
