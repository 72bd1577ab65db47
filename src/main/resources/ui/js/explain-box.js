import { LitElement, html, nothing } from 'lit';
import { problemNote } from './widgets.js';
import { deviceName } from './format.js';

const MOST_DEVICES = 300;

/** What a client would get if it asked now, and which line of the configuration says so. */
class ExplainBox extends LitElement {
  static properties = {
    api: { attribute: false }, subnets: { attribute: false },
    devices: { state: true }, found: { state: true }, problem: { state: true }, busy: { state: true },
  };

  constructor() {
    super();
    this.devices = [];
    this.subnets = [];
  }

  createRenderRoot() { return this; }

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.devices = (await this.api.devices({ limit: MOST_DEVICES, sort: '-lastSeenAt' })).items;
    } catch { /* a MAC address can still be typed */ }
  }

  async #ask(event) {
    event?.preventDefault();
    const { mac, subnet } = this.querySelector('form').elements;
    this.busy = true;
    try {
      this.found = await this.api.explain({ mac: mac.value.trim(), subnet: subnet?.value });
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
      this.found = null;
    }
    this.busy = false;
  }

  render() {
    const wrong = this.problem?.forField('mac');
    return html`<section class="card pad explain" aria-labelledby="explain-title"><h2 id="explain-title">What would a device get?</h2>
      <form class="explain-form" @submit=${this.#ask}>
        <label class="field"><span>Device</span><input name="mac" class="mono" list="explain-devices" required autocomplete="off" spellcheck="false" placeholder="MAC address"
          aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? 'explain-error' : nothing}>
          ${wrong ? html`<span class="field-error" id="explain-error">${wrong}</span>` : nothing}</label>
        <datalist id="explain-devices">${this.devices.map((device) => html`<option value=${device.mac}>${deviceName(device).text}</option>`)}</datalist>
        ${this.subnets.length > 1 ? html`<label class="field"><span>Subnet</span><select name="subnet"><option value="">where it is most likely</option>
          ${this.subnets.map(({ prefix }) => html`<option value=${prefix}>${prefix}</option>`)}</select></label>` : nothing}
        <button class="button primary" ?disabled=${this.busy}>Explain</button>
      </form>
      ${this.problem && !wrong ? problemNote(this.problem) : nothing}
      <div role="status">${this.found ? this.#answer(this.found) : nothing}</div></section>`;
  }

  #answer({ address, sentences, reservation, pool, options, boot }) {
    return html`<p class="explain-address mono">${address ?? 'no address'}</p>
      <ul class="explain-why">${sentences.map((each) => html`<li>${each}</li>`)}</ul>
      ${reservation || pool ? html`<p class="quiet">${reservation ? html`Reserved by <code class="where">${reservation}</code>` : html`From the pool <span class="mono">${pool}</span>`}</p>` : nothing}
      ${options.length ? html`<h3>Options <span class="quiet">(sent where the device asks for them)</span></h3>
      <ul class="plain lines">${options.map((option) => html`<li><span class="option-line"><span class="name">${option.name}</span> <span class="quiet mono">${option.code}</span>
        <span class="mono">${option.values.join(', ')}</span> ${option.always ? html`<span class="badge now">always</span>` : nothing}</span><code class="where">${option.where}</code></li>`)}</ul>` : nothing}
      ${boot ? html`<p>Network boot: <span class="mono">${[boot.nextServer, boot.serverName, boot.file].filter(Boolean).join(' ')}</span> <code class="where">${boot.where}</code></p>` : nothing}`;
  }
}

customElements.define('inn-explain', ExplainBox);
