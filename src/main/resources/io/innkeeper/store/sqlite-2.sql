-- Up to which change of which lease journal this database has followed; one row.
CREATE TABLE journal_position (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  journal  INTEGER NOT NULL,
  sequence INTEGER NOT NULL
);

-- Reservations and exceptions that users make at run time: documents of the API by name.
CREATE TABLE own_reservation (
  id   TEXT PRIMARY KEY,
  json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE access_exception (
  id   TEXT PRIMARY KEY,
  json TEXT NOT NULL
) WITHOUT ROWID;
