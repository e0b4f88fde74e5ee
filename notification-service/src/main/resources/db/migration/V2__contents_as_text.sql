-- Nothing asks the database what a message says: it is written once, read when it is decided about, and need not be taken
-- apart and put together by the database each time.
ALTER TABLE delivery ALTER COLUMN content TYPE text USING content::text;
