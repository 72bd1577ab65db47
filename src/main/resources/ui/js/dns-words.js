// Pure functions from what the DNS server did to the words people read.

const STEPS = {
  forwarded: ['answered', 'An upstream answered'],
  cached: ['from cache', 'An upstream answered before; the answer was kept'],
  stale: ['from cache, old', 'No upstream answered: what was kept of an earlier answer was given'],
  local: ['known here', 'The name is known here'],
  rewritten: ['rewritten', 'A rule of the configuration answers otherwise'],
  blocked: ['blocked', 'A block list or a rule names it'],
  refused: ['refused', 'This client may not ask'],
  limited: ['too many', 'This client asked too much at once'],
  failed: ['no answer', 'No upstream answered'],
  dropped: ['dropped', 'What came was not to be answered'],
};

/** What a chart tells apart, from the bottom up, with the steps that each has. */
export const GROUPS = [
  ['answered', 'answered', ['forwarded', 'local', 'rewritten']],
  ['cached', 'from cache', ['cached', 'stale']],
  ['blocked', 'blocked', ['blocked']],
  ['unanswered', 'not answered', ['refused', 'limited', 'failed', 'dropped']],
];

export const stepWord = (step) => STEPS[step]?.[0] ?? step;
export const stepMeaning = (step) => STEPS[step]?.[1] ?? '';
export const groupOf = (step) => GROUPS.find(([, , steps]) => steps.includes(step))?.[0] ?? 'unanswered';

/** How many answers each group has. */
export const groupCounts = (counts) => GROUPS.map(([, , steps]) => steps.reduce((sum, step) => sum + (counts[step] ?? 0), 0));

/** The best name of who asks, and whether it is a real name. */
export function askerName({ device, deviceName, client }) {
  return { text: deviceName ?? client ?? device ?? 'Somebody', named: Boolean(deviceName) };
}

/** Whom an exception for the one who asked is for: the device, else its address, else everybody. */
export function askerOf({ device, client }) {
  if (device) return { device };
  return client ? { client } : { everybody: true };
}

export const sameAsker = (query, exception) => (exception.device
  ? exception.device === query.device
  : exception.client ? exception.client === query.client : true);

/** Whether an exception lets this query's name through. */
export const lets = (exception, query) => sameAsker(query, exception) && (query.name === exception.name || query.name.endsWith(`.${exception.name}`));

/** A time in millionths of a second: `85 µs`, `1.2 ms`, `1.4 s`. */
export function formatMicros(micros) {
  if (micros < 1_000) return `${micros} µs`;
  if (micros < 1_000_000) return `${(micros / 1_000).toFixed(micros < 10_000 ? 1 : 0)} ms`;
  return `${(micros / 1_000_000).toFixed(1)} s`;
}

export const percent = (part, all) => (all ? `${Math.round((part / all) * 100)} %` : '—');
