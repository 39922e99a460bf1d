/**
 * <bw-local-time zone="UTC"><time datetime="2026-03-10T23:59:00Z">10 March, 23:59 UTC</time></bw-local-time>
 *
 * Says a moment in the reader's own zone and names the zone. Without script the server's words stay. `show="date"` leaves out
 * the time of day, `show="time"` the date. Whose device is in the server's `zone` anyway reads the server's words, too.
 */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const SHOWS = {
  date: { weekday: "long", day: "numeric", month: "long" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" },
};

class LocalTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const moment = new Date(time?.dateTime ?? "");
    if (!time || Number.isNaN(moment.getTime())) return;
    const own_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own_zone === this.getAttribute("zone")) return;
    // English dates as on the rest of the page: the day before the month.
    const language = document.documentElement.lang || undefined;
    const locale = language === "en" ? "en-GB" : language;
    const show = SHOWS[this.getAttribute("show") ?? ""] ?? { ...SHOWS.date, ...SHOWS.time };
    time.textContent = new Intl.DateTimeFormat(locale, show).format(moment);
  }
}

customElements.define("bw-local-time", LocalTime);
