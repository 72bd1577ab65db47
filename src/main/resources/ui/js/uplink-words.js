// Pure functions about the DHCP clients of this machine: from facts to words and places on a bar.

/** What each stage and phase is called, and how it feels. */
const STATES = {
  bound: ['ok', 'has a lease'],
  renewing: ['degraded', 'asks its server again'],
  rebinding: ['degraded', 'asks any server'],
  over: ['failed', 'time is up'],
  ended: ['idle', 'gave its lease back'],
  expired: ['failed', 'lease ran out'],
  failed: ['failed', 'finds no server'],
  none: ['idle', 'not heard yet'],
};
const WORST = ['over', 'rebinding', 'renewing', 'bound'];

const ms = (iso) => (iso ? Date.parse(iso) : null);

/** Where a lease is in its life now: it may have gone on since the server was asked. */
export function stageOf({ renewAt, rebindAt, validUntil }, now) {
  if (validUntil && now >= ms(validUntil)) return 'over';
  if (rebindAt && now >= ms(rebindAt)) return 'rebinding';
  if (renewAt && now >= ms(renewAt)) return 'renewing';
  return 'bound';
}

/** A client in one word for its pill: [tone, text]. */
export function clientState({ phase, leases }, now) {
  const stages = leases.map((held) => stageOf(held, now));
  const stage = WORST.find((each) => stages.includes(each));
  if (stage) return STATES[stage];
  return phase === 'bound' || phase === 'renewed' ? ['ok', 'was told settings'] : STATES[phase] ?? ['idle', phase];
}

/** The interface in one word. */
export function uplinkState({ dhcpv4, dhcpv6 }, now) {
  const clients = [dhcpv4, dhcpv6].filter(Boolean);
  const held = clients.flatMap(({ leases }) => leases).filter((each) => stageOf(each, now) !== 'over');
  if (held.some((each) => stageOf(each, now) === 'rebinding')) return ['degraded', 'running out'];
  if (held.length) return ['ok', 'up'];
  return clients.some(({ phase }) => phase === 'failed' || phase === 'expired') ? ['failed', 'down'] : ['idle', 'no lease'];
}

const MARKS = [['renewAt', 'asks again'], ['rebindAt', 'asks any server'], ['preferredUntil', 'not preferred any more']];

/**
 * A lease as a bar from when it was told to its end: {done, marks: [{at, name, text, passed}]}, in thousandths;
 * null for one that never ends.
 */
export function barOf(held, now) {
  const from = ms(held.heardAt);
  const to = ms(held.validUntil);
  if (!to || to <= from) return null;
  const place = (at) => Math.round(1_000 * Math.min(1, Math.max(0, (at - from) / (to - from))));
  const marks = MARKS.filter(([name]) => held[name] && ms(held[name]) <= to)
    .map(([name, text]) => ({ name, text, at: place(ms(held[name])), passed: now >= ms(held[name]) }));
  return { done: place(now), marks };
}

/** What comes next, soonest first: [{name, text, seconds}], the end last. */
export function nextOf(held, now) {
  const left = (iso) => Math.max(0, Math.ceil((ms(iso) - now) / 1_000));
  return MARKS.filter(([name]) => held[name] && ms(held[name]) > now && (!held.validUntil || held[name] !== held.validUntil))
    .map(([name, text]) => ({ name, text, seconds: left(held[name]) }))
    .concat(held.validUntil ? [{ name: 'validUntil', text: 'ends', seconds: left(held.validUntil) }] : []);
}

export const SOFTWIRES = { MAPT: 'MAP-T', MAPE: 'MAP-E', DSLITE: 'DS-Lite' };
export const ACTIONS = { bound: 'got a lease', renew: 'renewed', deconfig: 'gave up its address', leasefail: 'found no server', lease: 'has a lease', end: 'its lease is over' };

/** Why a message was not taken, in words. */
const OUTCOMES = {
  'taken': 'taken', 'stale': 'out of date', 'no-address': 'has no address', 'unknown-interface': 'interface is not listed', 'too-many-interfaces': 'too many interfaces',
  'length': 'wrong length', 'version': 'unknown version', 'interface': 'names no interface', 'flags': 'contradicts itself', 'address': 'bad address',
  'prefix-length': 'bad prefix length', 'lifetimes': 'bad lifetimes',
};
export const outcomeWords = (outcome) => OUTCOMES[outcome] ?? outcome;

export const ORDERS = {
  renew: { command: 'renew', text: 'Renew', done: 'Asked its client to renew.' },
  restart: { command: 'restart_client', text: 'Restart', done: 'Its client began anew.', ask: 'Its lease is given back and asked for anew. The connection is cut for a moment.' },
  release: { command: 'release', text: 'Release', done: 'Its lease was given back.', ask: 'Its lease is given back and its client stops. There is no connection by it until somebody starts the client.' },
};
