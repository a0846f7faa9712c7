SELECT $$a;b'$$, $tag$c;$$;$Tag$;$tag$, $$$$;
DO $body$ BEGIN PERFORM $inner$ ; $body2$ $inner$; END $body$;
SELECT $naïve$ ; $naïve$; SELECT $_1$;$1$;$_1$;
