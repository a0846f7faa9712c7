UPDATE people SET name = ${a.b:c} WHERE id = 1;
