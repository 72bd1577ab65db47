-- How far each reader of logs came; moves in the transaction that stores what was read.
CREATE TABLE read_place (
  reader TEXT PRIMARY KEY,
  place  TEXT NOT NULL
) WITHOUT ROWID;

-- The name that each system has in this store: unique, given by itself or made. wanted and claim: which name it wishes, and how
-- strong that wish is. made: a name that was made for it while it has another one, kept for it. All names are in lower case.
CREATE TABLE system_name (
  mac     TEXT    PRIMARY KEY,
  name    TEXT    NOT NULL UNIQUE COLLATE NOCASE,
  origin  TEXT    NOT NULL,
  wanted  TEXT,
  claim   TEXT    NOT NULL,
  made    TEXT    COLLATE NOCASE,
  reason  TEXT    NOT NULL,
  since   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX system_name_by_made ON system_name (made) WHERE made IS NOT NULL;

-- Systems that are to be installed, and how far that is: the latest mark of each.
CREATE TABLE installation (
  mac       TEXT    PRIMARY KEY,
  profile   TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  marked_at INTEGER NOT NULL,
  until     INTEGER,
  served_at INTEGER,
  served    TEXT,
  ended_at  INTEGER,
  ended     TEXT
) WITHOUT ROWID;

-- Keys under which neighbours sent something that was taken: what comes again under one of them is not taken again.
CREATE TABLE taken_key (
  key TEXT    PRIMARY KEY,
  at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX taken_key_at ON taken_key (at);
