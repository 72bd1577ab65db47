import { html } from 'lit';
import { deviceName, formatDuration, guestName, keyWords } from './format.js';
import { hrefOf } from './router.js';

// Each event as a sentence: a list of plain words, and of named things {text, href, mono} that the page may emphasise.

const guest = (lease) => ({ text: guestName(lease).text, href: lease?.mac ? hrefOf('devices', lease.mac) : null });
const machine = (device) => ({ text: deviceName(device).text, href: device?.mac ? hrefOf('devices', device.mac) : null });
const marked = (installation) => ({ text: installation?.mac ?? '?', href: installation ? hrefOf('devices', installation.mac) : null, mono: true });
const system = (mac, text) => ({ text: text ?? '?', href: mac ? hrefOf('devices', mac) : null, mono: text === mac });
const mono = (text) => ({ text: text ?? '?', mono: true });
const current = (device) => (device?.addresses ?? []).filter((each) => each.current).map((each) => each.address);

const client = ({ hostname, mac, duid }) => ({ text: hostname ?? mac ?? duid ?? 'Somebody', href: mac ? hrefOf('devices', mac) : null, mono: !hostname });
const reason = ({ reason: why }) => (why ? `: ${why}` : '');

const uplink = ({ interface: on, family }) => ({ text: `The DHCPv${family} client of ${on}` });
const uplinkLease = ({ leaseInfo }) => {
  const held = [leaseInfo?.address, leaseInfo?.sitePrefix].filter(Boolean);
  return held.length === 0 ? ['a lease'] : held.flatMap((each, at) => (at === 0 ? [mono(each)] : [' and ', mono(each)]));
};

