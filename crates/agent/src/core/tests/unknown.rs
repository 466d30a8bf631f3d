//! A server that is newer than the agent.

use serde_json::json;
use wire::agent_api::CheckedIn;

use super::*;

/// The answer of a server that asks three things: something that this agent does not know, something that it does, and something
/// that it knows in another form.
fn answer() -> Answer<CheckedIn<Offered>> {
    let mut unheard = serde_json::to_value(offer(1)).unwrap();
    unheard["envelope"]["action"] = json!({ "kind": "paint_the_mac", "colour": { "hue": 7 } });
    unheard["envelope"]["version"] = json!(2);
    unheard["secrets"] = json!({ "painter": { "of": "another form" } });
    let mut changed = serde_json::to_value(offer(3)).unwrap();
    changed["envelope"]["action"]["target"] = json!(["ben", "cleo"]);
    let text = json!({
        "wants_observation": false,
        "offers": [unheard, offer(2), changed],
        "next_check_in_ms": 60_000,
        "server_time": NOW,
        "rings": 0,
        "of_a_later_version": true,
    });
    Answer::Yes(serde_json::from_str(&text.to_string()).unwrap())
}

fn told(core: &mut Core) {
    assert!(matches!(core.poll(NOW), Step::Look));
    core.handle_looked(observation(), NOW);
    let Step::CheckIn(check_in) = core.poll(NOW) else {
        panic!("a check-in was due")
    };
    core.handle_checked_in(&check_in, answer(), NOW);
}

#[test]
fn what_it_does_not_know_is_refused_and_the_rest_is_done() {
    let mut core = core(Vec::new());
    told(&mut core);
    let what = record(&mut core);
    assert_eq!(what.id(), action(2), "only what it knows is in the journal");
    core.handle_recorded(&what);
    for (number, kind) in [(1, "paint_the_mac"), (3, "grant_secure_token")] {
        let Step::Report(id, report) = core.poll(NOW) else {
            panic!("the refusal was to be reported")
        };
        assert_eq!((id, report.outcome.code), (action(number), Code::AgentTooOld));
        assert!(!report.outcome.touched_the_mac);
        assert!(report.outcome.evidence[0].saw.contains(kind));
        core.handle_report_answer(id, Answer::Yes(()), NOW);
    }
    assert!(matches!(core.poll(NOW), Step::Start(id) if id == action(2)));
}

#[test]
fn a_refusal_is_reported_until_the_server_has_it() {
    let mut core = core(Vec::new());
    told(&mut core);
    let what = record(&mut core);
    core.handle_recorded(&what);
    core.handle_report_answer(action(1), Answer::Later, NOW);
    let Step::WaitUntil(later) = core.poll(NOW) else {
        panic!("the server is left alone for a while")
    };
    assert!(matches!(core.poll(later), Step::Report(id, _) if id == action(1)));
}
