-- The first shape of a memory. Every migration runs in a transaction of its own, together with the new version number.
-- Columns that hold JSON are NULL where there is nothing to hold.

CREATE TABLE import (
    id     INTEGER PRIMARY KEY,
    source TEXT NOT NULL,                 -- the name of the file it came from
    at     TEXT NOT NULL,                 -- when, as TMX writes it: 20250131T235959Z
    header TEXT NOT NULL                  -- JSON of the file's header
);

CREATE TABLE language (
    id  INTEGER PRIMARY KEY,
    tag TEXT NOT NULL UNIQUE              -- canonical BCP 47
);

CREATE TABLE unit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id   INTEGER NOT NULL REFERENCES import(id),
    core        INTEGER NOT NULL,         -- hash of the unit's core; equal hashes are compared in full
    document    TEXT,
    position    INTEGER,
    confidence  INTEGER,                  -- percent, if the unit comes from an alignment
    attributes  TEXT,                     -- JSON
    annotations TEXT                      -- JSON
);
CREATE INDEX unit_core ON unit(core);
CREATE INDEX unit_import ON unit(import_id);

CREATE TABLE variant (
    id          INTEGER PRIMARY KEY,
    unit_id     INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
    language_id INTEGER NOT NULL REFERENCES language(id),
    identity    INTEGER NOT NULL,         -- hash of the identity key of the text; equal hashes are compared in full
    text        TEXT NOT NULL,
    codes       TEXT,                     -- JSON
    previous    TEXT,                     -- the text before it in its document
    next        TEXT,                     -- the text after it
    attributes  TEXT,                     -- JSON
    annotations TEXT                      -- JSON
);
CREATE INDEX variant_unit ON variant(unit_id);
CREATE INDEX variant_identity ON variant(language_id, identity);
