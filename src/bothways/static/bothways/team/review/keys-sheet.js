/** The sheet with all keys of the room: opened by "?" or its button, closed by Escape. Nothing else hears keys meanwhile. */

import { isWriting } from "../../player/keys.js";

const sheet = /** @type {HTMLDialogElement} */ (document.querySelector("dialog[data-part=keys]"));

function showButton() {
  document.querySelector("[data-part=keys-button]")?.removeAttribute("hidden");
}

showButton();
document.addEventListener("bw-turn", showButton);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-part=keys-button]")) sheet.showModal();
});
// Before everybody else, so that while the sheet is open no key rates what lies behind it.
addEventListener(
  "keydown",
  (event) => {
    if (sheet.open) return event.stopImmediatePropagation();
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    event.preventDefault();
    sheet.showModal();
  },
  { capture: true },
);
