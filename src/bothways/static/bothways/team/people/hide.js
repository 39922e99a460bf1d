/**
 * <bw-hide>: words that are marked in the text stand in the field at once. Without this script they are typed.
 */
class Hide extends HTMLElement {
  #gone = new AbortController();

  connectedCallback() {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("#words"));
    document.addEventListener(
      "selectionchange",
      () => {
        const marked = document.getSelection();
        const at = marked?.anchorNode?.parentElement;
        const words = marked?.toString().replace(/\s+/gu, " ").trim() ?? "";
        if (field && words && words.length <= field.maxLength && at?.closest("[data-words]")) field.value = words;
      },
      { signal: this.#gone.signal },
    );
  }

  disconnectedCallback() {
    this.#gone.abort();
  }
}

customElements.define("bw-hide", Hide);
