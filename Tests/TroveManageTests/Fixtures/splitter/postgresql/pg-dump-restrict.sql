--
-- PostgreSQL database dump
--

\restrict YkZcvGQbJ0

SET statement_timeout = 0;
