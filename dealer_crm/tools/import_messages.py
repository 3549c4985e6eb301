# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages of an import: each mistake is told once, on its own line."""


def drop_repeated_error(messages):
    """Blame the line that is wrong, not the first one as well.

    Core puts the error of a refused batch on the batch's first line, then tries line
    by line and finds the same error where it belongs.

    :param list messages: as ``load()`` gives them; changed in place
    """
    errors = [message for message in messages if message["type"] == "error"]
    if errors and any(
        error["message"] == errors[0]["message"]
        and error.get("record") != errors[0].get("record")
        for error in errors[1:]
    ):
        messages.remove(errors[0])
