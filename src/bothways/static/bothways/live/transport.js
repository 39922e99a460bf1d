/**
 * Sound and pictures from each to each: a mesh of connections, arranged over the room's socket.
 *
 * Who comes in opens the connections; who is inside answers. The larger id gives way. A page that was loaded anew has a
 * new epoch, and what was connected to the old one is let go.
 */

import { LINES, Peer } from "./peer.js";
import { sumUp } from "./stats.js";

/** @typedef {import("./types.js").Caps} Caps */
/** @typedef {import("./types.js").Purpose} Purpose */
/** @typedef {import("./types.js").Way} Way */
/** @typedef {import("./types.js").Why} Why */
/** @typedef {import("./stats.js").Sample} Sample */

/**
 * @typedef {object} JoinInfo
 * @property {Pick<import("./socket.js").Room, "send" | "on">} room
 * @property {string} you
 * @property {{id: string, epoch: string}[]} people  who is inside; may hold ourselves
 * @property {RTCIceServer[]} ice
 * @property {Caps} caps
 *
 * @typedef {object} Events
 * @property {{id: string}} peer  a connection is being opened
 * @property {{id: string, purpose: Purpose, track: MediaStreamTrack}} track
 * @property {{id: string, way: Way, why: Why | null}} state
 * @property {{id: string}} gone
 *
 * @typedef {object} Transport
 * @property {(stream: MediaStream) => void} join
 * @property {() => void} leave
 * @property {(stream: MediaStream) => Promise<void>} replaceStream  other devices, or a camera that was switched
 * @property {(track: MediaStreamTrack | null) => Promise<void>} share  a screen beside the camera
 * @property {(caps: Caps) => Promise<void>} setCaps
 * @property {(withPicture: boolean) => Promise<void>} sendPicture  whether the others get the camera's picture
 * @property {<E extends keyof Events>(event: E, fn: (told: Events[E]) => void) => void} on
 * @property {() => void} restart  looks for new ways to everybody
 * @property {() => Promise<Sample[]>} stats
 */

/**
 * @param {JoinInfo} info
 * @returns {Transport}
 */
export function createTransport({ room, you, people, ice, caps }) {
  /** @type {Map<string, {epoch: string, peer: Peer}>} */
  const peers = new Map();
  /** @type {Map<string, string>} with which page of each person there was a connection last */
  const met = new Map();
  /** @type {Record<string, Set<(told: any) => void>>} */
  const listeners = { peer: new Set(), track: new Set(), state: new Set(), gone: new Set() };
  /** @type {Record<Purpose, MediaStreamTrack | null>} */
  const tracks = { voice: null, camera: null, screen: null };
  /** @type {Map<string, string>} who is inside, and the epoch of their page */
  const inside = new Map(people.map(({ id, epoch }) => [id, epoch]));
  let withPicture = true;
  let joined = false;

  /** @param {keyof Events} event @param {any} told */
  const tell = (event, told) => listeners[event]?.forEach((listener) => listener(told));

  const sent = () => ({ ...tracks, camera: withPicture ? tracks.camera : null });

  /** @param {string} id @param {string} epoch */
  function open(id, epoch) {
    const peer = new Peer({
      polite: you > id,
      ice,
      caps,
      tracks: sent(),
      signal: (signal) => room.send("signal", { to: id, ...signal }),
      onTrack: (purpose, track) => tell("track", { id, purpose, track }),
      onWay: (way, why) => tell("state", { id, way, why }),
    });
    peers.set(id, { epoch, peer });
    met.set(id, epoch);
    tell("peer", { id });
    tell("state", { id, way: "connecting", why: null });
    return peer;
  }

  /** @param {string} id */
  function drop(id) {
    const held = peers.get(id);
    if (!held) return;
    held.peer.close();
    peers.delete(id);
    tell("gone", { id });
  }

  /** Somebody is inside. @param {{id: string, epoch: string}} person @param {boolean} weOffer */
  function meet({ id, epoch }, weOffer) {
    if (id === you) return;
    inside.set(id, epoch);
    if (!joined || peers.get(id)?.epoch === epoch) return;
    drop(id);
    // Their page still holds the connection that we let go when they seemed to be gone: it waits for nobody.
    const isKnown = met.get(id) === epoch;
    const peer = open(id, epoch);
    if (weOffer || isKnown) peer.offer();
  }

  room.on("welcome", (welcome) => {
    ice = welcome.ice;
    inside.clear();
    for (const person of welcome.people) meet(person, true);
    for (const [id, { peer }] of [...peers]) {
      if (!inside.has(id)) drop(id);
      else if (welcome.resumed) {
        peer.setIce(ice);
        peer.hurry();
      }
    }
  });
  room.on("join", ({ person }) => meet(person, false));
  room.on("back", ({ id }) => peers.get(id)?.peer.hurry());
  room.on("leave", ({ id }) => {
    inside.delete(id);
    drop(id);
  });
  room.on("signal", ({ from, ...signal }) => void peers.get(from)?.peer.receive(signal));

  /** @param {Purpose[]} purposes */
  async function putAll(purposes) {
    const now = sent();
    await Promise.all([...peers.values()].flatMap(({ peer }) => purposes.map((purpose) => peer.put(purpose, now[purpose]))));
  }

  /** @param {MediaStream} stream */
  function take(stream) {
    tracks.voice = stream.getAudioTracks()[0] ?? null;
    tracks.camera = stream.getVideoTracks()[0] ?? null;
  }

  /** @type {Transport} */
  const transport = {
    join(stream) {
      take(stream);
      joined = true;
      for (const [id, epoch] of inside) meet({ id, epoch }, true);
    },
    leave() {
      joined = false;
      for (const id of [...peers.keys()]) drop(id);
    },
    async replaceStream(stream) {
      take(stream);
      await putAll(["voice", "camera"]);
    },
    async share(track) {
      tracks.screen = track;
      await putAll(["screen"]);
    },
    async setCaps(next) {
      caps = next;
      await Promise.all([...peers.values()].map(({ peer }) => peer.setCaps(caps)));
    },
    async sendPicture(wanted) {
      withPicture = wanted;
      await putAll(["camera"]);
    },
    on(event, fn) {
      listeners[event]?.add(fn);
    },
    restart() {
      for (const { peer } of peers.values()) peer.restart();
    },
    async stats() {
      return Promise.all([...peers].map(async ([id, { peer }]) => sumUp(id, await peer.stats())));
    },
  };
  return transport;
}
