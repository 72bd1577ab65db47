-- Whether a device is there; no row where nothing is known. evidence: the newest sign of life by kind. client_id: by which it
-- can be found again under another hardware address, where it has such a one.
CREATE TABLE device_presence (
  mac        TEXT    PRIMARY KEY,
  state      TEXT    NOT NULL,
  since      INTEGER NOT NULL,
  here_since INTEGER NOT NULL,
  address    TEXT,
  evidence   TEXT    NOT NULL,
  client_id  TEXT
) WITHOUT ROWID;

-- When a device was there; between two rows it was not. The time it is there now stands in device_presence.
CREATE TABLE device_span (
  mac     TEXT    NOT NULL,
  from_at INTEGER NOT NULL,
  to_at   INTEGER NOT NULL,
  PRIMARY KEY (mac, from_at)
) WITHOUT ROWID;
CREATE INDEX device_span_by_to_at ON device_span (to_at);

-- Which hardware addresses are thought to be one device; rejected rows stay, so that nothing is suggested twice.
CREATE TABLE device_link (
  mac        TEXT    NOT NULL,
  to_mac     TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  confidence REAL    NOT NULL,
  reasons    TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (mac, to_mac)
) WITHOUT ROWID;
