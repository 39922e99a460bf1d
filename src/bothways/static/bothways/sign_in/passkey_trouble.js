// @ts-check
/**
 * Say it in words when the browser gave no passkey: the person closed its window, or there was none.
 * allauth's script reports it as an event; the words wait in a template beside the button.
 */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-trouble]")) {
    const words = place.querySelector("template");
    if (!words) continue;
    place.replaceChildren(words, words.content.cloneNode(true));
  }
});
