-- Adds service_images.

CREATE TABLE service_images (
    id VARCHAR(36) NOT NULL,
    service_name VARCHAR(255),
    image_id VARCHAR(255),
    PRIMARY KEY (id)
);