const SENTENCES = {
  'lease.added': ({ lease }) => [guest(lease), ' got ', mono(lease?.address), lease?.allocation === 'static' ? ', reserved for it' : ''],
  'lease.renewed': ({ lease }) => [guest(lease), ' renewed ', mono(lease?.address), lifetime(lease)],
  'lease.changed': leaseChanged,
  'lease.released': ({ lease }) => [guest(lease), ' gave ', mono(lease?.address), ' back'],
  'lease.expired': ({ lease }) => ['The lease of ', guest(lease), ' on ', mono(lease?.address), ' ran out'],
  'lease.declined': ({ lease }) => [guest(lease), ' refused ', mono(lease?.address), ': somebody else seems to use it'],
  'security.rogue-dhcp': ({ server, interface: on, client }) => ['Another DHCP server, ', mono(server), ', answers', on ? ` on ${on}` : '', client ? [' to ', mono(client)] : ''].flat(),
  'security.dhcp-refused': ({ hostname, mac, rule, reason, before }) => [{ text: hostname ?? mac ?? 'Somebody', href: mac ? hrefOf('devices', mac) : null }, ' was refused an address', rule || reason ? `: ${rule || reason}` : '', before ? ` (${before} times before)` : ''],
  'security.arp-conflict': ({ address, now, before }) => ['Two devices answer for ', mono(address), ': ', mono(now?.mac), ' and ', mono(before?.mac)],
  'security.arp-spoof': ({ what, address, now, before, interface: on }) => what === 'many-addresses' ? [mono(now?.mac), ' answers for many addresses', on ? ` on ${on}` : ''] : ['The gateway ', mono(address), ' moved from ', mono(before?.mac), ' to ', mono(now?.mac)],
  'dhcp.discover': (event) => [client(event), ' looks for a DHCP server', reason(event)],
  'dhcp.offer': (event) => [client(event), ' was offered ', mono(event.address)],
  'dhcp.request': (event) => [client(event), ' asked for ', mono(event.address), reason(event)],
  'dhcp.ack': (event) => [client(event), ' was given ', mono(event.address)],
  'dhcp.nak': (event) => [client(event), ' was refused ', mono(event.address), reason(event)],
  'dhcp.decline': (event) => [client(event), ' declined ', mono(event.address), reason(event)],
  'dhcp.release': (event) => [client(event), ' gave ', event.address ? mono(event.address) : 'its addresses', ' back', reason(event)],
  'dhcp.inform': (event) => [client(event), ' asked for settings at ', mono(event.address)],
  'dhcp.solicit': (event) => [client(event), ' looks for a DHCPv6 server', reason(event)],
  'dhcp.advertise': (event) => [client(event), ' was offered ', mono(event.address)],
  'dhcp.confirm': (event) => [client(event), ' asked whether its addresses are right here', reason(event)],
  'dhcp.renew': (event) => [client(event), ' asked to keep what it has', reason(event)],
  'dhcp.rebind': (event) => [client(event), ' asked any server to keep what it has', reason(event)],
  'dhcp.reply': (event) => [client(event), ' was given ', mono(event.address), reason(event)],
  'dhcp.information-request': (event) => [client(event), ' asked for settings by DHCPv6'],
  'dhcp.router-solicit': (event) => [client(event), ' looks for a router'],
  'dhcp.router-advert': (event) => ['The router told of ', mono(event.address), event.interface ? ` on ${event.interface}` : ''],
  'dhcp.problem': (event) => ['DHCP', event.mac ? [' of ', client(event)] : '', ': ', event.reason ?? 'something went wrong'].flat(),
  'device.discovered': ({ device }) => ['New on the network: ', machine(device), device?.vendor && deviceName(device).named ? ` (${device.vendor})` : ''],
  'device.changed': deviceChanged,
  'device.online': ({ device, address }) => [machine(device), ' is here', ...(address ? [' at ', mono(address)] : addressList(device))],
  'device.offline': ({ device, since, at }) => [machine(device), ' has gone', ...quietFor(since, at)],
  'device.linked': linked,
  'install.marked': ({ installation }) => [marked(installation), ' is marked for installation: ', { text: installation?.profile }],
  'install.served': ({ installation }) => [marked(installation), ' was told what to boot: ', mono(installation?.served)],
  'install.ended': ({ installation }) => ['The installation of ', marked(installation), ' ended', installation?.ended ? `: ${installation.ended}` : ''],
  'wan.started': (event) => [uplink(event), ' runs'],
  'wan.stopped': (event) => [uplink(event), ' was switched off'],
  'wan.failed': (event) => [uplink(event), ' cannot run'],
  'wan.update': (event) => [uplink(event), ' has ', ...uplinkLease(event)],
  'wan.renew': (event) => [uplink(event), ' renewed its lease'],
  'wan.del': (event) => [uplink(event), ' has no lease any more'],
  'device.named': ({ mac, name, before }) => [system(mac, before ?? mac), before ? ' is now called ' : ' is called ', { text: name }],
  'device.name-conflict': nameConflict,
  'service.started': ({ service, message }) => ['Service ', { text: service }, ' started', message && message !== 'started' ? `: ${message}` : ''],
  'service.stopped': ({ service, message }) => ['Service ', { text: service }, ' stopped', message && message !== 'stopped' ? `: ${message}` : ''],
  'service.failed': ({ service, message }) => ['Service ', { text: service }, ' failed', message ? `: ${message}` : ''],
  'config.applied': ({ changes }) => ['New configuration in use', changesText(changes)],
  'config.rejected': ({ problems }) => ['The new configuration was refused, the old one stays: ', (problems ?? []).join('; ') || 'no reason given'],
};

function lifetime(lease) {
  if (lease?.expiry === 'infinite') return ' for ever';
  return lease?.lifetimeSeconds ? ` for ${formatDuration(lease.lifetimeSeconds).replace(/ 00 (min|s)$/, '')}` : '';
}

function leaseChanged({ lease, before, changed = [] }) {
  const address = mono(lease?.address);
  if (changed.includes('mac') || changed.includes('clientId')) return ['Address ', address, ' moved from ', guest(before), ' to ', guest(lease)];
  if (changed.includes('hostname')) {
    if (!lease?.hostname) return [address, ' lost its name', before?.hostname ? ` (was ${before.hostname})` : ''];
    return [address, ' is now called ', { text: lease.hostname, href: guest(lease).href }, before?.hostname ? `, before ${before.hostname}` : ''];
  }
  if (changed.includes('allocation')) return [guest(lease), ' holds ', address, lease?.allocation === 'static' ? ' as a static address now' : ' as a dynamic address now'];
  return ['The lease of ', guest(lease), ' on ', address, ' changed', changed.length ? `: ${changed.map((key) => keyWords(key).toLowerCase()).join(', ')}` : ''];
}

