"""An address as a QR code that a telephone reads, drawn as an SVG."""

QUIET_ZONE = 2
"""Empty modules around the code: its readers want some."""


def seal(address: str) -> str:
    """The QR code of an address."""
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.svg import SvgPathImage

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(address)
    drawn: bytes = code.make_image(image_factory=SvgPathImage).to_string()
    return drawn.decode()
