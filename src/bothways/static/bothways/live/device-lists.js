/** The choice of camera, microphone and loudspeaker: before the room and in it, the same. */

import { fillDevices } from "../recorder/device-lists.js";
import { listDevices } from "../recorder/devices.js";
import { canChooseSpeaker, fillSpeakers, tryOut } from "./speaker.js";

/** @typedef {import("./own.js").OwnMedia} OwnMedia */

export class DeviceLists {
  /**
   * @param {HTMLElement} scope
   * @param {OwnMedia} own
   * @param {{onSpeaker: (device: string) => void}} told
   */
  constructor(scope, own, { onSpeaker }) {
    this.#own = own;
    this.#places = [...scope.querySelectorAll('select[name="microphone"]')].map((select) => /** @type {HTMLElement} */ (select.closest(".stack")));
    this.#speakers = [...scope.querySelectorAll("select")].filter(({ name }) => name === "speaker");
    scope.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLSelectElement)) return;
      if (target.name === "speaker") {
        this.#speaker = target.value;
        onSpeaker(target.value);
      } else if (target.name === "camera" || target.name === "microphone") {
        void this.#own.choose(target.name, target.value).then(() => this.fill());
      }
    });
    navigator.mediaDevices?.addEventListener?.("devicechange", () => void this.fill());
  }

  #own;
  #places;
  #speakers;
  #speaker = "";
  hasSpeakers = false;

  async fill() {
    const devices = await listDevices();
    for (const place of this.#places) fillDevices(place, devices, this.#own.stream);
    if (!canChooseSpeaker()) return;
    for (const select of this.#speakers) {
      this.hasSpeakers = (await fillSpeakers(select)) > 0;
      if (this.#speaker) select.value = this.#speaker;
    }
  }

  tryOut() {
    void tryOut(this.#speaker);
  }
}
