-- The place of another part's tables.
SELECT 1;
