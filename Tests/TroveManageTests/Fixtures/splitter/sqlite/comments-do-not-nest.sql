/* a /* b */ SELECT 1; /*/ still; */ SELECT 2;
