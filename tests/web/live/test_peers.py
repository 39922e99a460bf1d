"""Two ends of a connection in one page, and a wire between them that loses what it is told to lose."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.live.meeting_point import MeetingPoint

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(300)]

# Each end sends a tone. `lose` is asked for each signal: from which end ("ada" gives way to nobody, "dee" is polite),
# what it is, and the how manieth of its kind from there.
WIRE = """
async () => {
  const { Peer } = await import("/static/bothways/live/peer.js");
  const { sumUp } = await import("/static/bothways/live/stats.js");
  const tone = new AudioContext();
  const caps = { bitrate: 100000, width: 320, height: 180, fps: 10 };
  window.rest = (ms) => new Promise((done) => setTimeout(done, ms));
  window.wire = (lose) => {
    const ends = {}, ways = { ada: [], dee: [] }, sent = {};
    const begin = (name, other) => {
      const out = tone.createMediaStreamDestination();
      const voice = tone.createOscillator();
      voice.connect(out);
      voice.start();
      ends[name]?.close();
      ends[name] = new Peer({
        polite: name === "dee", ice: [], caps,
        tracks: { voice: out.stream.getAudioTracks()[0], camera: null, screen: null },
        onTrack: () => {}, onWay: (way) => ways[name].push(way),
        signal: (signal) => {
          const what = signal.description?.type ?? "candidate";
          const nth = (sent[name + what] = (sent[name + what] ?? 0) + 1);
          const text = JSON.stringify(signal);
          setTimeout(() => lose(name, what, nth) || ends[other].receive(JSON.parse(text)));
        },
      });
    };
    begin("ada", "dee");
    begin("dee", "ada");
    const came = async (name) => sumUp(name, await ends[name].stats()).came;
    return {
      ends, ways, sent, begin,
      async flows(seconds) {
        const until = performance.now() + seconds * 1000;
        for (const name of ["ada", "dee"]) {
          let least = await came(name);
          for (let now = least; now - least < 25; now = await came(name)) {
            if (performance.now() > until) return false;
            least = Math.min(least, now);
            await rest(50);
          }
        }
        return true;
      },
    };
  };
}
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    point = MeetingPoint()
    point.start()
    opened = browser.new_page()
    opened.goto(point.url)
    opened.evaluate(WIRE)
    yield opened
    opened.close()
    point.stop()


def test_what_is_lost_at_first_is_said_again(page: Page) -> None:
    found = page.evaluate("""() => Promise.all(["offer", "answer"].map(async (what) => {
        const { ends, flows } = wire((_, kind, nth) => kind === what && nth === 1);
        ends.dee.offer();
        return await flows(60) || what;
    }))""")
    assert found == [True, True]


def test_a_restart_by_both_of_which_a_part_is_lost_does_not_block_the_next(page: Page) -> None:
    """Who gives way to nobody passes over all offers while its own, which never arrived, waits for its answer."""
    cases = [[loser, what] for loser in ("ada", "dee") for what in ("offer", "answer")]
    found = page.evaluate(
        """(cases) => Promise.all(cases.map(async ([loser, what]) => {
        let losing = false;
        const lose = (name, kind) => losing && name === loser && kind === what && !(losing = false);
        const { ends, flows, sent } = wire(lose);
        const both = () => { ends.ada.restart(); ends.dee.restart(); };
        const answers = () => (sent.adaanswer ?? 0) + (sent.deeanswer ?? 0);
        ends.dee.offer();
        if (!await flows(60)) return "never began";
        losing = true;
        both();
        const before = answers();
        const end = performance.now() + 60000;
        while (answers() < before + (what === "answer" && !losing ? 2 : 1) && performance.now() < end) await rest(100);
        if (!await flows(60)) return "stood still";
        const later = answers();
        both();
        while (answers() === later && performance.now() < end) await rest(100);
        return answers() > later && await flows(60) || `${loser} lost an ${what}`;
    }))""",
        cases,
    )
    assert found == [True] * len(cases)


def test_who_let_go_is_found_again_by_who_held_on(page: Page) -> None:
    """As when the server had forgotten one of them: a new connection on one side, and both look for ways."""
    found = page.evaluate("""() => Promise.all([["ada", "dee"], ["dee", "ada"]].map(async ([who, other]) => {
        const { ends, flows, begin } = wire(() => false);
        ends.dee.offer();
        if (!await flows(60)) return "never began";
        begin(who, other);
        ends.ada.restart();
        ends.dee.restart();
        return await flows(60) || who;
    }))""")
    assert found == [True, True]


def test_who_hears_that_a_line_is_back_does_not_wait(page: Page) -> None:
    """An offer was lost while a socket was cut. It is said again at once, not when time has run out."""
    assert page.evaluate("""async () => {
        let losing = true;
        const { ends, flows, sent, ways } = wire(() => losing);
        ends.dee.offer();
        while (!sent.deeoffer) await rest(10);
        losing = false;
        ends.ada.hurry();
        ends.dee.hurry();
        return await flows(60) && ![...ways.ada, ...ways.dee].includes("failed");
    }""")
