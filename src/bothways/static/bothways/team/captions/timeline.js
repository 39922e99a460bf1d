/**
 * The captions over the recording's loudness: blocks that are moved, and edges that are pulled, by pointer and by keys.
 *
 * Time runs from left to right in every language, like the waveform. Each caption is three sliders (the whole, its beginning,
 * its end), and so is the place in the recording; those of the current caption can be reached with Tab.
 */

import { moved, snapped } from "./model.js";
import { written } from "./times.js";

/** @typedef {import("./model.js").Cue} Cue */
/** @typedef {import("./model.js").Part} Part */
/** @typedef {import("../../recorder/strings.js").Words} Words */
/**
 * @typedef {object} Events
 * @property {(ms: number) => void} onSeek
 * @property {(id: number) => void} onPick
 * @property {(cues: Cue[], isDone: boolean) => void} onDrag
 */

const SVG = "http://www.w3.org/2000/svg";
const [RULER, TALL, GAP] = [18, 56, 4];
const EDGE = 12;
/** What the scroller leaves on both sides, so that the place at the very beginning is seen: as in captions.css. */
const MARGIN = 8;
const SNAP_PX = 8;
const [CLOSEST, STEP] = [0.4, 1.5];
/** @type {Part[]} */
const PARTS = ["whole", "start", "end"];

