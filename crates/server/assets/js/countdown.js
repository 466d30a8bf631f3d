// Keeps true how long is left until a point in time. Without this script it is as long as it was when the page was made.
(() => {
  "use strict";

  /** So many minutes in words, the two largest units of them: as `components/countdown.rs` says it. */
  function left(minutes) {
    const unit = (count, one) => (count === 0 ? "" : count === 1 ? `1 ${one}` : `${count} ${one}s`);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor(minutes / 60) % 24;
    let parts = [unit(days, "day"), unit(hours, "hour")];
    if (days === 0) {
      parts = hours === 0 ? [unit(minutes, "minute")] : [unit(hours, "hour"), unit(minutes % 60, "minute")];
    }
    return parts.filter((part) => part !== "").join(" ") || "less than a minute";
  }

  function tell() {
    for (const span of document.querySelectorAll("[data-until]")) {
      const ms = Date.parse(span.dataset.until) - Date.now();
      span.textContent = left(Math.max(0, Math.floor(ms / 60_000)));
    }
  }

  if (document.querySelector("[data-until]")) {
    setInterval(tell, 10_000);
  }
})();
