//! What the person at the screen asks is served before anything that nobody waits for.

use utility_protocol::message::Request;

use super::*;
use crate::service_account::custody::Memory;
use crate::utility::Asked;

#[test]
fn the_person_at_the_screen_comes_before_the_server_and_the_service_account() {
    let mut core = core(Vec::new()).with_service_account(Memory::default(), NOW);
    let (asked, _answers) = Asked::new(501, Request::Status);
    core.handle_asked(asked);
    assert!(matches!(core.poll(NOW), Step::Serve(_)));
    core.handle_served(None, NOW);
    assert!(matches!(core.poll(NOW), Step::Tend(None)));
}

#[test]
fn of_those_who_have_gone_away_none_is_kept() {
    let mut core = core(Vec::new());
    for _ in 0..1_000 {
        let (asked, answers) = Asked::new(501, Request::Status);
        drop(answers);
        core.handle_asked(asked);
    }
    assert_eq!(core.asked.len(), 1, "the last is let go by the next");
}

#[test]
fn what_was_done_for_somebody_is_told_at_once() {
    let mut core = core(Vec::new());
    core.handle_served(
        Some(Tended {
            observation: observation(),
            again_at: NOW.plus(Duration::from_secs(3_600)),
            deeds: Vec::new(),
        }),
        NOW,
    );
    assert!(matches!(core.poll(NOW), Step::CheckIn(_)));
}
