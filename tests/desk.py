"""Forms of the desk as a browser meets them: what is on the page is what is sent."""

from tinyhtml5 import parse

# How Django writes the number of a line that does not exist yet.
NEW_LINE = "__prefix__"


def sent_back(page) -> dict:
    """What a browser sends of the form on a page of the desk when nobody touches it; lists where a name comes twice."""
    return {name: value for name, value in _fields(page).items() if NEW_LINE not in name}


def with_line(page, data: dict, prefix: str, **fields) -> dict:
    """`data` with one more line in the form `prefix` within the form, as the button "Add another" makes it."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    start = f"{prefix}-{NEW_LINE}-"
    empty = {name.removeprefix(start): value for name, value in _fields(page).items() if name.startswith(start)}
    line = {f"{prefix}-{number}-{name}": value for name, value in (empty | fields).items()}
    return data | line | {f"{prefix}-TOTAL_FORMS": number + 1}


def _fields(page) -> dict:
    root = parse(page.content.decode(), namespace_html_elements=False)
    form = next(form for form in root.iter("form") if form.get("id", "").endswith("_form"))
    found: dict[str, list] = {}
    for field in form.iter():
        if field.tag in ("input", "textarea", "select") and field.get("name") and field.get("disabled") is None:
            found.setdefault(field.get("name"), []).extend(_values(field))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items() if values}


def _values(field) -> list[str]:
    if field.tag == "textarea":
        return [field.text or ""]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and field.get("multiple") is None:
            chosen = options[:1]
        return [option.get("value", option.text or "") for option in chosen]
    if field.get("type") in ("submit", "button", "file", "image", "reset"):
        return []
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.get("checked") is not None else []
    return [field.get("value", "")]
