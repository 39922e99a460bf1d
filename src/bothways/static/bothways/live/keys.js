/** Keys of the room, for the whole page, but never while somebody writes or a sheet is open. */

import { isWriting } from "../player/keys.js";

/** @type {Record<string, string>} */
const ACTS = { m: "mute", v: "camera", s: "share", w: "write", c: "captions", r: "record", q: "ask-next", n: "stamp", "?": "keys" };

/**
 * @param {(act: string) => void} run  an act of the page, or `rate-0` to `rate-5`
 */
export function listenToKeys(run) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const { target, key } = event;
    if (isWriting(target)) {
      if (key === "Escape" && target instanceof HTMLElement) target.blur();
      return;
    }
    const act = /^[0-5]$/.test(key) ? `rate-${key}` : ACTS[key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    run(act);
  });
}
