/** While a machine still listens to the recording: asks now and then, and shows its offer once it is there. */

const AGAIN_MS = 4000;

/** @param {HTMLElement} place */
export function watchForSpeech(place) {
  if (!place.querySelector("[data-waiting]")) return;
  setTimeout(async () => {
    if (!document.hidden) await look(place);
    watchForSpeech(place);
  }, AGAIN_MS);
}

/** @param {HTMLElement} place */
async function look(place) {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-part=speech]");
    if (fresh && !fresh.querySelector("[data-waiting]")) place.replaceChildren(...fresh.childNodes);
  } catch {
    // The line is down: the next look may succeed.
  }
}
