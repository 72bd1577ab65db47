import { LitElement, html, nothing } from 'lit';
import { deviceName } from './format.js';
import { hrefOf } from './router.js';
import { problemNote } from './widgets.js';

/** Which known device this may be under a new hardware address; the person decides. It says `decided` (detail: the device). */
class DeviceLink extends LitElement {
  static properties = { api: { attribute: false }, device: { attribute: false }, other: { state: true }, busy: { state: true }, problem: { state: true } };

  createRenderRoot() { return this; }

  willUpdate(changed) {
    const to = this.device?.link?.to;
    if (changed.has('device') && to && this.asked !== to) this.#ask(to);
  }

  async #ask(to) {
    this.asked = to;
    this.other = null;
    try {
      this.other = await this.api.device(to);
    } catch { /* its hardware address is shown instead of its name */ }
  }

  async #decide(state) {
    this.busy = true;
    this.problem = null;
    try {
      const { mac, link } = this.device;
      const device = await this.api.changeDevice(mac, { link: { to: link.to, state } });
      this.dispatchEvent(new CustomEvent('decided', { detail: device }));
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }

  render() {
    const { link } = this.device ?? {};
    if (!link) return nothing;
    const name = this.other ? deviceName(this.other).text : link.to;
    const who = html`<a href=${hrefOf('devices', link.to)}>${name}</a>${name === link.to ? nothing : html` <span class="mono quiet">${link.to}</span>`}`;
    return html`<section class="card pad link-card link-${link.state}" aria-labelledby="link-title">
      ${link.state === 'confirmed' ? this.#confirmed(who) : this.#suggested(who, link)}
      ${problemNote(this.problem)}</section>`;
  }

  #suggested(who, link) {
    return html`<h2 id="link-title">Is this the same device?</h2>
      <p>It may be ${who} under a new hardware address. Innkeeper is ${Math.round(100 * link.confidence)} % sure.</p>
      ${link.reasons?.length ? html`<ul>${link.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : nothing}
      <p class="actions"><button type="button" class="button primary" ?disabled=${this.busy} @click=${() => this.#decide('confirmed')}>Yes, the same</button>
        <button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#decide('rejected')}>No, another one</button></p>`;
  }

  #confirmed(who) {
    return html`<h2 id="link-title">Known under another address</h2>
      <p>You said that this is ${who}. Name and notes are taken from there.</p>
      <p class="actions"><button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#decide('rejected')}>No, it is another one</button></p>`;
  }
}

customElements.define('inn-device-link', DeviceLink);
