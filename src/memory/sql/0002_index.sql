-- Memories of a million units: counts are kept and not counted, a variant is found by its unit without an index of its own,
-- and segments are found by the index of `memory::index`, which takes the place of the hash of the identity key.

ALTER TABLE import ADD COLUMN units INTEGER NOT NULL DEFAULT 0;       -- how many units of it are here
UPDATE import SET units = (SELECT count(*) FROM unit WHERE import_id = import.id);

ALTER TABLE import ADD COLUMN penalty INTEGER NOT NULL DEFAULT 0;     -- percent taken off matches from it

ALTER TABLE language ADD COLUMN variants INTEGER NOT NULL DEFAULT 0;  -- how many variants there are in it
UPDATE language SET variants = (SELECT count(*) FROM variant WHERE language_id = language.id);

DROP INDEX unit_import;

CREATE TABLE placed (
    id          INTEGER PRIMARY KEY,      -- 65536 * unit.id + the place among the unit's variants, from 0
    language_id INTEGER NOT NULL REFERENCES language(id),
    text        TEXT NOT NULL,
    codes       TEXT,                     -- JSON
    previous    TEXT,                     -- the text before it in its document
    next        TEXT,                     -- the text after it
    attributes  TEXT,                     -- JSON
    annotations TEXT                      -- JSON
);
INSERT INTO placed
    SELECT 65536 * unit_id + row_number() OVER (PARTITION BY unit_id ORDER BY id) - 1,
           language_id, text, codes, previous, next, attributes, annotations
    FROM variant ORDER BY unit_id, id;
DROP TABLE variant;
ALTER TABLE placed RENAME TO variant;

CREATE TABLE generation (
    id        INTEGER PRIMARY KEY,        -- 0 to 16383; numbers are used again
    version   INTEGER NOT NULL,           -- of folds, tokens, hashes and bytes; another than the program's is made anew
    language  TEXT NOT NULL,              -- primary subtag
    variants  INTEGER NOT NULL,
    sequences INTEGER NOT NULL,
    sizes     BLOB NOT NULL               -- pairs of LEB128 numbers: a size, the first sequence of it
);
CREATE TABLE sequences (
    id    INTEGER PRIMARY KEY,            -- generation << 32 | number of the last sequence
    block BLOB NOT NULL
);
CREATE TABLE postings (
    id    INTEGER PRIMARY KEY,            -- generation << 48 | last feature << 16 | part
    block BLOB NOT NULL
);
-- What was here before has no index yet: a generation of version 0 says so.
INSERT INTO generation SELECT 0, 0, '', 0, 0, '' WHERE EXISTS (SELECT 1 FROM variant);
