import { html, nothing } from 'lit';
import { formatNumber } from './format.js';

/** In mode shadow: where the real server and ours would not say the same, with what to do about it. */
export function shadowReport(report) {
  if (!report) return nothing;
  const { clients, clientsAgreeing, differences, since, unmatched } = report;
  return html`<section class="card pad shadow" aria-labelledby="shadow-title"><h2 id="shadow-title">Beside the real server</h2>
    <p><strong>${formatNumber(clientsAgreeing)} of ${formatNumber(clients)}</strong> ${clients === 1 ? 'device' : 'devices'} would get the same from Innkeeper, since <inn-ago .at=${since}></inn-ago>.
      ${unmatched ? html`<span class="quiet">${formatNumber(unmatched)} answers were seen without their question.</span>` : nothing}</p>
    ${differences.length === 0 ? html`<p class="quiet">${clients === 0 ? 'No device has asked yet.' : 'No difference was seen.'}</p>` : html`
    <ul class="plain lines">${differences.map((each) => difference(each))}</ul>`}</section>`;
}

function difference({ at, mac, hostname, clientId, asked, real, ours, fields }) {
  return html`<li>
    <p><span class="name">${hostname ?? mac ?? clientId ?? 'Somebody'}</span> ${hostname && mac ? html`<span class="mono quiet">${mac}</span>` : nothing}
      <span class="quiet">${asked}, <inn-ago .at=${at}></inn-ago></span></p>
    <dl class="both"><div><dt>Real server</dt><dd class="mono">${real}</dd></div><div><dt>Innkeeper</dt><dd class="mono">${ours}</dd></div></dl>
    ${fields.map((field) => html`<p class="advice"><strong>${field.field}:</strong> <span class="mono">${field.real ?? 'nothing'}</span> / <span class="mono">${field.ours ?? 'nothing'}</span>. ${field.meaning}</p>`)}</li>`;
}
