/**
 * The picture at a place of the recording, shown over the line while somebody looks for one: under the pointer, or where the
 * keys have moved to. The pictures stand on one sheet (src/bothways/media/sprites.py), fetched when first wanted.
 *
 * @typedef {{url: string, every_ms: number, columns: number, tiles: number}} Sheet
 */

import { clock } from "./times.js";

const SVG = "http://www.w3.org/2000/svg";
const SHOWN_AFTER_KEY_MS = 1200;
const GAP = 8;

export class Peek {
  /** @type {HTMLImageElement | undefined} */
  #image;
  #timer = 0;
  #wanted = false;

  /**
   * @param {HTMLElement} bar  holds a range input, whose steps are seconds
   * @param {Sheet} sheet
   * @param {number} durationMs
   */
  constructor(bar, sheet, durationMs) {
    this.bar = bar;
    this.sheet = sheet;
    this.durationMs = durationMs;
    this.root = document.createElementNS(SVG, "svg");
    this.root.setAttribute("class", "peek");
    this.root.setAttribute("aria-hidden", "true");
    this.tile = document.createElementNS(SVG, "svg");
    this.picture = document.createElementNS(SVG, "image");
    this.time = document.createElementNS(SVG, "text");
    this.frame = document.createElementNS(SVG, "rect");
    this.tile.append(this.picture);
    this.root.append(this.tile, this.frame, this.time);
    this.hide();
    bar.append(this.root);
    bar.addEventListener("pointermove", (event) => {
      const { left, width } = bar.getBoundingClientRect();
      void this.show(((event.clientX - left) / width) * durationMs);
    });
    for (const name of ["pointerleave", "pointercancel", "focusout"]) bar.addEventListener(name, () => this.hide());
    bar.addEventListener("input", (event) => {
      void this.show(Number(/** @type {HTMLInputElement} */ (event.target).value) * 1000);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.hide(), SHOWN_AFTER_KEY_MS);
    });
  }

  /** @param {number} ms */
  async show(ms) {
    clearTimeout(this.#timer);
    const at = Math.max(0, Math.min(ms, this.durationMs));
    this.#wanted = true;
    const image = await this.#sheet();
    if (image && this.#wanted && !this.off) this.#draw(image, at);
  }

  hide() {
    this.#wanted = false;
    this.root.toggleAttribute("hidden", true);
  }

  /** Nobody wants pictures while they only listen. */
  off = false;

  /**
   * @param {HTMLImageElement} image
   * @param {number} ms
   */
  #draw(image, ms) {
    const { columns, tiles, every_ms: every } = this.sheet;
    const width = image.naturalWidth / columns;
    const height = image.naturalHeight / Math.ceil(tiles / columns);
    const number = Math.min(Math.floor(ms / every), tiles - 1);
    const room = this.bar.clientWidth;
    const x = Math.max(0, Math.min((ms / this.durationMs) * room - width / 2, room - width));
    const box = { x, y: -height - GAP, width, height };
    for (const [name, value] of Object.entries(box)) {
      this.tile.setAttribute(name, String(value));
      this.frame.setAttribute(name, String(value));
    }
    this.tile.setAttribute("viewBox", `${(number % columns) * width} ${Math.floor(number / columns) * height} ${width} ${height}`);
    this.picture.setAttribute("width", String(image.naturalWidth));
    this.picture.setAttribute("height", String(image.naturalHeight));
    this.picture.setAttribute("href", this.sheet.url);
    this.time.setAttribute("x", String(x + width / 2));
    this.time.setAttribute("y", String(-GAP * 2));
    this.time.textContent = clock(ms / 1000);
    this.root.toggleAttribute("hidden", false);
  }

  async #sheet() {
    if (this.off) return undefined;
    if (!this.#image) {
      this.#image = new Image();
      this.#image.src = this.sheet.url;
    }
    try {
      await this.#image.decode();
      return this.#image;
    } catch {
      return undefined;
    }
  }
}
