//! How many devices one processor diagnoses in a second.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use trust::finding::diagnose;
use trust::observation::Observation;
use trust::time::Timestamp;

use crate::figure::{Bar, Figure, Kind};
use crate::stock::Mixture;

/// Diagnoses `devices` devices of the usual mixture, in this thread.
pub fn diagnosis(devices: u32) -> Vec<Figure> {
    let hundred = Mixture::make().hundred();
    let bare = rate(devices, &hundred, |seen| diagnose(seen).len());
    let told: Vec<String> = hundred
        .iter()
        .filter_map(|seen| serde_json::to_string(seen).ok())
        .collect();
    let read = rate(devices, &told, |json| {
        let seen: Option<Observation> = serde_json::from_str(json).ok();
        seen.map_or(0, |seen| diagnose(&seen).len())
    });
    let kept = rate(devices, &hundred, |seen| {
        server::kept(seen, seen.digest(), &diagnose(seen), Timestamp(0))
            .1
            .len()
    });
    let figure = |what: &str, rate| Figure::new(what, rate, "per s and core", Kind::Processor);
    vec![
        figure("diagnosis", bare).bar(Bar::AtLeast(200_000.0)),
        figure("diagnosis of what is read from its JSON", read),
        figure(
            "diagnosis with digest and summary, as for a new observation",
            kept,
        ),
    ]
}

fn rate<T>(count: u32, all: &[T], work: impl Fn(&T) -> usize) -> f64 {
    let begun = processor_time();
    let mut found = 0_usize;
    for item in all
        .iter()
        .cycle()
        .take(usize::try_from(count).unwrap_or(usize::MAX))
    {
        found += black_box(work(black_box(item)));
    }
    black_box(found);
    f64::from(count) / (processor_time() - begun).as_secs_f64()
}

/// Processor time that this thread has used.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}
