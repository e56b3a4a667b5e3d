"""What every answer tells a browser: what a page may use of the machine, and who may load what is given.

Pages and their files are for this site; the API, that other sites read, is for all.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

API = "/api/"
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "gamepad",
    "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What no page of this site uses: refused to it, and to whatever would be slipped into it."""
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


class HeadersMiddleware:
    """Adds them, the files of the site included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """See a request through."""
        response = self.get_response(request)
        ours = not request.path.startswith(API)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin" if ours else "cross-origin"
        return response