export class Timeline {
  /**
   * @param {HTMLElement} scroller
   * @param {number} duration_ms
   * @param {Words} words
   * @param {Events} events
   */
  constructor(scroller, duration_ms, words, events) {
    this.scroller = scroller;
    this.duration_ms = duration_ms;
    this.words = words;
    this.events = events;
    this.svg = /** @type {SVGSVGElement} */ (made("svg", { height: RULER + TALL + GAP, class: "cue-timeline" }));
    this.ruler = made("g", { class: "ruler" });
    this.wave = made("svg", { class: "wave", y: RULER, height: TALL, width: "100%", preserveAspectRatio: "none" });
    this.blocks = made("g", {});
    this.head = made("g", { class: "head" });
    this.svg.append(this.wave, this.ruler, this.blocks, this.head);
    this.#drawHead();
    scroller.append(this.svg);
    this.svg.addEventListener("pointerdown", (event) => this.#pressed(event));
    this.svg.addEventListener("click", (event) => this.#clicked(event));
    this.svg.addEventListener("focusin", ({ target }) => {
      const id = this.#blockAt(target);
      if (id !== null) events.onPick(id);
    });
    new ResizeObserver(() => this.#resized()).observe(scroller);
  }

  /** Pixels for a millisecond. */
  #scale = 0;
  #isWhole = true;
  /** @type {Cue[]} */
  #cues = [];
  /** @type {number | null} */
  #current = null;
  #now_ms = 0;
  /** A drag ends with a click that means nothing. */
  #hasDragged = false;

  /**
   * @param {Cue[]} cues
   * @param {number | null} current
   * @param {Set<number>} concerned  those to look at
   */
  draw(cues, current, concerned) {
    this.#cues = cues;
    this.#current = current;
    const old = new Map([...this.blocks.children].map((block) => [block.getAttribute("data-id"), block]));
    cues.forEach((cue, place) => {
      const block = old.get(String(cue.id)) ?? newBlock(cue.id);
      old.delete(String(cue.id));
      // What stands in its place is not put there anew: that would take the focus away.
      if (this.blocks.children[place] !== block) this.blocks.insertBefore(block, this.blocks.children[place] ?? null);
      block.classList.toggle("concerned", concerned.has(cue.id));
      this.#fill(block, cue, place + 1);
    });
    for (const block of old.values()) block.remove();
  }

  /** @param {number} ms */
  showNow(ms) {
    this.#now_ms = ms;
    this.head.setAttribute("transform", `translate(${ms * this.#scale} 0)`);
    describe(this.head, this.words("place"), ms, 0, this.duration_ms, written(ms));
    for (const block of this.blocks.children) {
      const [start, end] = ["start", "end"].map((edge) => Number(block.getAttribute(`data-${edge}`)));
      block.classList.toggle("now", (start ?? 0) <= ms && ms < (end ?? 0));
    }
  }

  /** Keeps the place in sight while it plays. */
  follow() {
    const at = this.#now_ms * this.#scale;
    const { scrollLeft, clientWidth } = this.scroller;
    if (at < scrollLeft || at > scrollLeft + clientWidth - 24) this.scroller.scrollLeft = at - 24;
  }

  /** @param {number[]} peaks  from 0 to 100, evenly over the recording */
  showPeaks(peaks) {
    const loudest = Math.max(1, ...peaks);
    const bars = peaks.map((peak, at) => {
      const tall = Math.max(1, (peak / loudest) * 96);
      return `M${at} ${(100 - tall) / 2}h1v${tall}h-1z`;
    });
    this.wave.setAttribute("viewBox", `0 0 ${peaks.length} 100`);
    this.wave.replaceChildren(made("path", { d: bars.join("") }));
  }

  /** @param {"closer" | "farther" | "fit"} how */
  zoom(how) {
    const fit = this.#fit;
    const wanted = how === "fit" ? fit : how === "closer" ? this.#scale * STEP : this.#scale / STEP;
    const middle = this.#now_ms * this.#scale - this.scroller.scrollLeft;
    this.#setScale(Math.max(fit, Math.min(wanted, CLOSEST)));
    this.#isWhole = this.#scale <= fit;
    this.scroller.scrollLeft = this.#now_ms * this.#scale - middle;
  }

  /**
   * @param {number} id
   * @param {Part} part
   */
  focus(id, part = "whole") {
    /** @type {SVGElement | null} */ (this.blocks.querySelector(`[data-id="${id}"] [data-edge=${part}]`))?.focus();
  }

  /** Which caption and which part of it has the focus, or the place in the recording. */
  get held() {
    const active = document.activeElement;
    if (!active || !this.svg.contains(active)) return null;
    if (active === this.head) return { id: null, part: null };
    return { id: this.#blockAt(active), part: /** @type {Part} */ (active.getAttribute("data-edge")) };
  }

  /** The scale at which the whole recording is in sight. */
  get #fit() {
    return Math.max(1, this.scroller.clientWidth - 2 * MARGIN) / this.duration_ms;
  }

  /** @param {EventTarget | null} target */
  #blockAt(target) {
    const block = target instanceof Element ? target.closest("[data-id]") : null;
    return block ? Number(block.getAttribute("data-id")) : null;
  }

  #resized() {
    const fit = this.#fit;
    if (this.#scale === 0) {
      // A long recording begins closer, so that its blocks can be held.
      this.#setScale(Math.max(fit, 0.04));
      this.#isWhole = this.#scale <= fit;
    } else if (this.#isWhole || this.#scale < fit) this.#setScale(fit);
  }

  /** @param {number} scale */
  #setScale(scale) {
    this.#scale = scale;
    this.svg.setAttribute("width", String(Math.floor(this.duration_ms * scale)));
    this.#drawRuler();
    [...this.blocks.children].forEach((block, place) => {
      const cue = this.#cues[place];
      if (cue) this.#fill(block, cue, place + 1);
    });
    this.showNow(this.#now_ms);
  }

  #drawRuler() {
    const step = [1, 2, 5, 10, 20, 30, 60].find((seconds) => seconds * 1000 * this.#scale >= 48) ?? 60;
    const marks = [];
    for (let second = 0; second * 1000 < this.duration_ms; second += step) {
      const x = second * 1000 * this.#scale;
      const text = made("text", { x: x + 4, y: 12 });
      text.textContent = written(second * 1000).replace(/\.0$/, "");
      marks.push(made("rect", { x, y: 0, width: 1, height: RULER }), text);
    }
    this.ruler.replaceChildren(...marks);
    this.ruler.setAttribute("aria-hidden", "true");
    this.wave.setAttribute("aria-hidden", "true");
  }

  #drawHead() {
    this.head.append(
      made("rect", { class: "grip", x: -12, y: 0, width: 24, height: RULER }),
      made("rect", { x: -1, y: 0, width: 2, height: RULER + TALL }),
      made("path", { d: `M-6 0h12v6l-6 6l-6 -6z` }),
    );
    this.head.setAttribute("role", "slider");
    this.head.setAttribute("tabindex", "0");
  }

  /**
   * @param {Element} block
   * @param {Cue} cue
   * @param {number} n
   */
  #fill(block, cue, n) {
    const [x, width] = [cue.start_ms * this.#scale, Math.max(2, (cue.end_ms - cue.start_ms) * this.#scale)];
    const edge = Math.min(EDGE, width / 3);
    const isCurrent = cue.id === this.#current;
    block.setAttribute("data-start", String(cue.start_ms));
    block.setAttribute("data-end", String(cue.end_ms));
    block.classList.toggle("current", isCurrent);
    const [whole, start, end] = PARTS.map((part) => /** @type {Element} */ (block.querySelector(`[data-edge=${part}]`)));
    const label = /** @type {Element} */ (block.querySelector("svg"));
    place(whole, x, width);
    place(start, x, edge);
    place(end, x + width - edge, edge);
    place(label, x + edge / 2, Math.max(0, width - edge));
    const text = /** @type {Element} */ (label.firstElementChild);
    const said = cue.text.replaceAll("\n", " ");
    if (text.textContent !== said) text.textContent = said;
    const span = this.words("span", { start: written(cue.start_ms), end: written(cue.end_ms), text: said });
    describe(whole, this.words("whole", { n }), cue.start_ms, 0, this.duration_ms, span);
    describe(start, this.words("begins", { n }), cue.start_ms, 0, cue.end_ms, written(cue.start_ms));
    describe(end, this.words("ends", { n }), cue.end_ms, cue.start_ms, this.duration_ms, written(cue.end_ms));
    const isReached = isCurrent || (this.#current === null && n === 1);
    for (const part of [whole, start, end]) part?.setAttribute("tabindex", isReached ? "0" : "-1");
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const held = target.closest("[data-edge]");
    this.#hasDragged = false;
    if (event.button !== 0) return;
    if (this.head.contains(target)) return this.#track(event, (by_px, begun) => this.#seek(begun + by_px));
    const id = this.#blockAt(held);
    const cue = this.#cues.find((one) => one.id === id);
    if (!held || !cue) return;
    const part = /** @type {Part} */ (held.getAttribute("data-edge"));
    const before = this.#cues;
    const from = part === "end" ? cue.end_ms : cue.start_ms;
    /** @type {Cue[]} */
    let after = before;
    this.#track(
      event,
      (by_px) => {
        const to = this.#pulled(from + by_px / this.#scale, cue, part);
        after = moved(before, cue.id, part, to, this.duration_ms);
        this.events.onDrag(after, false);
      },
      () => this.events.onDrag(after, true),
    );
  }

  /**
   * Where neighbours and the place in the recording pull what is dragged.
   *
   * @param {number} to_ms
   * @param {Cue} cue
   * @param {Part} part
   */
  #pulled(to_ms, cue, part) {
    const others = this.#cues.filter((one) => one.id !== cue.id).flatMap((one) => [one.start_ms, one.end_ms]);
    const places = [...others, this.#now_ms, 0, this.duration_ms];
    const within = SNAP_PX / this.#scale;
    const start = snapped(to_ms, places, within);
    if (part !== "whole" || start !== to_ms) return start;
    const length = cue.end_ms - cue.start_ms;
    return snapped(to_ms + length, places, within) - length;
  }

  /**
   * @param {PointerEvent} event
   * @param {(by_px: number, begun_px: number) => void} onMove
   * @param {() => void} [onEnd]
   */
  #track(event, onMove, onEnd) {
    const begun = this.#xOf(event);
    const stop = new AbortController();
    const { signal } = stop;
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener(
      "pointermove",
      (move) => {
        const by = this.#xOf(move) - begun;
        if (!this.#hasDragged && Math.abs(by) < 3) return;
        this.#hasDragged = true;
        onMove(by, begun);
      },
      { signal },
    );
    const end = () => {
      stop.abort();
      if (this.#hasDragged) onEnd?.();
    };
    this.svg.addEventListener("pointerup", end, { signal });
    this.svg.addEventListener("pointercancel", end, { signal });
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (!this.#hasDragged && !target.closest("[data-edge]") && !this.head.contains(target)) this.#seek(this.#xOf(event));
  }

  /** @param {number} x */
  #seek(x) {
    this.events.onSeek(Math.max(0, Math.min(x / this.#scale, this.duration_ms)));
  }

  /** @param {MouseEvent} event */
  #xOf(event) {
    return event.clientX - this.svg.getBoundingClientRect().left;
  }
}

/** @param {number} id */
function newBlock(id) {
  const block = made("g", { class: "block", "data-id": id });
  const label = made("svg", { class: "label", y: RULER, height: TALL, "aria-hidden": "true" });
  label.append(made("text", { x: 4, y: 16 }));
  const [whole, start, end] = PARTS.map((part) =>
    made("rect", { class: part, "data-edge": part, role: "slider", y: RULER, height: TALL, rx: 4 }),
  );
  block.append(/** @type {Element} */ (whole), label, /** @type {Element} */ (start), /** @type {Element} */ (end));
  return block;
}

/**
 * @param {Element | undefined} part
 * @param {number} x
 * @param {number} width
 */
function place(part, x, width) {
  part?.setAttribute("x", String(x));
  part?.setAttribute("width", String(width));
}

/**
 * What a screen reader says of a slider. Its figures are seconds.
 *
 * @param {Element | undefined} slider
 * @param {string} name
 * @param {number} value_ms
 * @param {number} least_ms
 * @param {number} most_ms
 * @param {string} said
 */
function describe(slider, name, value_ms, least_ms, most_ms, said) {
  slider?.setAttribute("aria-label", name);
  slider?.setAttribute("aria-valuemin", String(least_ms / 1000));
  slider?.setAttribute("aria-valuemax", String(most_ms / 1000));
  slider?.setAttribute("aria-valuenow", String(value_ms / 1000));
  slider?.setAttribute("aria-valuetext", said);
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
