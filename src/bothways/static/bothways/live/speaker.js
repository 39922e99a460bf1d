/** Where the others are heard: which loudspeaker, and a sound to try it with. */

const TONE_MS = 700;

/** Browsers without a choice play where the system plays. */
export const canChooseSpeaker = () => "setSinkId" in HTMLMediaElement.prototype;

/** @param {HTMLSelectElement} select */
export async function fillSpeakers(select) {
  const all = await navigator.mediaDevices.enumerateDevices();
  const speakers = all.filter((device) => device.kind === "audiooutput" && device.deviceId);
  const chosen = select.value;
  select.replaceChildren(...speakers.map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === chosen)));
  return speakers.length;
}

/**
 * @param {HTMLMediaElement} element
 * @param {string} device  "" for the system's choice
 */
export function playOn(element, device) {
  if (!canChooseSpeaker()) return;
  // A loudspeaker that is gone: the sound stays where it was.
  void (/** @type {any} */ (element).setSinkId(device).catch(() => {}));
}

/** Two soft tones. @param {string} device */
export async function tryOut(device) {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.12, context.currentTime);
  volume.gain.linearRampToValueAtTime(0, context.currentTime + TONE_MS / 1000);
  const tone = context.createOscillator();
  tone.frequency.setValueAtTime(440, context.currentTime);
  tone.frequency.setValueAtTime(587, context.currentTime + TONE_MS / 2000);
  tone.connect(volume).connect(out);
  const element = new Audio();
  element.srcObject = out.stream;
  playOn(element, device);
  tone.start();
  await element.play().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, TONE_MS));
  element.srcObject = null;
  await context.close();
}
