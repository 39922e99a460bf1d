/**
 * <bw-meeting>: arrow keys go to the next and the previous candidate, but not while somebody writes; the clock counts up when it
 * is wanted, and hurries nobody. Without this script the links do the same.
 */

import { isWriting } from "../../player/keys.js";

export class Meeting extends HTMLElement {
  #gone = new AbortController();
  /** When the clock was started, in milliseconds; 0 while it stands. */
  #since = 0;
  #ticking = 0;

  connectedCallback() {
    const { signal } = this.#gone;
    addEventListener("keydown", (event) => this.#key(event), { signal });
    const clock = this.querySelector("[data-part=clock]");
    if (clock instanceof HTMLElement) {
      clock.hidden = false;
      clock.addEventListener("click", () => this.#toggle(clock), { signal });
    }
  }

  disconnectedCallback() {
    this.#gone.abort();
    clearInterval(this.#ticking);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (isWriting(event.target) || event.target instanceof HTMLInputElement) return;
    const rtl = getComputedStyle(this).direction === "rtl";
    const rel = { ArrowRight: rtl ? "prev" : "next", ArrowLeft: rtl ? "next" : "prev" }[event.key];
    const link = rel ? this.querySelector(`a[rel=${rel}]`) : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    link.click();
  }

  /** @param {HTMLElement} clock */
  #toggle(clock) {
    const runs = this.#since === 0;
    clock.setAttribute("aria-pressed", String(runs));
    clearInterval(this.#ticking);
    this.#since = runs ? Date.now() : 0;
    if (runs) this.#ticking = setInterval(() => this.#show(), 1000);
    this.#show();
  }

  #show() {
    const time = this.querySelector("[data-part=time]");
    const s = this.#since ? Math.floor((Date.now() - this.#since) / 1000) : 0;
    if (time) time.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
  }
}

customElements.define("bw-meeting", Meeting);
