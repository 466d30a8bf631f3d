//! Being told to end: Ctrl-C, the signal that a supervisor sends, a terminal that is closed.

use std::future::poll_fn;
use std::task::Poll;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Waits for the request to end.
pub struct Shutdown(Vec<Signal>);

impl Shutdown {
    /// Listens from now on, so that no signal ends the process halfway through anything.
    pub fn listen() -> anyhow::Result<Self> {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Ok(Self(kinds.into_iter().map(signal).collect::<Result<_, _>>()?))
    }

    /// Ends with the terminal as well. A server that was started to outlive its terminal must not.
    #[cfg(feature = "demo")]
    pub fn or_closed_terminal(mut self) -> anyhow::Result<Self> {
        self.0.push(signal(SignalKind::hangup())?);
        Ok(self)
    }

    /// Waits for the next request to end.
    pub async fn requested(&mut self) {
        poll_fn(|context| {
            let came = self
                .0
                .iter_mut()
                .any(|signal| signal.poll_recv(context).is_ready());
            if came { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}
