SELECT '\i other.sql';
-- \echo done
