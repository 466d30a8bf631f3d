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

localise(document);
const zone = document.getElementById("zone");
if (zone) {
  zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
}