function deviceChanged({ device, before, changed = [] }) {
  if (changed.includes('addresses') || changed.includes('address')) {
    const [was, is] = [current(before), current(device)];
    const left = was.filter((each) => !is.includes(each));
    const came = is.filter((each) => !was.includes(each));
    if (came.length && left.length) return [machine(device), ' moved from ', mono(left.join(', ')), ' to ', mono(came.join(', '))];
    if (came.length) return [machine(device), ' also has ', mono(came.join(', '))];
    if (left.length) return [machine(device), ' no longer has ', mono(left.join(', '))];
  }
  if (changed.includes('link')) return linked({ device, before });
  if (changed.includes('name')) return device?.name ? ['You named ', mono(device.mac), ' ', machine(device)] : ['You took the name of ', machine(device), ' away'];
  if (changed.length === 1 && changed[0] === 'notes') return ['You noted something about ', machine(device)];
  if (changed.includes('hostname')) return [mono(device?.mac), ' now calls itself ', { text: device?.hostname ?? 'nothing', href: machine(device).href }];
  return [machine(device), ' changed', changed.length ? `: ${changed.map((key) => keyWords(key).toLowerCase()).join(', ')}` : ''];
}

function nameConflict({ name, winner, loser }) {
  return ['Two systems want to be called ', { text: name }, ': ', system(winner?.mac, winner?.mac), ' is, ', system(loser?.mac, loser?.mac), ' is called ', { text: loser?.name ?? '?' }];
}

/** What was suggested or decided about a device under a new hardware address. */
function linked({ device, before }) {
  const { link } = device ?? {};
  if (!link) return ['You said that ', machine(device), ' is another device', before?.link ? [' than ', machine({ mac: before.link.to })] : ''].flat();
  const other = { text: link.to, href: hrefOf('devices', link.to), mono: true };
  if (link.state === 'confirmed') return ['You said that ', mono(device.mac), ' is ', other, ' under a new hardware address'];
  return [machine(device), ' may be ', other, ` under a new hardware address (${Math.round(100 * link.confidence)} % sure)`];
}

function quietFor(since, at) {
  const seconds = (Date.parse(at) - Date.parse(since)) / 1_000;
  return seconds > 0 ? [`; it was heard last ${formatDuration(seconds).replace(/ 00 (min|s)$/, '')} before`] : [];
}

function addressList(device) {
  const addresses = current(device);
  return addresses.length ? [' at ', mono(addresses.slice(0, 3).join(', '))] : [];
}

function changesText(changes) {
  const parts = Object.entries(changes ?? {}).map(([key, value]) => `${key} ${typeof value === 'string' ? value : ''}`.trim());
  return parts.length ? `: ${parts.join(', ')}` : '';
}

function words(event) {
  const sentence = SENTENCES[event.type];
  if (sentence) return sentence(event).filter((part) => part !== '');
  return [keyWords(event.type.replace('.', ' ')), event.message ? `: ${event.message}` : ''];
}

/** The sentence with its names emphasised and linked. */
export function sentence(event) {
  return words(event).map((part) => {
    if (typeof part === 'string') return part;
    if (part.href) return html`<a class="who" href=${part.href}>${part.text}</a>`;
    return html`<strong class=${part.mono ? 'mono' : ''}>${part.text}</strong>`;
  });
}

/** The sentence as plain text, to be read aloud. */
export function plainSentence(event) {
  return `${words(event).map((part) => (typeof part === 'string' ? part : part.text)).join('')}.`;
}

const TONES = {
  'lease.added': 'come', 'device.discovered': 'news', 'install.marked': 'news', 'device.name-conflict': 'news', 'install.served': 'news', 'device.online': 'come', 'service.started': 'come',
  'wan.update': 'come', 'wan.del': 'leave', 'wan.failed': 'bad', 'lease.released': 'leave', 'lease.expired': 'leave', 'device.offline': 'leave', 'service.stopped': 'leave',
  'lease.declined': 'bad', 'dhcp.problem': 'bad', 'dhcp.nak': 'bad', 'security.rogue-dhcp': 'bad', 'security.dhcp-refused': 'bad', 'security.arp-conflict': 'bad', 'security.arp-spoof': 'bad', 'service.failed': 'bad', 'config.rejected': 'bad',
};

/** How an event feels: come, leave, news, bad, or nothing special. */
export const toneOf = (event) => TONES[event.type] ?? 'plain';
