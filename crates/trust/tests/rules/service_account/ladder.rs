//! The ladder of repair, over every combination of what it looks at.

use trust::attention;
use trust::finding::RemedyKind;
use trust::observation::*;
use trust::recovery::recovery;
use trust::service_account::{ReasonKind, Rung, RungCost, Settings, Status, condition, ladder};

use super::support::{answered, bestow, bestow_without_token, proved, valid, with};
use crate::support::{account, enabled, known};

/// Everything that the ladder looks at.
#[derive(Debug, Clone)]
struct Case {
    token: bool,
    administrator: bool,
    local: bool,
    disk: bool,
    stored: StoredPasswords,
    helper: Helper,
    promotes: bool,
    plugin: bool,
    person: bool,
    attempts: Option<u32>,
    tried: Vec<Rung>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Helper {
    Administrator,
    Standard,
    Nobody,
}

impl Case {
    fn observation(&self) -> Observation {
        let own = if self.token {
            bestow()
        } else {
            bestow_without_token()
        };
        let own = Account {
            administrator: self.administrator,
            ..own
        };
        let helper = match self.helper {
            Helper::Administrator => enabled("ada", true),
            Helper::Standard => enabled("ada", false),
            Helper::Nobody => account("ada", true),
        };
        let answer = |right: bool| {
            Some(answered(if right {
                PasswordAnswer::Right
            } else {
                PasswordAnswer::Wrong
            }))
        };
        let mut seen = proved();
        seen.stored = self.stored;
        (seen.local_password, seen.disk_password) = (answer(self.local), answer(self.disk));
        seen.policy.machine_attempts = self.attempts;
        seen.tried = self.tried.clone();
        let mut observation = with(vec![own, helper], seen);
        if !self.plugin {
            observation.login_plugin = known(LoginPlugin::NotInstalled);
        }
        if !self.person {
            observation.console_user = known(None);
        }
        observation
    }

    fn settings(&self) -> Settings {
        Settings {
            promote_administrators: self.promotes,
            ..Settings::default()
        }
    }

    fn helped(&self) -> bool {
        match self.helper {
            Helper::Administrator => true,
            Helper::Standard => self.promotes,
            Helper::Nobody => false,
        }
    }

    /// Whether a rung can be gone, by the table in words: written apart from the rule.
    fn open(&self, rung: Rung) -> bool {
        let password_refused = !self.local || !self.disk;
        let untried = !self.tried.contains(&rung);
        match rung {
            Rung::Retry => untried && (!self.administrator || password_refused && self.stored.staged),
            Rung::PreviousPassword => {
                untried && password_refused && self.stored.previous && self.attempts != Some(0)
            }
            Rung::OtherHolder => untried && self.helped(),
            Rung::HolderLogin => untried && self.helped() && self.plugin,
            Rung::Utility => untried && self.helped() && self.person,
            Rung::Recovery => true,
        }
    }
}

fn every_case() -> impl Iterator<Item = Case> {
    let bits = 0..1_u32 << 11;
    let helpers = [Helper::Administrator, Helper::Standard, Helper::Nobody];
    bits.flat_map(move |bits| {
        let bit = |n: u32| bits & (1 << n) != 0;
        helpers.map(|helper| Case {
            token: bit(0),
            administrator: bit(1),
            local: bit(2),
            disk: bit(3),
            stored: StoredPasswords {
                current: bit(4),
                staged: bit(5),
                previous: bit(6),
            },
            helper,
            promotes: bit(7),
            plugin: bit(8),
            person: bit(9),
            attempts: if bit(10) { None } else { Some(0) },
            tried: Vec::new(),
        })
    })
}

#[test]
fn each_rung_is_open_exactly_where_it_can_be_gone() {
    let mut invalid = 0;
    for case in every_case() {
        let observation = case.observation();
        let rungs = ladder(&observation, &case.settings());
        if !matches!(condition(&observation), Status::Invalid { .. }) {
            assert!(rungs.is_empty(), "{case:?}");
            continue;
        }
        invalid += 1;
        let listed: Vec<Rung> = rungs.iter().map(|standing| standing.rung).collect();
        assert_eq!(listed, Rung::ALL, "{case:?}");
        for standing in &rungs {
            assert_eq!(
                standing.closed.is_none(),
                case.open(standing.rung),
                "{:?} of {case:?}",
                standing.rung
            );
        }
    }
    assert!(invalid > 4_000, "{invalid}");
}

#[test]
fn the_cheapest_rung_stands_first_and_costs_never_fall() {
    let costs: Vec<RungCost> = Rung::ALL.iter().map(|rung| rung.cost()).collect();
    assert!(costs.is_sorted());
    assert_eq!(costs.last(), Some(&RungCost::Visit));
}

#[test]
fn a_rung_that_was_tried_is_not_gone_again_and_the_last_is_always_left() {
    let mut case = Case {
        token: true,
        administrator: true,
        local: false,
        disk: true,
        stored: StoredPasswords {
            current: true,
            staged: true,
            previous: true,
        },
        helper: Helper::Administrator,
        promotes: false,
        plugin: true,
        person: true,
        attempts: None,
        tried: Vec::new(),
    };
    let mut gone = Vec::new();
    for _ in 0..Rung::ALL.len() {
        let rungs = ladder(&case.observation(), &case.settings());
        let next = rungs.iter().find(|standing| standing.closed.is_none()).unwrap();
        gone.push(next.rung);
        case.tried.push(next.rung);
    }
    assert_eq!(gone, Rung::ALL);
    let rungs = ladder(&case.observation(), &case.settings());
    let open: Vec<Rung> = rungs
        .iter()
        .filter(|standing| standing.closed.is_none())
        .map(|standing| standing.rung)
        .collect();
    assert_eq!(open, [Rung::Recovery]);
}

#[test]
fn there_is_no_ladder_for_what_is_valid() {
    assert!(ladder(&valid(), &Settings::default()).is_empty());
    assert_eq!(ReasonKind::ALL.len(), 6);
}

#[test]
fn where_only_recovery_is_left_there_is_a_way_back() {
    let mut led_there = 0;
    for case in every_case() {
        let seen = case.observation();
        let cheapest = attention::Case::of(&seen, &case.settings()).cheapest();
        if cheapest == Some(RemedyKind::Recovery) {
            led_there += 1;
            assert!(!recovery(&seen).ways.is_empty(), "{case:?}");
        }
    }
    assert!(led_there > 100, "{led_there}");
}
