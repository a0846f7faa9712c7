-- nothing to do on this engine; really

/* SELECT 1; */
