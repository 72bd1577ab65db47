-- Times are milliseconds since 1970. address_key sorts as addresses do: family (4 or 6), then the octets.

CREATE TABLE lease (
  address_key       BLOB    NOT NULL,
  origin            TEXT    NOT NULL,
  source            TEXT    NOT NULL,
  address           TEXT    NOT NULL,
  family            INTEGER NOT NULL,
  mac               TEXT,
  client_id         TEXT,
  hostname          TEXT,
  state             TEXT    NOT NULL,
  allocation        TEXT    NOT NULL,
  allocation_reason TEXT,
  started_at        INTEGER NOT NULL,
  expiry            TEXT    NOT NULL,
  expires_at        INTEGER,
  lifetime_s        INTEGER,
  iaid              INTEGER,
  temporary         INTEGER NOT NULL,
  subnet            TEXT,
  details           TEXT    NOT NULL,
  PRIMARY KEY (address_key, origin, source)
) WITHOUT ROWID;
-- Each list of the API is one walk along an index; missing values sort as the expressions say.
CREATE INDEX lease_by_mac ON lease (coalesce(mac, ''));
CREATE INDEX lease_by_hostname ON lease (coalesce(hostname, ''));
CREATE INDEX lease_by_expires_at ON lease (coalesce(expires_at, 9223372036854775807));

-- One row a binding, not one a renewal.
CREATE TABLE lease_history (
  id          INTEGER PRIMARY KEY,
  address_key BLOB    NOT NULL,
  origin      TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  mac         TEXT,
  client_id   TEXT,
  hostname    TEXT,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  end_reason  TEXT
);
CREATE INDEX lease_history_by_address ON lease_history (address_key, started_at);
CREATE INDEX lease_history_by_mac ON lease_history (mac, started_at);

CREATE TABLE device (
  mac           TEXT    PRIMARY KEY,
  name          TEXT,
  notes         TEXT,
  hostname      TEXT,
  vendor        TEXT,
  first_seen_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL,
  names         TEXT    NOT NULL,
  addresses     TEXT    NOT NULL,
  details       TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX device_by_last_seen_at ON device (last_seen_at);

CREATE TABLE event (
  number  INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  subject TEXT    NOT NULL,
  json    TEXT    NOT NULL
);

-- Reservations that sources told of (dnsmasq's configuration); replaced as a whole, source by source.
CREATE TABLE reservation (
  id           INTEGER PRIMARY KEY,
  origin       TEXT NOT NULL,
  source       TEXT NOT NULL,
  address_keys TEXT NOT NULL,
  json         TEXT NOT NULL
);
CREATE INDEX reservation_by_source ON reservation (origin, source);

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  who     TEXT    NOT NULL,
  action  TEXT    NOT NULL,
  subject TEXT    NOT NULL,
  detail  TEXT    NOT NULL
);
