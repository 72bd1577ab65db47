import { LitElement, html, nothing } from 'lit';
import { formatNumber } from './format.js';
import { problemNote } from './widgets.js';
import { askerName } from './dns-words.js';
import './clock.js';

/** The block lists: on or off, and how they are. */
class DnsLists extends LitElement {
  static properties = { api: { attribute: false }, lists: { attribute: false }, problem: { state: true }, busy: { state: true } };

  createRenderRoot() { return this; }

  async #do(name, action) {
    this.busy = name;
    try {
      await action();
      this.problem = null;
      this.dispatchEvent(new Event('changed'));
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = null;
  }

  render() {
    return html`<section class="card pad" aria-labelledby="dns-lists-title"><h2 id="dns-lists-title">Block lists</h2>
      ${problemNote(this.problem)}
      ${this.lists.length ? html`<ul class="plain lines">${this.lists.map((list) => this.#list(list))}</ul>`
    : html`<p class="quiet">There is none, so nothing is blocked. <code>dns.block</code> in the configuration names them; <code>docs/dns-blocking.md</code> tells which forms they may have.</p>`}</section>`;
  }

  #list(list) {
    const { name, source, enabled, allow, rules, fetchedAt, error, when, groups } = list;
    const byHand = source === 'dns.rules';
    return html`<li class="dns-list-line" data-list=${name}>
      <div><p><span class="name">${name}</span> ${allow ? html`<span class="badge now">allows</span>` : nothing} ${enabled ? nothing : html`<span class="badge">off</span>`}</p>
        <p class="under"><span>${formatNumber(rules)} ${rules === 1 ? 'rule' : 'rules'}</span>${fetchedAt ? html`<span>looked at <inn-ago .at=${fetchedAt}></inn-ago></span>` : nothing}
          ${when.length ? html`<span>${when.join(', ')}</span>` : nothing}${groups.length ? html`<span>for ${groups.join(', ')}</span>` : nothing}</p>
        ${byHand ? html`<code class="where">dns.rules</code>` : html`<code class="where">${source}</code>`}
        ${error ? html`<p class="bad-text">Cannot be fetched: ${error}${rules ? '. What was read before still counts.' : ''}</p>` : nothing}
        ${this.#rejected(list)}</div>
      ${byHand ? nothing : html`<p class="actions">
        <button type="button" role="switch" class="switch" aria-checked=${String(enabled)} ?disabled=${this.busy === name} @click=${() => this.#do(name, () => this.api.switchDnsList(name, !enabled))}><span class="switch-knob" aria-hidden="true"></span><span>${enabled ? 'On' : 'Off'}</span><span class="visually-hidden"> ${name}</span></button>
        <button type="button" class="button small" ?disabled=${!enabled || this.busy === name} @click=${() => this.#do(name, () => this.api.refreshDnsList(name))}>Fetch now<span class="visually-hidden"> ${name}</span></button></p>`}</li>`;
  }

  #rejected({ rejectedLines, rejected }) {
    if (!rejectedLines) return nothing;
    return html`<details class="dns-rejected"><summary>${formatNumber(rejectedLines)} ${rejectedLines === 1 ? 'line was' : 'lines were'} not taken</summary>
      ${rejected.map(({ reason, count, examples }) => html`<p>${formatNumber(count)}: ${reason}</p><ul>${examples.map(({ number, text }) => html`<li>line ${number}: <code>${text}</code></li>`)}</ul>`)}</details>`;
  }
}

/** Names that are let through for a while. */
class DnsExceptions extends LitElement {
  static properties = { api: { attribute: false }, exceptions: { attribute: false }, problem: { state: true } };

  createRenderRoot() { return this; }

  async #end(id) {
    try {
      await this.api.removeDnsException(id);
      this.problem = null;
    } catch (problem) {
      this.problem = problem.status === 404 ? null : problem;
    }
    this.dispatchEvent(new Event('changed'));
  }

  render() {
    return html`<section class="card pad" aria-labelledby="dns-exceptions-title"><h2 id="dns-exceptions-title">Allowed for a while</h2>
      ${problemNote(this.problem)}
      ${this.exceptions.length ? html`<ul class="plain lines">${this.exceptions.map((each) => this.#exception(each))}</ul>`
    : html`<p class="quiet">Nothing now. A blocked query has a button that lets its name through for an hour, for the device that asked.</p>`}</section>`;
  }

  #exception(each) {
    const whom = each.device || each.client ? askerName(each).text : 'everybody';
    return html`<li class="dns-list-line" data-exception=${each.id}>
      <div><p class="mono">${each.name}</p>
        <p class="under"><span>for ${whom}</span><span><inn-time-left .lease=${{ expiry: 'at', expiresAt: each.until }}></inn-time-left></span></p></div>
      <p class="actions"><button type="button" class="button small" @click=${() => this.#end(each.id)}>End<span class="visually-hidden"> the exception for ${each.name}, ${whom}</span></button></p></li>`;
  }
}

customElements.define('inn-dns-lists', DnsLists);
customElements.define('inn-dns-exceptions', DnsExceptions);
