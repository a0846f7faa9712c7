-- Drops service_images with all its rows.

DROP TABLE service_images;
