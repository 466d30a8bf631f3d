//! What a nasty Mac does to the caller of a real process.

use std::time::Duration;

use nix::sys::signal::{SigSet, Signal, raise};

use crate::model::knobs::Knobs;

/// Takes the tool's time.
pub(super) fn take_time(knobs: &Knobs, tool: &str) {
    let millis = knobs
        .latency_ms
        .get(tool)
        .or_else(|| knobs.latency_ms.get("*"))
        .copied()
        .unwrap_or(0);
    if millis > 0 {
        #[expect(clippy::disallowed_methods, reason = "being slow is what was asked for")]
        std::thread::sleep(Duration::from_millis(millis));
    }
}

/// Never returns, and swallows every polite signal; only SIGKILL ends it.
pub(super) fn hang() -> ! {
    let polite: SigSet = [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP, Signal::SIGQUIT]
        .into_iter()
        .collect();
    let _ = polite.thread_block();
    loop {
        nix::unistd::pause();
    }
}

/// Dies on the spot, as a crashing tool does.
pub(super) fn crash() {
    let _ = raise(Signal::SIGKILL);
}
