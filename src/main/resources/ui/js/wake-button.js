import { LitElement, html } from 'lit';

/** Sends a magic packet to a device that sleeps. */
class WakeButton extends LitElement {
  static properties = { api: { attribute: false }, mac: {}, busy: { state: true }, said: { state: true }, bad: { state: true } };

  createRenderRoot() { return this; }

  async #wake() {
    this.busy = true;
    this.said = '';
    try {
      const { sentTo } = await this.api.wake(this.mac);
      this.bad = false;
      this.said = `A magic packet went to ${sentTo.join(', ')}. Whether it woke, shows here in a while.`;
    } catch (problem) {
      this.bad = true;
      this.said = `${problem.title}: ${problem.detail || problem.advice}.`;
    }
    this.busy = false;
  }

  render() {
    return html`<div class="wake"><button type="button" class="button" ?disabled=${this.busy} @click=${this.#wake}
        title="Sends a magic packet (wake-on-LAN). The device must be set up for that">${this.busy ? 'Waking…' : 'Wake it up'}</button>
      <span role="status" class=${this.bad ? 'bad-text' : 'quiet'}>${this.said ?? ''}</span></div>`;
  }
}

customElements.define('inn-wake', WakeButton);
