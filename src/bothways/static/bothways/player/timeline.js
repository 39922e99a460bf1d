/** The line under the picture: what was watched, where we are, how loud or silent it is; clicked, dragged or moved by keys. */

/** @typedef {import("./spans.js").Span} Span */

const SVG = "http://www.w3.org/2000/svg";
const MIDDLE = 16;
const TALL = 4;
const HATCH_ID = "silence-hatch";
const HATCH_EVERY = "6";

export class Timeline {
  /**
   * @param {HTMLElement} root  holds an svg and a range input
   * @param {number} durationMs
   */
  constructor(root, durationMs) {
    this.durationMs = durationMs;
    this.svg = /** @type {SVGSVGElement} */ (root.querySelector("svg"));
    this.input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
    this.input.max = String(Math.ceil(durationMs / 1000));
    this.silences = this.#group();
    this.levels = this.#group();
    this.svg.append(hatch(), this.silences, this.levels, this.#bar("track", 0, durationMs));
    this.seen = this.#group();
    this.played = this.#bar("played", 0, 0);
    this.head = this.#rect("head", MIDDLE - 9, 18);
    this.head.setAttribute("width", "3");
    this.head.setAttribute("rx", "1.5");
    this.svg.append(this.seen, this.played, this.head);
  }

  /** @param {Span[]} spans  what the server believes was watched */
  showSeen(spans) {
    this.seen.replaceChildren(...spans.map(([start, end]) => this.#bar("seen", start, end)));
  }

  /**
   * @param {number} seconds
   * @param {string} words  the place, as a screen reader says it
   */
  showPlace(seconds, words) {
    const share = Math.min(100, (seconds * 100_000) / this.durationMs);
    this.played.setAttribute("width", `${share}%`);
    this.head.setAttribute("x", `${share}%`);
    this.input.value = String(Math.round(seconds));
    this.input.setAttribute("aria-valuetext", words);
  }

  /** @param {number[]} peaks  from 0 to 100, evenly over the whole recording */
  showLevels(peaks) {
    const bars = Math.min(160, peaks.length);
    const loudest = Math.max(1, ...peaks);
    const drawn = [];
    for (let bar = 0; bar < bars; bar++) {
      const part = peaks.slice(Math.floor((bar * peaks.length) / bars), Math.ceil(((bar + 1) * peaks.length) / bars));
      const tall = Math.max(1, (Math.max(...part) / loudest) * 2 * (MIDDLE - 2));
      const rect = this.#rect("level", MIDDLE - tall / 2, tall);
      rect.setAttribute("x", `${(bar * 100) / bars}%`);
      rect.setAttribute("width", `${60 / bars}%`);
      drawn.push(rect);
    }
    this.levels.replaceChildren(...drawn);
  }

  /** @param {Span[]} spans  where nothing is to be heard */
  showSilences(spans) {
    const drawn = spans.map(([start, end]) => this.#across(this.#rect("silence", MIDDLE - 10, 20), start, end));
    for (const rect of drawn) rect.setAttribute("fill", `url(#${HATCH_ID})`);
    this.silences.replaceChildren(...drawn);
  }

  #group() {
    return document.createElementNS(SVG, "g");
  }

  /**
   * @param {string} name
   * @param {number} start
   * @param {number} end
   */
  #bar(name, start, end) {
    const rect = this.#rect(name, MIDDLE - TALL / 2, TALL);
    rect.setAttribute("rx", String(TALL / 2));
    return this.#across(rect, start, end);
  }

  /**
   * @param {SVGRectElement} rect
   * @param {number} start
   * @param {number} end
   */
  #across(rect, start, end) {
    rect.setAttribute("x", `${(start * 100) / this.durationMs}%`);
    rect.setAttribute("width", `${((end - start) * 100) / this.durationMs}%`);
    return rect;
  }

  /**
   * @param {string} name
   * @param {number} y
   * @param {number} tall
   */
  #rect(name, y, tall) {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", name);
    rect.setAttribute("y", String(y));
    rect.setAttribute("height", String(tall));
    return rect;
  }
}

/** Slanted lines, which nobody takes for sound or for what was watched, in any colour. */
function hatch() {
  const pattern = document.createElementNS(SVG, "pattern");
  const size = { width: HATCH_EVERY, height: HATCH_EVERY };
  const given = { id: HATCH_ID, ...size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  for (const [name, value] of Object.entries(given)) pattern.setAttribute(name, value);
  const line = document.createElementNS(SVG, "rect");
  line.setAttribute("width", "1.5");
  line.setAttribute("height", HATCH_EVERY);
  pattern.append(line);
  return pattern;
}
