-- What the units teach about which words translate each other, so that editions are aligned better the more is stored. All of it
-- can be made anew from the units.

CREATE TABLE word_pair (
    from_language TEXT NOT NULL,          -- primary subtag
    to_language   TEXT NOT NULL,
    word          TEXT NOT NULL,          -- as align::known_by gives it
    other         TEXT NOT NULL,
    count         REAL NOT NULL,          -- how often the other came from the word
    PRIMARY KEY (from_language, to_language, word, other)
) WITHOUT ROWID;

CREATE TABLE lexicon (
    from_language TEXT NOT NULL,          -- of two languages the one whose subtag comes first
    to_language   TEXT NOT NULL,
    version       INTEGER NOT NULL,       -- of folds, stems and counting; another than the program's is made anew
    until         INTEGER NOT NULL,       -- the last unit that was counted
    PRIMARY KEY (from_language, to_language)
) WITHOUT ROWID;
