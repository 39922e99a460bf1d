/**
 * <bw-approve>: one feedback after the other by keyboard. Who comes from the last one stands in the first blank; Control
 * and Enter in a text approve and go on. Without this script the buttons do the same.
 */
const BLANK = /\[…[^[\]]*…\]/u;

class Approve extends HTMLElement {
  #gone = new AbortController();

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#press(event), { signal: this.#gone.signal });
    if (this.hasAttribute("onward")) this.#toBlank();
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (this.querySelector('button[value="next"]'));
    button?.form?.requestSubmit(button);
  }

  /** The first blank, marked, so that what is typed takes its place; where none is left, the box that approves. */
  #toBlank() {
    for (const area of this.querySelectorAll("textarea")) {
      const found = BLANK.exec(area.value);
      if (!found) continue;
      area.focus();
      area.setSelectionRange(found.index, found.index + found[0].length);
      return;
    }
    /** @type {HTMLInputElement | null} */ (this.querySelector('input[name="is_read"]'))?.focus();
  }
}

customElements.define("bw-approve", Approve);
