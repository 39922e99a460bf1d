"""One WebKitGTK page, driven by lines of JSON. Runs under Debian's own Python, which has the bindings; not under ours.

In: {"goto": address} or {"evaluate": expression}. Out, one line for each: {"is": value} or {"error": words}.
"""

import json
import sys
import threading

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402  The versions have to be chosen before.


def say(answer: dict) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class Window:
    def __init__(self) -> None:
        self.view = WebKit2.WebView()
        settings = self.view.get_settings()
        for name in ("enable-media-stream", "enable-mock-capture-devices", "enable-webrtc", "enable-mediasource"):
            settings.set_property(name, True)
        settings.set_property("media-playback-requires-user-gesture", False)
        self.view.connect("permission-request", self.allow)
        self.view.connect("load-changed", self.loaded)
        self.is_loading = False
        window = Gtk.Window(default_width=800, default_height=900)
        window.add(self.view)
        window.show_all()

    def allow(self, _view: object, request: WebKit2.PermissionRequest) -> bool:
        request.allow()
        return True

    def loaded(self, _view: object, event: WebKit2.LoadEvent) -> None:
        if self.is_loading and event == WebKit2.LoadEvent.FINISHED:
            self.is_loading = False
            say({"is": None})

    def obey(self, line: str) -> bool:
        command = json.loads(line)
        if "goto" in command:
            self.is_loading = True
            self.view.load_uri(command["goto"])
        else:
            body = f"return JSON.stringify(await ({command['evaluate']})) ?? 'null'"
            self.view.call_async_javascript_function(body, -1, None, None, None, None, self.evaluated, None)
        return False

    def evaluated(self, view: WebKit2.WebView, result: object, _nothing: object) -> None:
        try:
            say({"is": json.loads(view.call_async_javascript_function_finish(result).to_string())})
        except GLib.Error as error:
            say({"error": error.message})


def listen(window: Window) -> None:
    for line in sys.stdin:
        GLib.idle_add(window.obey, line)
    GLib.idle_add(Gtk.main_quit)


if __name__ == "__main__":
    threading.Thread(target=listen, args=[Window()], daemon=True).start()
    Gtk.main()
