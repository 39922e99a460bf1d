/** Fills the hidden field that tells the server in which zone this person reads times. */

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
for (const field of document.querySelectorAll("input[data-time-zone]")) {
  /** @type {HTMLInputElement} */ (field).value = timeZone ?? "";
}
