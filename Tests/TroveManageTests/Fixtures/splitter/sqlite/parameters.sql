SELECT ?, ?1, :a, @b, $c, $d::e, $f(;), :g(;);
SELECT $h (;
SELECT #, 2);
