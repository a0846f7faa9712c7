SELECT 1;
SELECT 'naïve';
