import { LitElement, html, nothing } from 'lit';
import { formatTime } from './format.js';
import { hrefOf } from './router.js';
import { icon, problemNote } from './widgets.js';

const MOST = 50;

/** "Who had this address then?": a small dialog. */
class LeaseHistory extends LitElement {
  static properties = { api: { attribute: false }, answer: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.#forget();
  }

  createRenderRoot() { return this; }

  #forget() {
    this.answer = null;
    this.problem = null;
    this.busy = false;
  }

  /** Opens the dialog; with an address it looks it up at once. */
  show(address = '') {
    this.#forget();
    const form = this.querySelector('form');
    form.reset();
    form.elements.address.value = address;
    this.querySelector('dialog').showModal();
    if (address) this.#lookUp(form);
  }

  #submit(event) {
    event.preventDefault();
    this.#lookUp(event.target);
  }

  async #lookUp(form) {
    const address = form.elements.address.value.trim();
    const local = form.elements.at.value;
    const at = local ? new Date(local).toISOString().replace(/\.\d+Z$/, 'Z') : null;
    this.busy = true;
    this.problem = null;
    try {
      const { items } = await this.api.leaseHistory({ address, at, limit: MOST });
      this.answer = { address, at, items };
    } catch (problem) {
      this.answer = null;
      this.problem = problem;
    }
    this.busy = false;
  }

  render() {
    return html`<dialog class="dialog" aria-labelledby="history-title">
      <header><h2 id="history-title">Who had an address?</h2>
        <button type="button" class="icon-button" @click=${() => this.querySelector('dialog').close()}>${icon('close')}<span class="visually-hidden">Close</span></button></header>
      <form class="history-form" @submit=${this.#submit}>
        <label class="field"><span>Address</span><input name="address" required autofocus autocomplete="off" spellcheck="false" placeholder="192.168.1.20" class="mono"></label>
        <label class="field"><span>When <span class="quiet">(empty: ever)</span></span><input name="at" type="datetime-local"></label>
        <button class="button primary" ?disabled=${this.busy}>Look up</button>
      </form>
      <div role="status">${this.#result()}</div>
      ${problemNote(this.problem)}
    </dialog>`;
  }

  #result() {
    if (!this.answer) return nothing;
    const { address, at, items } = this.answer;
    const when = at ? ` on ${formatTime(at)}` : '';
    if (items.length === 0) return html`<p class="history-none">Nobody had <span class="mono">${address}</span>${when}, as far as Innkeeper knows.</p>`;
    return html`<p><span class="mono">${address}</span>${when} ${at ? 'was held by' : 'has been held by'}</p>
      <ol class="plain history-list">${items.map((each) => html`<li>
        <span class="name">${each.hostname ?? each.mac ?? each.clientId ?? 'somebody without a name'}</span>
        ${each.mac ? html`<a class="mono" href=${hrefOf('devices', each.mac)}>${each.mac}</a>` : nothing}
        <span class="quiet">${formatTime(each.startedAt)} to ${each.endedAt ? `${formatTime(each.endedAt)}${each.endReason ? `, ${each.endReason}` : ''}` : 'now'}</span></li>`)}</ol>`;
  }
}

customElements.define('inn-lease-history', LeaseHistory);
