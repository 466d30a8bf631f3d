// Puts times into the reader's own zone, and says which that is. Without this script they are in UTC, as the page says.
"use strict";

/** Puts the times of a page, or of a part of one, into the reader's zone. */
function localise(page) {
  for (const time of page.querySelectorAll("time:not([title])")) {
    const at = new Date(time.dateTime);
    const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
    time.title = `${time.textContent} UTC`;
    time.textContent = local.toISOString().slice(0, 19).replace("T", " ");
  }
}

/** A point in time as a field holds it, moved by so many minutes. */
function moved(value, minutes) {
  return value ? new Date(Date.parse(`${value}Z`) + minutes * 60_000).toISOString().slice(0, 16) : "";
}

/** Lets a field for a point in time be typed in the reader's zone. It is sent in UTC, as without this script. */
function typedLocally(field) {
  const sent = document.createElement("input");
  sent.type = "hidden";
  sent.name = field.name;
  sent.value = field.value;
  field.removeAttribute("name");
  field.after(sent);
  if (field.value) {
    field.value = moved(field.value, -new Date(`${field.value}Z`).getTimezoneOffset());
  }
  const follow = () => {
    sent.value = field.value ? moved(field.value, new Date(field.value).getTimezoneOffset()) : "";
  };
  field.addEventListener("input", follow);
  field.addEventListener("change", follow);
}

localise(document);
for (const field of document.querySelectorAll("input[type=datetime-local]")) {
  typedLocally(field);
}
for (const zone of document.querySelectorAll("[data-zone]")) {
  zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
}
