--
-- PostgreSQL database dump
--

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: trove
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
  NEW.updated := now();
  EXECUTE 'SELECT $1; --' USING $$;$$;
  RETURN NEW;
END;
$_$;


ALTER FUNCTION public.touch() OWNER TO trove;

CREATE FUNCTION public.add(a integer, b integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
 SELECT (add.a + add.b);
END;

CREATE TABLE public.instances (
    id character varying(36) NOT NULL,
    name character varying(255) DEFAULT 'a;b'::character varying,
    note text DEFAULT E'tab\t\'; new'
);

INSERT INTO public.instances VALUES ('1', 'it''s; here', 'C:\dir\');

COMMENT ON TABLE public.instances IS 'what runs; -- here';

ALTER TABLE ONLY public.instances
    ADD CONSTRAINT instances_pkey PRIMARY KEY (id);

CREATE TRIGGER instances_touch BEFORE UPDATE ON public.instances FOR EACH ROW EXECUTE FUNCTION public.touch();

--
-- PostgreSQL database dump complete
--

