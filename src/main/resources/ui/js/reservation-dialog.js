import { LitElement, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { icon } from './widgets.js';

const FIELDS = ['mac', 'address', 'name', 'clientId'];

/** Several hardware addresses stand with blanks or commas between. */
const words = (text) => text.split(/[\s,]+/).filter(Boolean);

/** The options of a document as lines of `name = value`, one value a line. */
function optionLines(options = {}) {
  return Object.entries(options).flatMap(([name, option]) => {
    const value = option?.value ?? option;
    return (Array.isArray(value) ? value : [value]).map((each) => `${name} = ${each}`);
  }).join('\n');
}

/** Lines back to options; what the lines cannot say of an option (`always`) stays as it was. */
function optionsOf(text, before = {}) {
  const options = {};
  for (const line of text.split('\n').map((each) => each.trim()).filter(Boolean)) {
    const equals = line.indexOf('=');
    const name = (equals < 0 ? line : line.slice(0, equals)).trim();
    (options[name] ??= []).push(equals < 0 ? '' : line.slice(equals + 1).trim());
  }
  for (const [name, values] of Object.entries(options)) {
    if (before[name]?.always) options[name] = { value: values, always: true };
  }
  return options;
}

/** Makes, changes and removes a reservation. It says `changed` when one of these was done. */
class ReservationDialog extends LitElement {
  static properties = {
    api: { attribute: false }, mode: { state: true }, entry: { state: true }, problem: { state: true },
    busy: { state: true }, warnings: { state: true }, heading: { state: true },
  };

  constructor() {
    super();
    this.mode = 'edit';
    this.entry = {};
    this.warnings = null;
    this.opened = 0;
  }

  createRenderRoot() { return this; }

  /** @param start what the fields hold at first, as the API has it */
  add(start = {}) {
    this.#open('edit', null, start, 'Reserve an address');
  }

  async edit(id) {
    this.#open('edit', id, null, 'Change the reservation');
    try {
      this.entry = await this.api.reservation(id);
    } catch (problem) {
      this.entry = {};
      this.problem = problem;
    }
  }

  askRemoval(id, name) {
    this.#open('remove', id, {}, `Remove the reservation of ${name}?`);
  }

  #open(mode, which, entry, heading) {
    Object.assign(this, { mode, which, entry, heading, problem: null, busy: false, warnings: null });
    this.opened++;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  #close() {
    this.querySelector('dialog').close();
  }

  async #do(work) {
    this.busy = true;
    this.problem = null;
    try {
      const { warnings = [] } = await work() ?? {};
      this.dispatchEvent(new CustomEvent('changed'));
      if (warnings.length) this.warnings = warnings;
      else this.#close();
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
    await this.updateComplete;
    this.querySelector('[aria-invalid=true], [data-done]')?.focus();
  }

  #save(event) {
    event.preventDefault();
    const { elements } = event.target;
    const { macs: _, ...body } = this.entry;
    for (const field of FIELDS) {
      const text = elements[field].value.trim();
      if (text) body[field] = field === 'mac' ? words(text) : text;
      else delete body[field];
    }
    const options = optionsOf(elements.options.value, this.entry.options);
    if (Object.keys(options).length) body.options = options;
    else delete body.options;
    this.#do(() => (this.which ? this.api.changeReservation(this.which, body) : this.api.addReservation(body)));
  }

  render() {
    return html`<dialog class="dialog" aria-labelledby="reservation-title">
      <header><h2 id="reservation-title">${this.heading}</h2>
        <button type="button" class="icon-button" @click=${this.#close}>${icon('close')}<span class="visually-hidden">Close</span></button></header>
      ${this.warnings ? this.#done() : this.mode === 'remove' ? this.#removing() : this.entry ? keyed(this.opened, this.#form()) : html`<p class="quiet" role="status">Loading…</p>`}
    </dialog>`;
  }

  #done() {
    return html`<p role="status">Done. It takes effect a little later:</p>
      <ul>${this.warnings.map((each) => html`<li>${each}.</li>`)}</ul>
      <p class="dialog-end"><button type="button" class="button primary" data-done @click=${this.#close}>Close</button></p>`;
  }

  #removing() {
    return html`<p>A lease that runs goes on until it ends. After that the address is anybody's, if it is in a pool.</p>
      ${this.#other()}
      <p class="dialog-end actions"><button type="button" class="button" @click=${this.#close}>Keep it</button>
        <button type="button" class="button primary" ?disabled=${this.busy} @click=${() => this.#do(() => this.api.removeReservation(this.which))}>Remove</button></p>`;
  }

  /** What is wrong, where no field is to blame. */
  #other() {
    const shown = new Set([...FIELDS, 'macs']);
    const rest = (this.problem?.errors ?? []).filter(({ field }) => !shown.has(field.replace(/\[.*/, '')) && !field.startsWith('options'));
    if (!this.problem || this.problem.errors.length && !rest.length) return nothing;
    const lines = rest.length ? rest.map(({ field, message }) => (field === 'body' ? message : `${field}: ${message}`)) : [this.problem.detail || this.problem.title];
    return html`<div class="note bad" role="alert">${lines.map((line) => html`<p>${line}</p>`)}</div>`;
  }

  #messages(name) {
    const of = (field) => field === name || field.startsWith(`${name}[`) || field.startsWith(`${name}.`);
    return (this.problem?.errors ?? []).filter(({ field }) => of(field))
      .map(({ field, message }) => (field.startsWith('options.') ? `${field.slice(8)}: ${message}` : message));
  }

  #field(name, label, hint, control) {
    const messages = this.#messages(name);
    return html`<label class="field"><span>${label} ${hint ? html`<span class="quiet">${hint}</span>` : nothing}</span>
      ${control(messages.length ? 'true' : nothing, messages.length ? `reservation-${name}-error` : nothing)}
      ${messages.length ? html`<span class="field-error" id="reservation-${name}-error">${messages.map((each) => html`<span>${each}</span>`)}</span>` : nothing}</label>`;
  }

  #form() {
    const { mac, macs, address, name, clientId, options } = this.entry;
    const device = [mac ?? macs ?? []].flat().join(' ');
    const input = (field, value, placeholder, mono = true) => (invalid, described) => html`<input name=${field} class=${mono ? 'mono' : ''} autocomplete="off" spellcheck="false"
      .value=${value ?? ''} placeholder=${placeholder} aria-invalid=${invalid} aria-describedby=${described}>`;
    return html`<form class="words" @submit=${this.#save}>
      ${this.#field('mac', 'MAC address', '(several with blanks between)', input('mac', device, 'aa:bb:cc:dd:ee:ff'))}
      ${this.#field('address', 'Address', '', input('address', address, '192.168.1.10'))}
      ${this.#field('name', 'Name', '(the host name that it gets)', input('name', name, 'nas', false))}
      <details ?open=${Boolean(clientId || options)}><summary>More</summary><div class="words">
        ${this.#field('clientId', 'Client identifier', '(where there is no MAC address to know it by)', input('clientId', clientId, '01:aa:bb:cc:dd:ee:ff'))}
        ${this.#field('options', 'Options', '(one value a line)', (invalid, described) => html`<textarea name="options" rows="3" class="mono" spellcheck="false"
          .value=${optionLines(options)} placeholder="routers = 192.168.1.1" aria-invalid=${invalid} aria-describedby=${described}></textarea>`)}
      </div></details>
      ${this.#other()}
      <p class="dialog-end actions"><button type="button" class="button" @click=${this.#close}>Cancel</button>
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Saving…' : this.which ? 'Save' : 'Reserve'}</button></p>
    </form>`;
  }
}

customElements.define('inn-reservation-dialog', ReservationDialog);
