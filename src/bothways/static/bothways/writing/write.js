/**
 * Words that save themselves while somebody writes: forms that say so with `data-writing` and work without this script.
 * What the server does not have yet stays on this device, also after the page is closed.
 */

import { Autosave } from "../elements/autosave.js";
import { readStrings } from "../recorder/strings.js";

/**
 * @typedef {object} Config
 * @property {string} save_url
 * @property {string} csrf_token
 * @property {string} draft  where the words lie in localStorage
 * @property {number} revision
 * @property {number} most  characters
 */

const TELL_LEFT = 1000;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-writing]"));
const area = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
const revision = /** @type {HTMLInputElement} */ (form.querySelector("input[name=revision]"));
const status = part("status");
const count = part("count");
const choice = part("choice");
const say = /** @type {HTMLElement} */ (document.querySelector("[data-say]"));
/** @type {Config} */
const config = JSON.parse(document.getElementById("bw-writing")?.textContent ?? "{}");
const words = readStrings(document);

/** @type {import("../elements/autosave.js").State} */
let last = "saved";
let theirs = "";

const autosave = new Autosave({
  url: config.save_url,
  csrf_token: config.csrf_token,
  key: config.draft,
  revision: config.revision,
  onState: show,
});

/** @param {string} name */
function part(name) {
  return /** @type {HTMLElement} */ (form.querySelector(`[data-part=${name}]`));
}

/**
 * @param {import("../elements/autosave.js").State} state
 * @param {string} said
 * @param {import("../elements/autosave.js").Draft | null} current
 */
function show(state, said, current) {
  status.hidden = false;
  status.dataset.is = { saved: "done", saving: "half", unsaved: "late", stopped: "late", overtaken: "late" }[state];
  status.textContent = said || words(state);
  // Seen at each change, said aloud only when something is wrong and when it is right again.
  const isTrouble = state !== "saved" && state !== "saving";
  const wasTrouble = last !== "saved" && last !== "saving";
  if (isTrouble ? state !== last : wasTrouble && state === "saved") say.textContent = status.textContent;
  if (state !== "saving") last = state;
  choice.hidden = state !== "overtaken";
  theirs = String(current?.text ?? "");
  revision.value = String(autosave.revision);
}

function tellLength() {
  const left = config.most - area.value.length;
  count.hidden = left > TELL_LEFT;
  count.textContent = words(left < 0 ? "over" : "left", { count: Math.abs(left) });
}

function change() {
  tellLength();
  autosave.change({ text: area.value });
}

const kept = autosave.kept();
if (kept) {
  area.value = String(kept.draft.text ?? "");
  autosave.revision = kept.revision;
  autosave.change({ text: area.value }, 0);
}
tellLength();

area.addEventListener("input", change);
part("mine").addEventListener("click", () => {
  choice.hidden = true;
  area.focus();
  void autosave.decide(true);
});
part("theirs").addEventListener("click", () => {
  area.value = theirs;
  tellLength();
  area.focus();
  void autosave.decide(false);
});

form.addEventListener("submit", async (event) => {
  revision.value = String(autosave.revision);
  if (autosave.isSaved) return;
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (await autosave.flush()) return form.requestSubmit(button);
  // Without the server there is no next page: stay here, where nothing is lost.
  say.textContent = "";
  say.textContent = status.textContent;
});
