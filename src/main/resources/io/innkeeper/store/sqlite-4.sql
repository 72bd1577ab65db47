-- Which database this is: part of the keys by which receivers of events know doubles.
CREATE TABLE identity (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  text TEXT    NOT NULL
);
INSERT INTO identity (id, text) VALUES (1, lower(hex(randomblob(8))));

-- How far each outbound target came in the stream of events: what it acknowledged, and what stands in its way.
CREATE TABLE outbox (
  target       TEXT    PRIMARY KEY,
  event_number INTEGER NOT NULL,
  attempts     INTEGER NOT NULL,
  trouble      TEXT,
  refused      INTEGER NOT NULL,
  lost         INTEGER NOT NULL
) WITHOUT ROWID;
