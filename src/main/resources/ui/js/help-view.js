import { LitElement, html } from 'lit';
import { hrefOf } from './router.js';

/** What to do when nothing is seen, and the words used on the page. */
class Help extends LitElement {
  createRenderRoot() { return this; }

  render() {
    return html`
      <div class="view-head"><h1 tabindex="-1">Help</h1></div>
      <div class="help">
        <section class="card pad"><h2>Point Innkeeper at dnsmasq</h2>
          <p>Without any configuration Innkeeper looks in the usual places of a dnsmasq on this machine. When its lease file is somewhere else, say where:</p>
          <pre tabindex="0">./innkeeper run --set dnsmasq.leases=/var/lib/misc/dnsmasq.leases</pre>
          <p>or, to keep it, in <code>innkeeper.yaml</code>:</p>
          <pre tabindex="0">dnsmasq:
  name: home
  leases: /var/lib/misc/dnsmasq.leases
  config: [/etc/dnsmasq.conf]</pre>
          <ul>
            <li><strong>Where is the file?</strong> Look for <code>dhcp-leasefile=</code> in dnsmasq's configuration. Without it, it is often <code>/var/lib/misc/dnsmasq.leases</code>, on OpenWrt <code>/tmp/dhcp.leases</code>, with Pi-hole <code>/etc/pihole/dhcp.leases</code>.</li>
            <li><strong>dnsmasq in a container?</strong> Share the folder of the lease file with Innkeeper, read-only is enough. Share the folder, not the single file.</li>
            <li><strong>May Innkeeper read it?</strong> <a href=${hrefOf('services')}>Services</a> shows what it tried, and why it could not.</li>
            <li><strong>Does dnsmasq hand out addresses at all?</strong> It needs a <code>dhcp-range=</code> line. The file is empty until the first guest comes.</li>
          </ul></section>
        <section class="card pad"><h2>No network at hand?</h2>
          <p><code>./innkeeper demo</code> shows a simulated one: devices come and go, and nothing is sent anywhere.</p></section>
        <section class="card pad"><h2>Words on this page</h2>
          <dl class="words-list">
            <dt>Lease</dt><dd>The right of one device to use one address, for a time.</dd>
            <dt>Static</dt><dd>The configuration fixes the address for this device. Open the row to see the line that says so.</dd>
            <dt>Dynamic</dt><dd>The address came from the pool; next time it may be another.</dd>
            <dt>Random</dt><dd>The device made its MAC address up, as phones do for privacy. It may come back under another one.</dd>
            <dt>Uplink</dt><dd>An interface by which this machine reaches the world; its address comes from somebody else's DHCP server.</dd>
            <dt>Never ends</dt><dd>The lease is infinite.</dd>
            <dt>Not known</dt><dd>The source does not say when the lease ends.</dd>
          </dl></section>
      </div>`;
  }
}

customElements.define('inn-help', Help);
