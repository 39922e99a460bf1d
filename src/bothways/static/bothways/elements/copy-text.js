/**
 * <copy-text data-copied="Copied."><input readonly><button hidden>Copy</button><span role="status"></span></copy-text>
 *
 * Copies the text of its field. Without scripts the button stays hidden and the field can be copied by hand.
 */
class CopyText extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    const status = this.querySelector("[role=status]");
    if (!field || !button || !status) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        // Without HTTPS there is no clipboard; the field is selected, and the old command still copies.
        if (!document.execCommand("copy")) return;
      }
      status.textContent = this.dataset.copied ?? "";
    });
  }
}

customElements.define("copy-text", CopyText);
