// Pure functions from facts to the words people read.

const DAY_S = 86_400;
const dateTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const dateTimeYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const dateTimeExact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const dayShort = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const number = new Intl.NumberFormat('en');

export const formatNumber = (value) => number.format(value ?? 0);

/** Date and time to the minute; the year only when it is another one. */
export function formatTime(iso, nowMs = Date.now()) {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '—';
  const sameYear = new Date(time).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? dateTime : dateTimeYear).format(time);
}

const guarded = (format) => (iso) => (Number.isNaN(Date.parse(iso)) ? '' : format.format(Date.parse(iso)));
export const formatExact = guarded(dateTimeExact);
export const formatClock = guarded(clock);
export const formatDay = guarded(day);
export const formatDayShort = (ms) => dayShort.format(ms);

/** A length of time in its two largest useful units: `11 h 42 min`, `3 days`, `25 s`. */
export function formatDuration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  if (s < 600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min`;
  if (s < DAY_S) return `${Math.floor(s / 3_600)} h ${String(Math.floor((s % 3_600) / 60)).padStart(2, '0')} min`;
  const days = Math.floor(s / DAY_S);
  const hours = Math.floor((s % DAY_S) / 3_600);
  if (days < 10 && hours) return `${days} d ${hours} h`;
  return days === 1 ? '1 day' : `${number.format(days)} days`;
}

/** How long ago: `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function formatAgo(iso, nowMs) {
  const s = Math.floor((nowMs - Date.parse(iso)) / 1_000);
  if (Number.isNaN(s)) return '—';
  if (s < 5) return 'now';
  if (s < 60) return `${s} s ago`;
  if (s < 3_600) return `${Math.floor(s / 60)} min ago`;
  if (s < DAY_S) return `${Math.floor(s / 3_600)} h ago`;
  const days = Math.floor(s / DAY_S);
  return days === 1 ? 'yesterday' : days < 400 ? `${days} days ago` : `${Math.floor(days / 365)} years ago`;
}

/** The best name of a lease's holder, and whether it is a real name (not just a vendor or an address). */
export function guestName(lease) {
  if (!lease) return { text: 'Someone', named: false };
  const name = lease.deviceName || lease.hostname;
  if (name) return { text: name, named: true };
  if (lease.vendor) return { text: `${lease.vendor} device`, named: false };
  return { text: lease.mac || lease.clientId || lease.address || 'Someone', named: false };
}

/** The best name of a device: the owner's, else the host's, else the vendor's, else its MAC. */
export function deviceName(device) {
  if (!device) return { text: 'Something', named: false };
  const name = device.name || device.hostname || device.hostnames?.[0]?.name;
  if (name) return { text: name, named: true };
  if (device.vendor) return { text: `${device.vendor} device`, named: false };
  return { text: device.mac, named: false };
}

/** A text whose plain order is the numeric order of addresses, IPv4 before IPv6. */
export function addressKey(address) {
  if (!address) return '9';
  if (!address.includes(':')) return `4${address.split('.').map((part) => part.padStart(3, '0')).join('')}`;
  const [head, tail] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const middle = address.includes('::') ? Array(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return `6${[...left, ...middle, ...right].map((group) => group.padStart(4, '0')).join('')}`.toLowerCase();
}

/** A key such as `vendorClass` as words: `Vendor class`. */
export function keyWords(key) {
  const words = String(key).replace(/[-_]/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
