/** The button for captions. The choice is kept on this device. */

const KEPT_AS = "bothways.player.captions";

/**
 * @param {HTMLMediaElement} media  with one track
 * @param {Element} button
 */
export function offerCaptions(media, button) {
  const [track] = media.textTracks;
  if (!track) return;
  /** @param {boolean} shown */
  const show = (shown) => {
    track.mode = shown ? "showing" : "disabled";
    button.setAttribute("aria-pressed", String(shown));
  };
  show(localStorage.getItem(KEPT_AS) === "on");
  button.addEventListener("click", () => {
    show(track.mode !== "showing");
    localStorage.setItem(KEPT_AS, track.mode === "showing" ? "on" : "off");
  });
  // The browser's own menu, in full screen, changes it, too.
  media.textTracks.addEventListener("change", () => {
    button.setAttribute("aria-pressed", String(track.mode === "showing"));
  });
}
