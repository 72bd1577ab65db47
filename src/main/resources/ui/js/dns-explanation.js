import { html, nothing } from 'lit';
import { Problem } from './api.js';
import { formatDuration, formatTime } from './format.js';
import { problemNote, skeleton } from './widgets.js';
import { formatMicros, stepMeaning } from './dns-words.js';

const EFFECTS = { block: 'blocks', allow: 'allows', 'important-block': 'blocks, important', 'important-allow': 'allows, important' };

/** Why a name is answered as it is, now. @param found what /dns/explain answers, a Problem, or null while it is asked */
export function explanation(found) {
  if (found instanceof Problem) return problemNote(found);
  if (!found) return skeleton(2);
  const { name, type, deviceName, device, client, group, mode, steps, records, lastForwarded } = found;
  return html`<p class="dns-why"><strong>${sentence(found)}</strong> <span class="quiet">${name} (${type}), asked now by ${deviceName ?? device ?? client}${group ? `, group ${group}` : ''}, mode ${mode}</span></p>
    <ol class="dns-steps">${steps.map((step) => html`<li>${step}</li>`)}</ol>
    ${records.length ? html`<pre tabindex="0" aria-label="Records of the answer">${records.join('\n')}</pre>` : nothing}
    ${lines(found.found)}
    ${lastForwarded ? html`<p class="quiet">Last answered by <span class="mono">${lastForwarded.upstream}</span>, ${formatTime(lastForwarded.at)}, in ${formatMicros(lastForwarded.micros)}: ${lastForwarded.rcode}${lastForwarded.security === 'unchecked' ? '' : `, signature ${lastForwarded.security}`}.</p>` : nothing}`;
}

function sentence({ step, list, cachedSeconds, rcode }) {
  if (step === 'blocked') return `Blocked by ${list ? `the list ${list}` : 'a rule'}.`;
  if (step === 'forwarded') return 'An upstream would be asked.';
  if (cachedSeconds !== null) return `From the cache: kept for ${formatDuration(cachedSeconds)}.`;
  return `${stepMeaning(step)}${rcode && rcode !== 'NOERROR' ? ` (${rcode})` : ''}.`;
}

function lines(found) {
  if (!found.length) return nothing;
  return html`<ul class="plain dns-found">${found.map(({ list, line, text, effect, enabled }) => html`<li class=${enabled ? '' : 'quiet'}>
    <span>${list}, line ${line}</span> <code>${text}</code> <span class="badge ${/allow/.test(effect) ? 'now' : 'key'}">${EFFECTS[effect] ?? effect}</span>${enabled ? nothing : ' this list is off'}</li>`)}</ul>`;
}
