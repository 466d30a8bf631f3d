// Keeps what a page shows up to date: when the server tells that something has changed, the page is fetched again and its
// live parts take the place of the old ones. Without this script the page is the same, and stands still.
(() => {
  "use strict";
  const parts = () => document.querySelectorAll("[data-live]");
  if (parts().length === 0 || !("EventSource" in window)) {
    return;
  }

  let underWay = false;
  let again = false;

  async function refresh() {
    if (underWay) {
      again = true;
      return;
    }
    underWay = true;
    do {
      again = false;
      try {
        const answer = await fetch(window.location.href, { credentials: "same-origin" });
        if (answer.ok) {
          replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
        }
      } catch {
        // The stream tells when the server is back.
      }
    } while (again);
    underWay = false;
  }

  function replace(page) {
    for (const part of parts()) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) {
        part.replaceChildren(...fresh.childNodes);
      }
    }
  }

  const events = new EventSource("/api/v1/events");
  for (const kind of ["open", "device", "action", "missed"]) {
    events.addEventListener(kind, refresh);
  }
})();
