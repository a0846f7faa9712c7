-- naïve ☃
SELECT 'ü;☃', "ä;🙂" FROM größe; SELECT 2; /* 🙂 */ SELECT 3;
