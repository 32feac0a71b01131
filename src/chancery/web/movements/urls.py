"""Addresses of movements: the registers, one movement, and the forms that record them."""

from django.urls import path, register_converter

from chancery.web.movements import pages, recording, upload
from chancery.web.movements.kinds import ACTS, REGISTERS


class RegisterName:
    """A register of movements, as an address names it."""

    regex = "|".join(REGISTERS)

    def to_python(self, value: str) -> str:
        """Return the register that the address names."""
        return value

    def to_url(self, value: str) -> str:
        """Return the register as an address names it."""
        return value


class ActName(RegisterName):
    """Something that is recorded, as an address names it."""

    regex = "|".join(ACTS)


register_converter(RegisterName, "movement_register")
register_converter(ActName, "movement_act")

urlpatterns = [
    path("money/registers/interest/upload/", upload.upload, name="interest_upload"),
    path("money/registers/interest/template/", upload.template, name="interest_template"),
    path(
        "money/registers/<movement_register:register>/", pages.register_page, name="movement_list"
    ),
    path("money/registers/<movement_register:register>/file/", pages.file, name="movement_file"),
    path("money/registers/record/<movement_act:act>/", recording.record, name="movement_add"),
    path("money/registers/movements/<uuid:movement_id>/", pages.movement, name="movement"),
    path("money/registers/movements/<uuid:movement_id>/voucher/", pages.pdf, name="movement_pdf"),
]
