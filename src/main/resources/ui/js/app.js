import { LitElement, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { LiveController } from './live.js';
import { hrefOf } from './router.js';
import { icon } from './widgets.js';
import { listenToKeys, shortcutsDialog } from './keys.js';
import { Announcer } from './announcer.js';
import './live-state.js';
import './glance.js';
import './leases-view.js';
import './devices-view.js';
import './device-detail.js';
import './map-view.js';
import './dns-view.js';
import './events-view.js';
import './subnets-view.js';
import './uplinks-view.js';
import './services-view.js';
import './help-view.js';

const TABS = [['leases', 'Leases'], ['devices', 'Devices'], ['map', 'Map'], ['subnets', 'Subnets'], ['dns', 'DNS'], ['uplinks', 'Uplinks'], ['events', 'Events'], ['services', 'Services']];
/** Shown only where the service of this name is there. */
const SERVICE_TABS = { subnets: 'dhcp4', dns: 'anyDns', uplinks: 'leaseMonitor' };
const THEME_WORDS = { auto: 'as the system', light: 'light', dark: 'dark' };
const THEME_ICONS = { auto: 'auto', light: 'sun', dark: 'moon' };

/** The frame around the views: name, navigation, state of the stream, counts. */
class App extends LitElement {
  static properties = { api: { attribute: false }, live: { attribute: false }, router: { attribute: false }, theme: { state: true } };

  constructor() {
    super();
    this.theme = window.innkeeperTheme.get();
    new LiveController(this, { services: null, status: null });
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    this.router.addEventListener('route', () => this.#onRoute());
    listenToKeys(this);
    this.announcer = new Announcer(this.live, () => this.querySelector('#announcements'));
    this.#title();
  }

  async #onRoute() {
    this.requestUpdate();
    this.#title();
    await this.updateComplete;
    window.scrollTo(0, 0);
    // A screen reader then reads the heading of the new view.
    requestAnimationFrame(() => (this.querySelector('main h1') ?? this.querySelector('main')).focus({ preventScroll: true }));
  }

  #title() {
    const { view, id } = this.router.route;
    document.title = `${id ?? TABS.find(([name]) => name === view)?.[1] ?? 'Help'} · Innkeeper`;
  }

  #skip(event) {
    // The hash is the router's, so the skip link moves the focus itself.
    event.preventDefault();
    this.querySelector('main').focus();
  }

  render() {
    const { view, id } = this.router.route;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the list</a>
      <header class="top"><div class="wide">
        <a class="brand" href=${hrefOf('leases')}>
          <img src="favicon.svg" alt="" width="28" height="28"><span>Innkeeper</span>
          ${this.live.demo ? html`<span class="badge demo" title="A simulated network: nothing here is real">demo</span>` : nothing}
        </a>
        <nav class="tabs" aria-label="Views">${TABS.filter(([name]) => !SERVICE_TABS[name] || this.live[SERVICE_TABS[name]]).map(([name, text]) => this.#tab(name, text, view))}</nav>
        <div class="tools">
          <inn-live-state .live=${this.live}></inn-live-state>
          <button type="button" class="icon-button" title="Colours: ${THEME_WORDS[this.theme]}" @click=${() => { this.theme = window.innkeeperTheme.next(); }}>
            ${icon(THEME_ICONS[this.theme])}<span class="visually-hidden">Colours: ${THEME_WORDS[this.theme]}. Change</span></button>
          <button type="button" class="icon-button keyboard-only" title="Keyboard shortcuts (?)" @click=${() => this.querySelector('#shortcuts').showModal()}>
            ${icon('keyboard')}<span class="visually-hidden">Keyboard shortcuts</span></button>
        </div>
      </div></header>
      <inn-stream-banner .live=${this.live}></inn-stream-banner>
      <main id="main" tabindex="-1" class="wide">
        ${view === 'leases' || view === 'devices' && !id ? html`<inn-glance .live=${this.live}></inn-glance>` : nothing}
        ${keyed(`${view}/${id}`, this.#view(view, id))}
      </main>
      <footer class="wide quiet">Innkeeper ${this.live.status?.version ?? ''} <span aria-hidden="true">·</span> <a href=${hrefOf('help')}>Help</a> <span aria-hidden="true">·</span> <a href="/openapi.json">API</a></footer>
      <div id="announcements" class="visually-hidden" role="status" aria-live="polite"></div>
      ${shortcutsDialog()}`;
  }

  #tab(name, text, view) {
    const trouble = name === 'services' && (this.live.services ?? []).some((s) => s.state === 'failed' || (s.health && s.health !== 'ok'));
    return html`<a href=${hrefOf(name)} aria-current=${name === view ? 'page' : nothing}>
      ${icon(name)}<span>${text}</span>${trouble ? html`<span class="trouble"><span class="visually-hidden">(needs attention)</span></span>` : nothing}</a>`;
  }

  #view(view, id) {
    const { api, live, router } = this;
    switch (view) {
      case 'devices': return id
        ? html`<inn-device-detail .api=${api} .live=${live} .mac=${id}></inn-device-detail>`
        : html`<inn-devices .api=${api} .live=${live} .router=${router}></inn-devices>`;
      case 'map': return html`<inn-map .api=${api} .live=${live} .router=${router}></inn-map>`;
      case 'subnets': return html`<inn-subnets .api=${api} .live=${live}></inn-subnets>`;
      case 'dns': return html`<inn-dns .api=${api} .live=${live} .router=${router}></inn-dns>`;
      case 'uplinks': return html`<inn-uplinks .api=${api} .live=${live}></inn-uplinks>`;
      case 'events': return html`<inn-events .live=${live} .router=${router}></inn-events>`;
      case 'services': return html`<inn-services .api=${api} .live=${live}></inn-services>`;
      case 'help': return html`<inn-help></inn-help>`;
      default: return html`<inn-leases .api=${api} .live=${live} .router=${router}></inn-leases>`;
    }
  }
}

customElements.define('inn-app', App);
