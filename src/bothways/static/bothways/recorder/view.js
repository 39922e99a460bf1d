/**
 * Draws a state onto the page that the server wrote. One way only: nothing is ever read back from the page.
 *
 * The markup says when a part shows and what it shows:
 *   data-when="recording paused"   in these phases
 *   data-if="offline !found"       when all of these hold
 *   data-text="safe"               its words
 *   data-width="elapsed"           width of an SVG rect, in percent
 *   data-pressed="picture"         aria-pressed
 *   data-disabled="busy"           aria-disabled
 *   data-focus="thinking"          gets the focus when this phase begins and the focus would be lost
 */

/**
 * @typedef {object} Sight  Everything that a page can show at one moment.
 * @property {string} phase
 * @property {Record<string, boolean>} flags
 * @property {Record<string, string>} texts
 * @property {Record<string, number>} [widths]  from 0 to 1
 */

export class View {
  /** @param {HTMLElement} scope  with `data-undrawn`, so that styles hide what the script has not judged yet */
  constructor(scope) {
    this.#scope = scope;
    this.#nodes = [...scope.querySelectorAll(PARTS)].filter((node) => node instanceof Element);
  }

  #scope;
  #nodes;
  #phase = "";

  /** @param {Sight} sight */
  draw(sight) {
    for (const node of this.#nodes) drawPart(/** @type {HTMLElement} */ (node), sight);
    this.#scope.removeAttribute("data-undrawn");
    this.#scope.dataset.phase = sight.phase;
    if (this.#phase && this.#phase !== sight.phase) this.#moveFocus(sight.phase);
    this.#phase = sight.phase;
  }

  /**
   * A button that was pressed goes away with its phase; the focus must not go with it.
   *
   * @param {string} phase
   */
  #moveFocus(phase) {
    if (this.#scope === document.body) window.scrollTo({ top: 0 });
    const held = document.activeElement;
    // Words hold the focus only until there is something to press.
    if (held instanceof HTMLElement && held.tabIndex >= 0 && isShown(held)) return;
    const wanted = [...this.#scope.querySelectorAll(`[data-focus~="${phase}"]`)];
    const target = wanted.find((node) => node instanceof HTMLElement && isShown(node));
    if (target instanceof HTMLElement) target.focus({ preventScroll: target.matches("button") });
  }
}

const PARTS = "[data-when], [data-if], [data-text], [data-width], [data-pressed], [data-disabled]";

/**
 * @param {HTMLElement} node
 * @param {Sight} sight
 */
function drawPart(node, { phase, flags, texts, widths = {} }) {
  const { when, if: needed, text, width, pressed, disabled } = node.dataset;
  if (when !== undefined || needed !== undefined) {
    const hidden = !(inPhase(when, phase) && holds(needed, flags));
    if (node.hidden !== hidden) node.hidden = hidden;
  }
  if (text !== undefined && node.textContent !== (texts[text] ?? "")) node.textContent = texts[text] ?? "";
  if (width !== undefined) set(node, "width", `${Math.round(1000 * Math.min(1, widths[width] ?? 0)) / 10}%`);
  if (pressed !== undefined) set(node, "aria-pressed", String(flags[pressed] ?? false));
  if (disabled !== undefined) set(node, "aria-disabled", String(flags[disabled] ?? false));
}

/**
 * @param {string | undefined} wanted
 * @param {string} phase
 */
const inPhase = (wanted, phase) => wanted === undefined || wanted.split(" ").includes(phase);

/**
 * @param {string | undefined} needed
 * @param {Record<string, boolean>} flags
 */
const holds = (needed, flags) =>
  (needed ?? "")
    .split(" ")
    .filter(Boolean)
    .every((name) => (name.startsWith("!") ? !flags[name.slice(1)] : (flags[name] ?? false)));

/**
 * @param {Element} node
 * @param {string} name
 * @param {string} value
 */
function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** @param {HTMLElement} node */
const isShown = (node) => node.getClientRects().length > 0;
