import { LitElement, html, nothing } from 'lit';
import { LiveController } from './live.js';
import { formatNumber } from './format.js';

const SERVICE = 'arp';
const POLL_MS = 700;
/** A scan that is asked for begins a moment later. */
const BEGIN_MS = 4_000;

/** Asks the network who is there, now, and shows how far that is. There only where the service that can do it is. */
class ScanButton extends LitElement {
  static properties = { api: { attribute: false }, live: { attribute: false }, scan: { state: true }, busy: { state: true }, said: { state: true }, bad: { state: true } };

  constructor() {
    super();
    this.timer = 0;
    this.said = '';
    new LiveController(this, { services: null });
  }

  createRenderRoot() { return this; }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.busy = false;
  }

  async #start() {
    if (this.busy) return;
    this.busy = true;
    this.bad = false;
    this.said = '';
    this.scan = null;
    try {
      const { status, message } = await this.api.command(SERVICE, 'scan_now');
      if (status !== 'success') throw new Error(message ?? 'The scan did not start.');
      this.#poll(Date.now() + BEGIN_MS);
    } catch (problem) {
      this.#end(problem.detail || problem.message, true);
    }
  }

  async #poll(patience) {
    try {
      const { data } = await this.api.command(SERVICE, 'get_status');
      const scan = data?.detail?.scan ?? null;
      if (!this.isConnected) return;
      this.scan = scan;
      const waits = !scan?.running && !this.began && Date.now() < patience;
      this.began = Boolean(scan?.running) || (this.began && scan?.running);
      if (scan?.running || waits) this.timer = setTimeout(() => this.#poll(patience), POLL_MS);
      else this.#end(scan ? `Done: ${formatNumber(scan.found)} of ${formatNumber(scan.addresses)} addresses answered.` : 'Done.', false);
    } catch (problem) {
      this.#end(problem.detail || problem.message, true);
    }
  }

  #end(text, bad) {
    Object.assign(this, { busy: false, began: false, said: text, bad });
  }

  render() {
    const there = (this.live.services ?? []).some((service) => service.name === SERVICE);
    if (!there) return nothing;
    const { asked = 0, addresses: total = 0, found = 0 } = this.scan ?? {};
    return html`<div class="scan">
      ${this.busy ? html`<label class="scan-progress"><span class="quiet">${total ? `${formatNumber(asked)} of ${formatNumber(total)} asked, ${formatNumber(found)} found` : 'Asking…'}</span>
        <progress max=${total || nothing} value=${total ? asked : nothing}></progress></label>` : nothing}
      <span role="status" class=${this.bad ? 'bad-text' : 'quiet'}>${this.busy ? '' : this.said}</span>
      <button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#start()}>${this.busy ? 'Scanning…' : 'Scan now'}</button></div>`;
  }
}

customElements.define('inn-scan', ScanButton);
