/** On the page that says that the talk has ended: sends up what an earlier load left on this device, and says so. */

import { readConfig } from "../recorder/strings.js";
import { sendLeftOver } from "./leg.js";

/** @typedef {import("./leg.js").LegsState} LegsState */

let was_anything = false;

/** @param {LegsState} state */
function say({ sending, trouble }) {
  was_anything ||= sending > 0;
  show("sending", sending > 0);
  show("sent", was_anything && !sending && !trouble);
  show("trouble", trouble !== "", trouble);
}

/** @param {string} name @param {boolean} is_so @param {string} [words] */
function show(name, is_so, words) {
  const line = document.querySelector(`[data-left="${name}"]`);
  if (!(line instanceof HTMLElement)) return;
  line.hidden = !is_so;
  if (words) line.textContent = words;
}

const config = readConfig(document.body);
void sendLeftOver({ room: config.room, urls: config, onState: say });
