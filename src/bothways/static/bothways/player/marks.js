/** Places on a player's line that somebody has noted: one tab stop for all, arrows go from one to the next. */

/** @typedef {{key: string, start_ms: number, end_ms: number | null, words: string}} Mark */

export class Marks {
  /** The one that a tab leads to. */
  #at = 0;

  /**
   * @param {HTMLElement} bar  holds the line, and is as long as the recording
   * @param {number} durationMs
   * @param {string} words  what they are, as a screen reader says it
   * @param {(mark: Mark) => void} onPick
   */
  constructor(bar, durationMs, words, onPick) {
    this.durationMs = durationMs;
    this.onPick = onPick;
    this.root = document.createElement("div");
    this.root.className = "marks";
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", words);
    this.root.addEventListener("keydown", (event) => this.#pressed(event));
    bar.append(this.root);
  }

  /** @param {Mark[]} marks  in the order of their times */
  show(marks) {
    const focused = this.#buttons.findIndex((one) => one === document.activeElement);
    this.root.replaceChildren(...marks.flatMap((mark) => this.#drawn(mark)));
    this.root.hidden = marks.length === 0;
    this.#reach(Math.min(this.#at, marks.length - 1));
    if (focused >= 0) this.#buttons[this.#at]?.focus();
  }

  get #buttons() {
    return [...this.root.querySelectorAll("button")];
  }

  /** @param {Mark} mark */
  #drawn(mark) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", mark.words);
    button.title = mark.words;
    button.style.insetInlineStart = this.#place(mark.start_ms);
    button.addEventListener("click", () => {
      this.#reach(this.#buttons.indexOf(button));
      this.onPick(mark);
    });
    if (mark.end_ms === null) return [button];
    const stretch = document.createElement("i");
    stretch.style.insetInlineStart = this.#place(mark.start_ms);
    stretch.style.inlineSize = this.#place(mark.end_ms - mark.start_ms);
    return [stretch, button];
  }

  /** @param {number} milliseconds */
  #place(milliseconds) {
    return `${Math.min(100, (milliseconds * 100) / this.durationMs)}%`;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const buttons = this.#buttons;
    // The line runs from left to right in every language.
    const to = { ArrowLeft: this.#at - 1, ArrowRight: this.#at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons[to]) return;
    event.preventDefault();
    this.#reach(to);
    buttons[to]?.focus();
  }

  /** @param {number} at */
  #reach(at) {
    this.#at = Math.max(0, at);
    this.#buttons.forEach((button, place) => (button.tabIndex = place === this.#at ? 0 : -1));
  }
}
