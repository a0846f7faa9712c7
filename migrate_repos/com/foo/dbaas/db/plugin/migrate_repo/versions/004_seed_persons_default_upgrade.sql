-- Adds the two persons that every installation has.

INSERT INTO person (id, name, email)
VALUES
    (
        '30000000-0000-0000-0000-000000000001',
        'Operator on duty; 100% of the time',
        'operator@example.com'
    ),
    (
        '30000000-0000-0000-0000-000000000002',
        'Miles O''Brien',
        NULL
    );
