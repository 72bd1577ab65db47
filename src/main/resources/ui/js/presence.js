import { html, nothing } from 'lit';

const WORDS = { online: 'online', idle: 'idle', offline: 'offline' };
const MEANINGS = {
  online: 'Heard within the last minutes',
  idle: 'Silent for a while, but not known to be gone: it may sleep',
  offline: 'Gone: silent for long, also when it was asked',
};

/** A mark of a shape of its own for each state, so that nobody needs the colours; a text must stand beside it. */
export const presenceDot = (state) => html`<span class="presence-dot presence-${state ?? 'unknown'}" aria-hidden="true"></span>`;

/** Whether a device is there, in a word. */
export function presenceWord(device) {
  const state = device.presence?.state;
  if (!state) return html`<span class="quiet" title="Nothing was heard of it that says whether it is there">not known</span>`;
  return html`<span class="presence-word presence-word-${state}" title=${MEANINGS[state] ?? nothing}>${presenceDot(state)}${WORDS[state] ?? state}</span>`;
}

/** The word, and since when. */
export function presenceLine(device) {
  const { state, since, lastSeenAt } = device.presence ?? {};
  if (!state) return html`${presenceWord(device)} <span class="quiet">seen <inn-ago .at=${device.lastSeenAt}></inn-ago></span>`;
  return html`${presenceWord(device)}${state === 'online'
    ? html` <span class="quiet"><inn-for .at=${since}></inn-for></span>`
    : html`<span class="quiet">, last heard <inn-ago .at=${lastSeenAt}></inn-ago></span>`}`;
}
