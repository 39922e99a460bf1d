/**
 * The page of the next answer, before it is asked for: its HTML at once, its recording as soon as the one on the screen can be
 * played, so that the two never wait for each other.
 */

import { LISTEN_KEPT_AS } from "../../player/sources.js";

/** @typedef {import("../../player/sources.js").Source} Source */

/**
 * What is taken over from another page of a round.
 * @typedef {object} Turn
 * @property {string} url
 * @property {string} title
 * @property {HTMLElement} main
 * @property {HTMLElement} lane
 * @property {[string, string][]} blocks  name and text of the JSON beside them, for the scripts
 * @property {string[]} scripts
 */

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<Turn | null>}  null where it cannot be had, or is no answer to be rated
 */
export async function fetchTurn(url, signal) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, signal });
    if (!answer.ok || answer.redirected) return null;
    return readTurn(url, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    return null;
  }
}

/**
 * The next recording begins to come when the one on the screen can be played.
 * @param {Turn} turn
 * @param {HTMLMediaElement | null} current
 * @param {AbortSignal} signal
 */
export function warmAfter(turn, current, signal) {
  const begin = () => {
    if (!signal.aborted) warm(turn.main);
  };
  if (!current || current.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA || current.error) return begin();
  for (const name of ["loadeddata", "error"]) current.addEventListener(name, begin, { once: true, signal });
}

/**
 * @param {string} url
 * @param {Document} page
 * @returns {Turn | null}
 */
function readTurn(url, page) {
  const [main, lane] = [page.querySelector("main"), page.querySelector(".lane")];
  const scripts = [...page.querySelectorAll("script[type=module][src]")];
  // A script that does not say that it can begin again needs a page of its own.
  const isWhole = scripts.every((script) => script.hasAttribute("data-begins-again"));
  if (!main?.querySelector("form[data-rating]") || !lane?.querySelector("[data-turn]") || !isWhole) return null;
  return {
    url,
    title: page.title,
    // Nodes of this document load what they show also while they stand nowhere.
    main: document.importNode(main, true),
    lane: /** @type {HTMLElement} */ (document.importNode(lane, true)),
    blocks: [...page.querySelectorAll("body > script[type='application/json'][id]")].map(({ id, textContent }) => [
      id,
      textContent ?? "",
    ]),
    scripts: scripts.filter((script) => !isHere(script)).map((script) => script.getAttribute("src") ?? ""),
  };
}

/** Outside of what is exchanged the same script runs already. @param {Element} script */
function isHere(script) {
  return document.querySelector(`script[src="${CSS.escape(script.getAttribute("src") ?? "")}"]`) !== null;
}

/** @param {HTMLElement} main */
function warm(main) {
  const media = /** @type {HTMLMediaElement | null} */ (main.querySelector("video, audio"));
  const config = JSON.parse(main.querySelector("bw-player script")?.textContent ?? "{}");
  if (!media || !config.sources) return;
  const listening = localStorage.getItem(LISTEN_KEPT_AS) === "yes";
  const source = /** @type {Source[]} */ (config.sources).find(
    ({ kind, mime }) => (kind === "voice") === listening && media.canPlayType(mime) !== "",
  );
  if (!source) return;
  // Its player tries the others, so to it this one must be new.
  const forget = () => media.isConnected || media.removeAttribute("src");
  media.addEventListener("error", forget, { once: true });
  media.preload = "metadata";
  media.src = source.url;
}
