/** The rating beside the player: keys, and the form kept at each keystroke. Works as a plain form without this script. */

import { isWriting } from "../../player/keys.js";
import { readStrings } from "../../recorder/strings.js";
import { Autosave } from "../../elements/autosave.js";

/** @typedef {import("../../elements/autosave.js").Draft} Draft */

/**
 * @typedef {object} Config
 * @property {string} save_url
 * @property {string} csrf_token
 * @property {string} drafts  where the drafts of this interview lie in localStorage
 * @property {string} draft  the one of this page
 * @property {number} revision
 * @property {Draft} fixed  what the form does not ask: which question it is
 */

const words = readStrings(document);
/** @type {HTMLFormElement} */
let form;
/** @type {Config} */
let config;
/** @type {HTMLElement} */
let status;
/** @type {HTMLElement} */
let choice;
/** @type {Autosave} */
let autosave;
/** @type {Draft | null} */
let other = null;

/** @returns {Draft} */
function draft() {
  const data = new FormData(form);
  /** @type {Draft} */
  const found = { ...config.fixed, note: String(data.get("note") ?? "") };
  if ("question" in config.fixed) {
    const value = data.get("value");
    found.value = value === null ? null : Number(value);
  } else {
    found.recommendation = String(data.get("recommendation") ?? "");
  }
  return found;
}

/** @param {Draft} from */
function fill(from) {
  for (const name of ["value", "recommendation"]) {
    for (const radio of form.querySelectorAll(`input[name=${name}]`)) {
      /** @type {HTMLInputElement} */ (radio).checked =
        from[name] != null && /** @type {HTMLInputElement} */ (radio).value === String(from[name]);
    }
  }
  note().value = String(from.note ?? "");
}

function note() {
  return /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea[name=note]"));
}

/**
 * @param {import("../../elements/autosave.js").State} state
 * @param {string} said
 * @param {Draft | null} current
 */
function show(state, said, current) {
  status.dataset.is = { saved: "done", saving: "half", unsaved: "late", stopped: "late", overtaken: "late" }[state];
  status.textContent = state === "stopped" || state === "overtaken" ? said || words("signed_out") : words(state);
  choice.hidden = state !== "overtaken";
  other = current;
}

/** Drafts of other questions that an earlier page could not bring up. */
function sendOthers() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(config.drafts) || key === config.drafts + config.draft) continue;
    const left = new Autosave({
      url: config.save_url,
      csrf_token: config.csrf_token,
      key,
      revision: 0,
      onState: () => {},
    });
    const kept = left.kept();
    if (!kept) continue;
    left.revision = kept.revision;
    left.change(kept.draft, 0);
  }
}

/** The form of this page, or the one that round.js has brought into it. */
function begin() {
  form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-rating]"));
  config = JSON.parse(document.getElementById("rating-config")?.textContent ?? "{}");
  status = /** @type {HTMLElement} */ (form.querySelector("[data-part=status]"));
  choice = /** @type {HTMLElement} */ (form.querySelector("[data-part=choice]"));
  other = null;
  autosave = new Autosave({
    url: config.save_url,
    csrf_token: config.csrf_token,
    key: config.drafts + config.draft,
    revision: config.revision,
    onState: show,
  });
  const kept = autosave.kept();
  if (kept) {
    fill(kept.draft);
    autosave.revision = kept.revision;
    autosave.change(draft(), 0);
  }
  sendOthers();
  form.addEventListener("input", () => autosave.change(draft()));
  let isLeaving = false;
  form.addEventListener("submit", async (event) => {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const next = button?.dataset.next ?? form.dataset.next;
    // A form cannot be submitted anew while it is being submitted, so what is saved goes its way at once.
    if (isLeaving || (autosave.isSaved && !next)) return;
    event.preventDefault();
    if (!autosave.isSaved && !(await autosave.flush())) return;
    if (next) return go(next);
    isLeaving = true;
    form.requestSubmit(button);
  });
  choice.querySelector("[data-part=mine]")?.addEventListener("click", () => {
    choice.hidden = true;
    void autosave.decide(true);
  });
  choice.querySelector("[data-part=theirs]")?.addEventListener("click", () => {
    if (other) fill(other);
    void autosave.decide(false);
  });
}

/** To another page, unless one of the page's scripts has it already and brings it. @param {string} url */
function go(url) {
  if (dispatchEvent(new CustomEvent("bw-go", { detail: url, cancelable: true }))) location.assign(url);
}

begin();
document.addEventListener("bw-turn", begin);

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target === note()) return note().blur();
  if (isWriting(event.target)) return;
  if (/^[0-5]$/.test(event.key)) {
    const radio = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name=value][value="${event.key}"]`));
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus({ preventScroll: true });
    autosave.change(draft());
  } else if (event.key.toLowerCase() === "n") {
    event.preventDefault();
    note().focus();
  } else if (event.key === "Enter" && isNowhere(event.target) && (form.dataset.next || "enter" in form.dataset)) {
    form.requestSubmit();
  }
});

/** Nothing on the page has the focus that would want the key. @param {EventTarget | null} target */
function isNowhere(target) {
  return target === document.body || (target instanceof Element && target.matches("main, h1"));
}
