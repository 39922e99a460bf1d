/**
 * <bw-transcript>: what is said, in step with the page's player. Times and words jump there; words can be found.
 *
 * Inside: a list whose entries carry `data-start` and `data-end`, and whose words carry `data-at`, all in milliseconds;
 * a form to find words, with the parts found, previous and next. Each entry is one tab stop: arrows go up and down
 * through the entries, and from there through their words. Without scripts the times are links.
 */

import { readStrings } from "../recorder/strings.js";
import { places, rangeOf } from "./finding.js";

/** @typedef {import("./player.js").Player} Player */

/** After somebody has scrolled or pointed, the list is theirs for this long. */
const POLITE_MS = 5000;

class Transcript extends HTMLElement {
  /** @type {HTMLElement[]} */
  #lines = [];
  /** @type {Element | null | undefined} */
  #line = null;
  /** @type {Element | null | undefined} */
  #word = null;
  #touched = -POLITE_MS;
  #gone = new AbortController();

  connectedCallback() {
    this.player = /** @type {Player} */ (document.querySelector("bw-player"));
    this.list = /** @type {HTMLElement} */ (this.querySelector("ol"));
    this.#lines = [...this.list.querySelectorAll("li")];
    this.find = new Find(this);
    this.#follow();
    for (const name of ["wheel", "touchmove", "pointerdown"]) {
      this.list.addEventListener(name, () => (this.#touched = performance.now()), { passive: true });
    }
    this.list.addEventListener("click", (event) => this.#clicked(event));
    this.list.addEventListener("keydown", (event) => this.#pressed(event));
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  /** @param {number} milliseconds */
  jump(milliseconds) {
    this.player?.seek(milliseconds / 1000);
  }

  /** @param {Element} line  brought into sight inside the list; the page stays where it is */
  show(line) {
    const { list } = this;
    if (!list) return;
    const [inner, outer] = [line.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    const top = list.scrollTop + inner.top - outer.top - outer.height / 3;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
  }

  #follow() {
    const media = this.player?.media;
    if (!media) return;
    const { signal } = this.#gone;
    const step = () => {
      this.#mark(media.currentTime * 1000);
      if (!media.paused && !media.ended && !signal.aborted) requestAnimationFrame(step);
    };
    media.addEventListener("playing", step, { signal });
    media.addEventListener("seeked", () => this.#mark(media.currentTime * 1000), { signal });
  }

  /** @param {number} at */
  #mark(at) {
    const line = this.#lines.find((one) => ms(one, "start") <= at && at < ms(one, "end"));
    const word = line && [...line.querySelectorAll("[data-at]")].filter((one) => ms(one, "at") <= at).at(-1);
    if (word !== this.#word) {
      this.#word?.classList.remove("now");
      word?.classList.add("now");
      this.#word = word;
    }
    if (line === this.#line) return;
    this.#line?.removeAttribute("data-now");
    line?.setAttribute("data-now", "");
    this.#line = line;
    const isTheirs = this.contains(document.activeElement) || performance.now() - this.#touched < POLITE_MS;
    if (line && !isTheirs) this.show(line);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const word = target.closest("[data-at]");
    const link = target.closest("a");
    // Whoever marks words to copy them does not want to go there.
    if (word && getSelection()?.isCollapsed) return this.jump(ms(word, "at"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.jump(ms(/** @type {Element} */ (link.closest("li")), "start"));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const line = target.closest("li");
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && target.matches("[data-at]")) this.jump(ms(target, "at"));
    else {
      const next = this.#neighbor(event.key, target, line);
      if (!next) return;
      if (next.matches("[data-at]")) next.tabIndex = -1;
      next.focus();
    }
    event.preventDefault();
  }

  /**
   * @param {string} key
   * @param {HTMLElement} target
   * @param {HTMLElement} line
   * @returns {HTMLElement | null | undefined}
   */
  #neighbor(key, target, line) {
    const spoken = this.#lines.filter((one) => one.querySelector("a"));
    const steps = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (steps) return spoken[spoken.indexOf(line) + steps]?.querySelector("a");
    const forward = getComputedStyle(line).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
    const stops = /** @type {HTMLElement[]} */ ([...line.querySelectorAll("a, [data-at]")]);
    return stops[stops.indexOf(target) + (key === forward ? 1 : -1)];
  }
}

/** The words looked for, marked where they stand. */
class Find {
  /** @type {{line: HTMLElement, range: Range}[]} */
  #found = [];
  #at = 0;
  #isPlayed = false;

  /** @param {Transcript} transcript */
  constructor(transcript) {
    this.transcript = transcript;
    this.words = readStrings(document);
    this.form = /** @type {HTMLFormElement} */ (transcript.querySelector("form"));
    this.input = /** @type {HTMLInputElement} */ (this.form.querySelector("input"));
    this.form.hidden = false;
    this.input.addEventListener("input", () => this.#look());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#go(event.shiftKey ? -1 : 1);
      if (event.key === "Enter") event.preventDefault();
    });
    this.#part("previous").addEventListener("click", () => this.#go(-1));
    this.#part("next").addEventListener("click", () => this.#go(1));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.#say();
  }

  #look() {
    this.#found = [];
    for (const line of this.transcript.querySelectorAll("li")) {
      const text = line.querySelector(".text");
      const spans = text ? places(text.textContent ?? "", this.input.value) : [];
      line.toggleAttribute("data-found", spans.length > 0);
      for (const [start, end] of spans) {
        this.#found.push({ line, range: rangeOf(/** @type {Element} */ (text), start, end) });
      }
    }
    CSS.highlights?.set("bw-found", new Highlight(...this.#found.map((one) => one.range)));
    this.#at = 0;
    this.#isPlayed = false;
    this.#mark();
  }

  /** @param {number} steps */
  #go(steps) {
    const count = this.#found.length;
    // The first place is shown at once and played when it is asked for.
    if (this.#isPlayed || steps < 0) this.#at = (this.#at + steps + count) % count;
    const here = this.#mark();
    if (!here) return;
    this.#isPlayed = true;
    const word = here.range.startContainer.parentElement?.closest("[data-at]");
    this.transcript.jump(word ? ms(word, "at") : ms(here.line, "start"));
  }

  /** The place that is looked at, marked and in sight. */
  #mark() {
    const here = this.#found[this.#at];
    CSS.highlights?.delete("bw-found-here");
    if (here) {
      CSS.highlights?.set("bw-found-here", new Highlight(here.range));
      this.transcript.show(here.line);
    }
    this.#say();
    return here;
  }

  #say() {
    const of = this.#found.length;
    const isAsked = this.input.value.trim() !== "";
    const found = of ? this.words("found", { at: this.#at + 1, of }) : this.words("found_nothing");
    this.#part("found").textContent = isAsked ? found : "";
    for (const name of ["previous", "next"]) this.#part(name).toggleAttribute("hidden", !of);
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.form.querySelector(`[data-part=${name}]`));
  }
}

/**
 * @param {Element} element
 * @param {"start" | "end" | "at"} name
 */
function ms(element, name) {
  return Number(element.getAttribute(`data-${name}`));
}

customElements.define("bw-transcript", Transcript);
