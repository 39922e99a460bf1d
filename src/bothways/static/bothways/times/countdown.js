/**
 * <bw-countdown until="2027-02-02T09:10:00Z" hidden>Left: <span></span></bw-countdown>
 *
 * Minutes and seconds until a moment, for the eye only: the sentence beside it says the moment.
 */

class Countdown extends HTMLElement {
  connectedCallback() {
    const until = new Date(this.getAttribute("until") ?? "").getTime();
    const shown = this.querySelector("span");
    if (!shown || Number.isNaN(until)) return;
    this.setAttribute("aria-hidden", "true");
    const tick = () => {
      const left = Math.max(0, Math.round((until - Date.now()) / 1000));
      shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      this.hidden = false;
      if (!left) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
  }
}

customElements.define("bw-countdown", Countdown);
