/**
 * <bw-level-meter>: how loud it is, as bars. `shape="row"` fills up (device check), `shape="wave"` shows the last seconds
 * (while recording). Decoration: the words beside it say the same to everybody.
 */

const SVG = "http://www.w3.org/2000/svg";
const BARS = 40;
const STEP = 10;
const TALL = 28;

export class LevelMeter extends HTMLElement {
  /** @type {SVGRectElement[]} */
  #bars = [];
  /** @type {number[]} */
  #past = [];

  connectedCallback() {
    if (this.#bars.length) return;
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({
      viewBox: `0 0 ${BARS * STEP} ${TALL}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    })) {
      svg.setAttribute(name, value);
    }
    this.#bars = Array.from({ length: BARS }, (_, at) => {
      const bar = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x: at * STEP, width: STEP / 2, rx: STEP / 4 })) {
        bar.setAttribute(name, String(value));
      }
      return bar;
    });
    svg.append(...this.#bars);
    this.replaceChildren(svg);
    this.level = 0;
  }

  /** @param {number} level  from 0 to 1 */
  set level(level) {
    this.#past = [...this.#past.slice(1 - BARS), level];
    const wave = this.getAttribute("shape") === "wave";
    for (const [at, bar] of this.#bars.entries()) {
      const past = this.#past[this.#past.length - BARS + at] ?? 0;
      const on = level * BARS > at;
      // The row keeps a lively outline, so that it reads as a voice and not as a battery.
      const height = wave ? 0.1 + 0.9 * past : on ? 0.55 + 0.45 * Math.abs(Math.sin(at * 1.7)) : 0.3;
      bar.setAttribute("height", (height * TALL).toFixed(1));
      bar.setAttribute("y", (((1 - height) * TALL) / 2).toFixed(1));
      bar.setAttribute("class", on || wave ? "on" : "off");
    }
  }
}

customElements.define("bw-level-meter", LevelMeter);
