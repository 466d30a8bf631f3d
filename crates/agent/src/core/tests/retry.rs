//! What left no trace is tried again, a few times, whatever happens in between.

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use trust::retry::MOST_TRIES;

use super::*;

fn ended(code: Code, touched_the_mac: bool) -> Outcome {
    Outcome {
        code,
        touched_the_mac,
        evidence: vec![trust::outcome::Evidence {
            at: NOW,
            by: "test".to_owned(),
            saw: code.word().to_owned(),
        }],
        edge: None,
        ..outcome()
    }
}

/// A core that is about to carry out action 1, with action 2 waiting behind it.
fn about_to_perform() -> Core {
    let mut core = core(Vec::new());
    offered(&mut core, vec![offer(1), offer(2)]);
    record(&mut core);
    record(&mut core);
    core.handle_start_answer(action(1), Answer::Yes(()), NOW);
    record(&mut core);
    assert!(matches!(core.poll(NOW), Step::Perform(_)));
    core
}

#[test]
fn a_tool_that_gave_no_answer_is_tried_again_after_a_pause() {
    let mut core = about_to_perform();
    core.handle_performed(action(1), performance(ended(Code::ToolFailed, false), false), NOW);
    let recorded = record(&mut core);
    let Some(Stage::Again { tries: 1, at, .. }) = stage(&recorded) else {
        panic!("{recorded:?}")
    };
    let later = *at;
    assert!(later > NOW);
    let Step::WaitUntil(until) = core.poll(NOW) else {
        panic!("action 2 went before it")
    };
    assert_eq!(until, later);
    assert!(matches!(core.poll(later), Step::Perform(entry) if entry.offer.envelope.id == action(1)));
    core.handle_performed(action(1), performance(ended(Code::Granted, true), true), later);
    record(&mut core);
    let Step::Report(_, report) = core.poll(later) else {
        panic!("nothing to report")
    };
    let seen: Vec<_> = report
        .outcome
        .evidence
        .iter()
        .map(|evidence| evidence.by.as_str())
        .collect();
    assert_eq!(seen, ["test", "retry", "test"]);
    assert!(
        report.outcome.evidence[1]
            .saw
            .starts_with("try 1 of 3 ended as tool_failed")
    );
}

#[test]
fn a_password_that_was_tried_is_not_tried_again() {
    for (touched, password_tried) in [(false, true), (true, false), (true, true)] {
        let mut core = about_to_perform();
        let done = performance(ended(Code::ToolFailed, touched), password_tried);
        core.handle_performed(action(1), done, NOW);
        let recorded = record(&mut core);
        assert!(
            matches!(stage(&recorded), Some(Stage::Done { .. })),
            "{recorded:?}"
        );
    }
}

#[test]
fn a_try_survives_a_restart() {
    let again = Stage::Again {
        tries: 2,
        at: Timestamp(NOW.0 + 1),
        evidence: ended(Code::ToolFailed, false).evidence,
    };
    let entry = Entry {
        offer: offer(1),
        stage: again,
    };
    let mut core = core(vec![Journaled::Open(Box::new(entry))]);
    assert!(matches!(core.poll(NOW), Step::Look), "it looks in meanwhile");
    assert!(matches!(core.poll(Timestamp(NOW.0 + 1)), Step::Perform(_)));
    let last = performance(ended(Code::ToolFailed, false), false);
    core.handle_performed(action(1), last, Timestamp(NOW.0 + 1));
    let recorded = record(&mut core);
    assert!(
        matches!(stage(&recorded), Some(Stage::Done { .. })),
        "that was the third: {recorded:?}"
    );
}

/// What one try comes to.
#[derive(Debug, Clone, Copy)]
struct Try {
    code: Code,
    touched: bool,
    password_tried: bool,
    /// The agent is killed and started before this is on the disk.
    killed: bool,
}

/// A try that comes about.
const WELL: Try = Try {
    code: Code::Granted,
    touched: true,
    password_tried: true,
    killed: false,
};

fn tries() -> impl Strategy<Value = Try> {
    let code = prop_oneof![
        Just(Code::ToolFailed),
        Just(Code::StateUnreadable),
        Just(Code::Granted),
        Just(Code::TargetUnknown),
        Just(Code::AdministratorWrongPassword),
    ];
    (
        code,
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.2),
        any::<bool>(),
    )
        .prop_map(|(code, touched, password_tried, killed)| Try {
            code,
            touched,
            password_tried,
            killed,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tries_come_to_an_end_and_each_is_told(tries in vec(tries(), 12)) {
        let mut core = about_to_perform();
        let mut on_disk = Journaled::Open(Box::new(Entry { offer: offer(1), stage: Stage::Started }));
        let (mut now, mut told, mut next) = (NOW, 0, tries.into_iter());
        let (mut may_go_on, mut may_begin_at) = (true, NOW);
        let report = loop {
            match core.poll(now) {
                Step::Perform(entry) => {
                    assert_eq!(entry.offer.envelope.id, action(1), "out of order");
                    assert!(may_go_on, "tried again after it had left a trace");
                    assert!(now >= may_begin_at, "tried again too early");
                    let attempt = next.next().unwrap_or(WELL);
                    let done = performance(ended(attempt.code, attempt.touched), attempt.password_tried);
                    core.handle_performed(action(1), done, now);
                    if attempt.killed {
                        // Whoever comes next knows of this try what the disk knows: nothing.
                        core = Core::new(device(), "1", vec![on_disk.clone()], 7, now);
                        continue;
                    }
                    told += 1;
                    may_go_on = attempt.code.is_retry_safe() && !attempt.touched && !attempt.password_tried;
                }
                Step::Record(what) => {
                    core.handle_recorded(&what);
                    if let Some(Stage::Again { at, .. }) = stage(&what) {
                        may_begin_at = *at;
                    }
                    on_disk = *what;
                }
                Step::WaitUntil(at) => now = at,
                Step::Look => core.handle_looked(observation(), now),
                Step::CheckIn(told) => {
                    core.handle_checked_in(&told, checked_in(Vec::new()), now);
                }
                Step::Report(id, report) => {
                    assert_eq!(id, action(1));
                    break report;
                }
                other => panic!("{other:?}"),
            }
        };
        assert!(told <= MOST_TRIES, "tried too often");
        let seen = report.outcome.evidence.iter();
        assert_eq!(seen.clone().filter(|evidence| evidence.by == "test").count(), told as usize);
        assert_eq!(seen.filter(|evidence| evidence.by == "retry").count(), told as usize - 1);
    }
}
