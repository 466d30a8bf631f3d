//! The queue, whatever happens to it in whichever order: every action is where the rules of the queue say it is, is shown
//! and begun only when it may be, and ends once.

mod actual;
mod model;

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

use actual::Actual;

/// Something that happens. Actions and devices are named by any number.
#[derive(Debug, Clone, Copy)]
pub enum Event {
    /// Somebody asks an action of a device, to begin after some time and before another, in milliseconds from now.
    Accepted(u8, Option<i64>, i64),
    /// A device's agent looks in.
    LooksIn(u8),
    /// A device's agent asks whether it may begin.
    Starts(usize),
    /// It reports a good end or a bad one.
    Reports(usize, bool),
    /// Somebody calls an action back.
    Cancelled(usize),
    /// Time passes, in milliseconds.
    TimePasses(i64),
    /// What has expired is ended.
    Expires,
    /// The run goes on as far as it may.
    RunAdvances,
    /// Somebody stops the run.
    RunStops,
    /// Somebody continues it.
    RunContinues,
}

fn events() -> impl Strategy<Value = Event> {
    let not_before = prop_oneof![Just(None), (0_i64..4_000).prop_map(Some)];
    prop_oneof![
        3 => (1_u8..=actual::DEVICES, not_before, 1_i64..9_000)
            .prop_map(|(device, not_before, valid)| Event::Accepted(device, not_before, valid)),
        6 => (1_u8..=actual::DEVICES).prop_map(Event::LooksIn),
        5 => any::<usize>().prop_map(Event::Starts),
        5 => (any::<usize>(), any::<bool>()).prop_map(|(action, well)| Event::Reports(action, well)),
        2 => any::<usize>().prop_map(Event::Cancelled),
        3 => (1_i64..3_000).prop_map(Event::TimePasses),
        1 => Just(Event::TimePasses(61_000)),
        2 => Just(Event::Expires),
        4 => Just(Event::RunAdvances),
        1 => Just(Event::RunStops),
        2 => Just(Event::RunContinues),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_action_is_where_the_rules_say_and_ends_once(events in vec(events(), 120..160)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let mut actual = Actual::new().await;
            for event in events {
                actual.happens(event).await;
            }
            actual.comes_to_its_end().await;
        });
    }
}
