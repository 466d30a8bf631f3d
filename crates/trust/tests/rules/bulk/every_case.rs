//! Every standing with small numbers.

use trust::bulk::{Counts, Decision, RunState, Standing, Terms, decide};

/// Calls `check` with every standing whose counts go up to 3.
fn for_every_standing(mut check: impl FnMut(&Standing, Decision)) {
    for state in RunState::ALL {
        for may_begin in [false, true] {
            for terms in every_terms() {
                for number in 0..4_u64.pow(6) {
                    let count = |place: u32| number / 4_u64.pow(place) % 4;
                    let standing = Standing {
                        state,
                        may_begin,
                        terms,
                        counts: Counts {
                            held: count(0),
                            live: count(1),
                            unclaimed: count(2),
                            away: count(3),
                            succeeded: count(4),
                            failed: count(5),
                        },
                    };
                    check(&standing, decide(&standing));
                }
            }
        }
    }
}

fn every_terms() -> impl Iterator<Item = Terms> {
    let terms = |canary, percent| {
        [1, 2, 5].map(|in_flight| Terms {
            canary,
            stop_at_failure_percent: percent,
            in_flight,
        })
    };
    [1, 3, 6].into_iter().flat_map(move |canary| {
        [1, 34, 100]
            .into_iter()
            .flat_map(move |percent| terms(canary, percent))
    })
}

#[test]
fn only_what_runs_releases_stops_or_takes_back() {
    for_every_standing(|standing, decision| {
        if standing.state != RunState::Running {
            assert!(
                matches!(decision, Decision::Hold | Decision::Finish),
                "{standing:?}: {decision:?}"
            );
        }
    });
}

#[test]
fn a_run_finishes_when_nothing_is_left_and_not_before() {
    for_every_standing(|standing, decision| {
        let can_finish = !matches!(standing.state, RunState::Preparing | RunState::Finished);
        let is_finish = can_finish && standing.counts.open() == 0;
        assert_eq!(
            decision == Decision::Finish,
            is_finish,
            "{standing:?}: {decision:?}"
        );
    });
}

#[test]
fn what_is_released_keeps_to_the_terms() {
    for_every_standing(|standing, decision| {
        let Decision::Release(count) = decision else {
            return;
        };
        let Counts {
            held,
            live,
            unclaimed,
            ..
        } = standing.counts;
        assert!(
            standing.may_begin && count >= 1 && count <= held,
            "{standing:?}: {count}"
        );
        assert!(live + count <= standing.terms.in_flight, "{standing:?}: {count}");
        if standing.counts.ended() < standing.terms.canary {
            let touched = standing.counts.ended() + live + unclaimed + count;
            assert!(touched <= standing.terms.canary, "{standing:?}: {count}");
        }
    });
}

#[test]
fn too_many_failures_stop_a_run_and_nothing_else_does() {
    for_every_standing(|standing, decision| {
        let Counts { failed, .. } = standing.counts;
        let sample = standing.counts.ended().max(standing.terms.canary);
        let too_many =
            failed > 0 && failed * 100 >= u64::from(standing.terms.stop_at_failure_percent) * sample;
        let can_stop = standing.state == RunState::Running && standing.counts.open() > 0;
        assert_eq!(
            decision == Decision::Stop,
            can_stop && too_many,
            "{standing:?}: {decision:?}"
        );
    });
}

#[test]
fn only_a_canary_takes_back_and_only_for_others() {
    for_every_standing(|standing, decision| {
        if decision == Decision::TakeBack {
            assert!(standing.counts.ended() < standing.terms.canary, "{standing:?}");
            assert!(
                standing.counts.unclaimed > 0 && standing.counts.held > 0,
                "{standing:?}"
            );
        }
    });
}

/// Devices that are away never hold a run up: whenever it waits although it could go on, a device is at work.
#[test]
fn a_run_waits_only_for_devices_that_are_there() {
    for_every_standing(|standing, decision| {
        let could_go_on =
            standing.state == RunState::Running && standing.may_begin && standing.counts.held > 0;
        if could_go_on && decision == Decision::Hold {
            assert!(standing.counts.live > 0, "{standing:?}");
        }
    });
}
