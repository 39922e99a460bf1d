"""Every way in which camera and microphone fail has words of its own and a way on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.recorder.driving import press, record, shown, wait_until_saved
from tests.recorder.standin import Standin

pytestmark = pytest.mark.needs_chromium


@pytest.fixture(scope="module")
def refusing(launch: Callable[..., Browser]) -> Browser:
    return launch("--deny-permission-prompts", ask=True)


@pytest.fixture(scope="module")
def without_camera(launch: Callable[..., Browser]) -> Browser:
    return launch(camera=False)


@pytest.fixture(scope="module")
def muted(launch: Callable[..., Browser]) -> Browser:
    return launch(sound="silence.wav")


def failing(page: Page, name: str, message: str = "") -> None:
    """A stand-in for the one call that fails on other people's devices."""
    page.add_init_script(
        f"MediaDevices.prototype.getUserMedia = async () => {{ throw new DOMException({message!r}, {name!r}); }}"
    )
    page.reload()


@pytest.mark.parametrize("name", ["question", "check"])
def test_a_refused_camera_is_explained_step_by_step(
    name: str, open_page: Callable[..., Page], refusing: Browser
) -> None:
    page = open_page(name, browser=refusing)
    press(page, "Record" if name == "question" else "Open camera and microphone")

    heading = page.get_by_role("heading", name="The browser keeps your camera closed")
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()
    expect(shown(page, "Press the small sign at the start of the address line")).to_be_visible()
    expect(shown(page, "You have lost nothing.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.get_by_role("button", name="Voice only").and_(page.locator(":visible")).first).to_be_visible()


def test_without_a_camera_one_goes_on_by_voice(
    open_page: Callable[..., Page], standin: Standin, without_camera: Browser
) -> None:
    page = open_page(browser=without_camera)
    press(page, "Record")
    expect(page.get_by_role("heading", name="We find no camera", exact=True)).to_be_visible()

    press(page, "Voice only")
    press(page, "I am ready")
    page.wait_for_timeout(2000)
    press(page, "Stop")
    wait_until_saved(page)
    assert standin.takes[0].kind == "audio"


def test_voice_only_in_the_check_holds_for_the_questions(
    open_page: Callable[..., Page], standin: Standin, without_camera: Browser
) -> None:
    page = open_page("check", browser=without_camera)
    expect(page.get_by_role("heading", name="We find no camera", exact=True)).to_be_visible()
    page.locator(".doors-list").get_by_role("button", name="Voice only").click()
    expect(shown(page, "We hear you", exact=True)).to_be_visible()
    page.goto(f"{standin.url}/question")
    record(page, seconds=2)
    wait_until_saved(page)
    assert standin.takes[0].kind == "audio"


@pytest.mark.parametrize(
    ("error", "message", "heading"),
    [
        ("NotAllowedError", "Permission dismissed", "The question about your camera was closed"),
        ("NotAllowedError", "Permission denied by system", "Your computer keeps the camera closed"),
        ("NotReadableError", "Could not start video source", "Another program is using your camera or microphone"),
        ("OverconstrainedError", "", "Your camera cannot do what we asked of it"),
        ("InvalidStateError", "", "Your camera did not open"),
    ],
)
def test_each_failure_has_its_words(page: Page, error: str, message: str, heading: str) -> None:
    failing(page, error, message)
    press(page, "Record")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_busy_camera_opens_on_the_second_try(page: Page) -> None:
    page.add_init_script(
        """const open = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function () {
          MediaDevices.prototype.getUserMedia = open;
          throw new DOMException("", "NotReadableError");
        }"""
    )
    page.reload()
    press(page, "Record")
    press(page, "Try again")
    expect(page.get_by_role("button", name="I am ready")).to_be_visible()


def test_an_address_without_https_says_so(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.reload()
    press(page, "Record")
    expect(page.get_by_role("heading", name="This address cannot record")).to_be_visible()
    expect(page.get_by_role("button", name="Voice only")).to_be_hidden()


def test_inside_another_app_there_is_a_way_out(open_page: Callable[..., Page]) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 340.0"
    page = open_page(user_agent=agent)
    failing(page, "NotAllowedError")
    press(page, "Record")
    expect(page.get_by_role("heading", name="Please open your link in a browser")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()


@pytest.mark.parametrize(
    ("agent", "step"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Press the crossed-out camera"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18 Safari/604", "then Website settings"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140 Mobile Safari/537", "then Permissions"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/18 Safari/605", "Settings for this website"),
    ],
)
def test_the_steps_fit_the_browser(open_page: Callable[..., Page], agent: str, step: str) -> None:
    page = open_page(user_agent=agent)
    failing(page, "NotAllowedError")
    press(page, "Record")
    expect(shown(page, step)).to_be_visible()


def test_a_chosen_device_that_is_gone_is_replaced(page: Page) -> None:
    page.evaluate("""localStorage.setItem("bothways.recorder", JSON.stringify({ camera: "in a drawer" }))""")
    press(page, "Record")
    expect(page.get_by_role("button", name="I am ready")).to_be_visible()


def test_a_silent_microphone_is_noticed_while_recording(open_page: Callable[..., Page], muted: Browser) -> None:
    page = open_page(browser=muted)
    press(page, "Record")
    press(page, "I am ready")
    expect(shown(page, "Is the microphone switched off")).to_be_visible()
