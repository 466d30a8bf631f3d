//! Whole runs over made-up devices, in whichever order things happen. A failure prints the run that led to it.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use trust::bulk::{CLAIMED_WITHIN, Counts, Decision, HEARD_WITHIN, RunState, Standing, Terms, decide};

/// How one action stands, since when where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Held,
    Released(Duration),
    Claimed(Duration),
    Ended(End),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Succeeded,
    Failed,
    Expired,
}

/// Something that happens from outside. Devices are named by any number.
#[derive(Debug, Clone, Copy)]
enum Event {
    TimePasses(u64),
    Claims(usize),
    Ends(usize, bool),
    Expires(usize),
    IsContinued,
}

/// A run as the server would keep it.
struct Run {
    state: RunState,
    terms: Terms,
    now: Duration,
    devices: Vec<Place>,
    /// In which turn each is released.
    turns: Vec<u32>,
    /// What had ended when it was last continued.
    before: (u64, u64),
    finished: u32,
}

impl Run {
    fn new(terms: Terms, devices: usize) -> Self {
        Self {
            state: RunState::Running,
            terms,
            now: Duration::ZERO,
            devices: vec![Place::Held; devices],
            turns: vec![0; devices],
            before: (0, 0),
            finished: 0,
        }
    }

    fn count(&self, is_meant: impl Fn(&Place) -> bool) -> u64 {
        self.devices.iter().filter(|place| is_meant(place)).count() as u64
    }

    fn ended(&self, end: End) -> u64 {
        self.count(|place| *place == Place::Ended(end))
    }

    fn counts(&self) -> Counts {
        let since = |at: Duration| self.now - at;
        Counts {
            held: self.count(|place| *place == Place::Held),
            live: self.count(|place| match place {
                Place::Released(at) => since(*at) < CLAIMED_WITHIN,
                Place::Claimed(at) => since(*at) < HEARD_WITHIN,
                Place::Held | Place::Ended(_) => false,
            }),
            unclaimed: self
                .count(|place| matches!(place, Place::Released(at) if since(*at) >= CLAIMED_WITHIN)),
            away: self.count(|place| matches!(place, Place::Claimed(at) if since(*at) >= HEARD_WITHIN)),
            succeeded: self.ended(End::Succeeded) - self.before.0,
            failed: self.ended(End::Failed) - self.before.1,
        }
    }

    fn standing(&self) -> Standing {
        Standing {
            state: self.state,
            may_begin: true,
            terms: self.terms,
            counts: self.counts(),
        }
    }

    /// Decides until nothing is left to decide, as the server does after each event.
    fn settle(&mut self) {
        for _ in 0..10 {
            match decide(&self.standing()) {
                Decision::Hold => return,
                Decision::Release(count) => self.release(count),
                Decision::TakeBack => self.take_back(),
                Decision::Stop => self.state = RunState::Stopped,
                Decision::Finish => {
                    self.finished += 1;
                    self.state = RunState::Finished;
                }
            }
            assert!(self.finished <= 1, "finished twice");
        }
        panic!("the run decides for ever: {:?}", self.standing());
    }

    fn release(&mut self, count: u64) {
        assert_eq!(
            self.state,
            RunState::Running,
            "released by a run that does not run"
        );
        for _ in 0..count {
            let held = (0..self.devices.len()).filter(|device| self.devices[*device] == Place::Held);
            let first = held.min_by_key(|device| (self.turns[*device], *device)).unwrap();
            self.devices[first] = Place::Released(self.now);
        }
        self.keeps_its_terms();
    }

    fn take_back(&mut self) {
        for device in 0..self.devices.len() {
            if matches!(self.devices[device], Place::Released(at) if self.now - at >= CLAIMED_WITHIN) {
                self.devices[device] = Place::Held;
                self.turns[device] += 1;
            }
        }
    }

    /// What was just released is within the terms. A device that was away may come back later and be one too many.
    fn keeps_its_terms(&self) {
        let standing = self.standing();
        let counts = standing.counts;
        assert!(counts.live <= self.terms.in_flight, "{standing:?}");
        if standing.is_in_canary() {
            let touched = counts.ended() + counts.live + counts.unclaimed;
            assert!(touched <= self.terms.canary, "beyond the canary: {standing:?}");
        }
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::TimePasses(seconds) => self.now += Duration::from_secs(seconds),
            Event::Claims(device) => {
                let now = self.now;
                if let Some(place @ Place::Released(_)) = self.place(device) {
                    *place = Place::Claimed(now);
                }
            }
            Event::Ends(device, well) => {
                if let Some(place @ Place::Claimed(_)) = self.place(device) {
                    *place = Place::Ended(if well { End::Succeeded } else { End::Failed });
                }
            }
            Event::Expires(device) => {
                if let Some(place @ (Place::Held | Place::Released(_))) = self.place(device) {
                    *place = Place::Ended(End::Expired);
                }
            }
            Event::IsContinued => {
                if self.state == RunState::Stopped {
                    self.state = RunState::Running;
                    self.before = (self.ended(End::Succeeded), self.ended(End::Failed));
                }
            }
        }
    }

    fn place(&mut self, device: usize) -> Option<&mut Place> {
        let count = self.devices.len();
        self.devices.get_mut(device % count)
    }

    fn released(&self) -> u64 {
        self.count(|place| *place != Place::Held && *place != Place::Ended(End::Expired))
    }
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (1_u64..100).prop_map(Event::TimePasses),
        1 => Just(Event::TimePasses(601)),
        8 => any::<usize>().prop_map(Event::Claims),
        8 => (any::<usize>(), proptest::bool::weighted(0.8)).prop_map(|(device, well)| Event::Ends(device, well)),
        1 => any::<usize>().prop_map(Event::Expires),
        1 => Just(Event::IsContinued),
    ]
}

fn terms() -> impl Strategy<Value = Terms> {
    (1_u64..8, 1_u8..=100, 1_u64..10).prop_map(|(canary, percent, in_flight)| Terms {
        canary,
        stop_at_failure_percent: percent,
        in_flight,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_run_keeps_its_terms_whatever_happens_and_comes_to_its_end(
        terms in terms(),
        devices in 1_usize..40,
        events in vec(events(), 0..300),
    ) {
        let mut run = Run::new(terms, devices);
        run.settle();
        for event in events {
            let (was_stopped, released) = (run.state == RunState::Stopped, run.released());
            run.happens(event);
            let is_stopped = run.state == RunState::Stopped;
            run.settle();
            if was_stopped && is_stopped {
                assert!(run.released() <= released, "a stop released something");
                assert_ne!(run.state, RunState::Running, "a stop went on by itself");
            }
        }
        comes_to_its_end(&mut run);
    }
}

/// From here on every device comes back and succeeds, and somebody continues what stops.
fn comes_to_its_end(run: &mut Run) {
    for _ in 0..10_000 {
        if run.finished == 1 {
            let ended = run.count(|place| matches!(place, Place::Ended(_)));
            assert_eq!(
                ended,
                run.devices.len() as u64,
                "finished with devices that have no result"
            );
            return;
        }
        run.happens(Event::IsContinued);
        for device in 0..run.devices.len() {
            run.happens(Event::Claims(device));
            run.happens(Event::Ends(device, true));
        }
        run.settle();
    }
    panic!("the run never finishes: {:?}", run.standing());
}
