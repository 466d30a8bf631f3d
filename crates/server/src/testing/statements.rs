//! How many statements a request has the database run.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};

use tracing::Subscriber;
use tracing::span::Id;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::Registry;

/// Counts how often another thread enters a span of this one. The database has threads of its own, and for each statement it
/// enters the span in which the statement was asked for.
struct EnteredElsewhere {
    here: ThreadId,
    times: Arc<AtomicUsize>,
}

impl<S: Subscriber> Layer<S> for EnteredElsewhere {
    fn on_enter(&self, _: &Id, _: Context<'_, S>) {
        if thread::current().id() != self.here {
            self.times.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// What a request is answered, and how many statements it took. Only for tests on a single thread.
pub(crate) async fn statements_of<F: Future>(request: F) -> (F::Output, usize) {
    let times = Arc::default();
    let counting = EnteredElsewhere {
        here: thread::current().id(),
        times: Arc::clone(&times),
    };
    let _listening = tracing::subscriber::set_default(Registry::default().with(counting));
    let answer = request.await;
    (answer, times.load(Ordering::SeqCst))
}
