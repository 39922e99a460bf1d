/** Camera and microphone: asking for them, and a plain name for each way in which that fails. */

import { inAppBrowser } from "./browser.js";

/** @typedef {import("./types.js").Trouble} Trouble */
/** @typedef {import("./types.js").Mode} Mode */
/** @typedef {{camera?: string, microphone?: string, clean_sound?: boolean, in_talk?: boolean}} Choice */
/** @typedef {{width: number, height: number, frames: number}} Size */

/**
 * Camera and microphone in one request: asked for one by one, iPhones give a microphone that stays silent.
 *
 * @param {Mode} mode
 * @param {Choice} choice
 * @param {Size} [size]
 * @returns {Promise<{stream: MediaStream, trouble: null} | {stream: null, trouble: Trouble}>}
 */
export async function openDevices(mode, choice, size) {
  const closed = closedDoor();
  if (closed) return { stream: null, trouble: closed };
  const wanted = constraintsFor(mode, choice, size);
  try {
    return { stream: await navigator.mediaDevices.getUserMedia(wanted), trouble: null };
  } catch (error) {
    // The device chosen last time may be in a drawer by now: any other will do.
    if (nameOf(error) === "OverconstrainedError" && (choice.camera || choice.microphone)) {
      return openDevices(mode, { clean_sound: choice.clean_sound, in_talk: choice.in_talk }, size);
    }
    const alone = mode === "sign" ? await cameraAlone(wanted) : null;
    return alone ? { stream: alone, trouble: null } : { stream: null, trouble: await classify(error, mode) };
  }
}

/**
 * Who signs needs no microphone.
 *
 * @param {MediaStreamConstraints} wanted
 */
function cameraAlone(wanted) {
  return navigator.mediaDevices.getUserMedia({ ...wanted, audio: false }).catch(() => null);
}

/** @param {MediaStream | null} stream */
export function closeDevices(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}

/**
 * Tells when the camera or microphone falls silent for a while (phone call, other app) and when one is gone for good.
 *
 * @param {MediaStream} stream
 * @param {{onEnded: (kind: string) => void, onInterrupted: (interrupted: boolean) => void}} told
 */
export function watchTracks(stream, { onEnded, onInterrupted }) {
  const tracks = stream.getTracks();
  const report = () => onInterrupted(tracks.some((track) => track.muted));
  for (const track of tracks) {
    track.addEventListener("ended", () => onEnded(track.kind));
    track.addEventListener("mute", report);
    track.addEventListener("unmute", report);
  }
}

/** The cameras and microphones to choose from. Names are there only after permission. */
export async function listDevices() {
  const all = await navigator.mediaDevices.enumerateDevices();
  return {
    cameras: all.filter((device) => device.kind === "videoinput" && device.deviceId),
    microphones: all.filter((device) => device.kind === "audioinput" && device.deviceId),
  };
}

/** Whether the browser will open them without asking. Browsers that do not tell count as no. */
export async function isAllowedAlready() {
  return (await permission("camera")) === "granted" && (await permission("microphone")) === "granted";
}

/**
 * @param {Mode} mode
 * @param {Choice} choice
 * @param {Size} [size]
 * @returns {MediaStreamConstraints}
 */
export function constraintsFor(mode, { camera, microphone, clean_sound = true, in_talk = false }, size) {
  return {
    audio: {
      ...(microphone && { deviceId: { exact: microphone } }),
      // Nothing plays while one records, so there is no echo to cancel, and the canceller only changes the level.
      echoCancellation: in_talk,
      noiseSuppression: clean_sound,
      autoGainControl: clean_sound,
    },
    video: mode !== "audio" && {
      ...(camera ? { deviceId: { exact: camera } } : { facingMode: "user" }),
      ...sizeOf(size),
    },
  };
}

/** @param {Size} [size] */
const sizeOf = ({ width, height, frames } = { width: 1280, height: 720, frames: 30 }) => ({
  width: { ideal: width },
  height: { ideal: height },
  frameRate: { ideal: frames, max: frames },
});

/**
 * The same camera and microphone with a smaller picture, or with none, beside the one that goes on.
 *
 * @param {MediaStream} stream
 * @param {Size} size
 */
export async function smaller(stream, size) {
  const [camera] = size.width ? stream.getVideoTracks() : [];
  const track = camera?.clone();
  // Where a browser cannot, the picture keeps its size and only gets coarser.
  await track?.applyConstraints(sizeOf(size)).catch(() => {});
  return new MediaStream([...(track ? [track] : []), ...stream.getAudioTracks()]);
}

/** @returns {Trouble | null} why this page cannot even ask */
function closedDoor() {
  if (!window.isSecureContext) return "insecure";
  if (typeof navigator.mediaDevices?.getUserMedia === "function" && typeof MediaRecorder === "function") return null;
  return inAppBrowser() ? "in_app" : "unsupported";
}

/**
 * @param {unknown} error
 * @param {Mode} mode
 * @returns {Promise<Trouble>}
 */
async function classify(error, mode) {
  const message = error instanceof Error ? error.message : "";
  switch (nameOf(error)) {
    case "NotAllowedError":
    case "SecurityError":
      if (inAppBrowser()) return "in_app";
      if (/dismissed/i.test(message)) return "dismissed";
      return /system/i.test(message) ? "denied_by_system" : "denied";
    case "NotFoundError":
      return whatIsMissing(mode);
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "OverconstrainedError":
      return "overconstrained";
    default:
      return "unknown";
  }
}

/**
 * @param {Mode} mode
 * @returns {Promise<Trouble>}
 */
async function whatIsMissing(mode) {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const has = (/** @type {MediaDeviceKind} */ wanted) => all.some((device) => device.kind === wanted);
  if (mode === "audio") return "missing_microphone";
  if (has("audioinput")) return has("videoinput") ? "missing" : "missing_camera";
  return has("videoinput") ? "missing_microphone" : "missing";
}

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error || error instanceof DOMException ? error.name : "");

/** @param {string} name */
async function permission(name) {
  try {
    return (await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) })).state;
  } catch {
    return "unknown";
  }
}

/**
 * Calls back when the person opens the camera or microphone in the browser's settings, so that they need not press again.
 *
 * @param {() => void} onGranted
 */
export async function watchPermission(onGranted) {
  for (const name of ["camera", "microphone"]) {
    try {
      const status = await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) });
      status.addEventListener("change", () => status.state === "granted" && onGranted());
    } catch {
      // This browser does not tell; the button is there.
    }
  }
}
