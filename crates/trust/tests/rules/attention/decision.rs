//! The decision on a service account, over every case there is, against a table that is written apart from the rule.

use std::collections::HashSet;

use trust::attention::{Case, Helper, ServiceAccountCase, Told};
use trust::finding::RemedyKind;

/// One line of the table: the cases that it is about, and what it says of them. `None` is whatever there is.
struct Line {
    account: AccountIs,
    restarted: Option<&'static [Told]>,
    helper: Option<&'static [Helper]>,
    agent_can: Option<bool>,
    obstructed: Option<bool>,
    login: Option<bool>,
    order: Option<bool>,
    utility: Option<bool>,
    remedy: Option<RemedyKind>,
}

#[derive(Clone, Copy)]
enum AccountIs {
    NotWanted,
    Absent,
    /// Something of it is known to be wrong.
    Faulty,
    /// Nothing of it is known to be wrong.
    Faultless,
}

const ANY: Line = Line {
    account: AccountIs::NotWanted,
    restarted: None,
    helper: None,
    agent_can: None,
    obstructed: None,
    login: None,
    order: None,
    utility: None,
    remedy: None,
};

const FREE: Line = Line {
    obstructed: Some(false),
    ..ANY
};

/// No service account, on a Mac that was started again as far as is known.
const ABSENT: Line = Line {
    account: AccountIs::Absent,
    restarted: Some(&[Told::Yes, Told::Unknown]),
    ..FREE
};

/// No service account, on a Mac that was not started again and where no login would make one.
const DEAF: Line = Line {
    account: AccountIs::Absent,
    restarted: Some(&[Told::No]),
    login: Some(false),
    ..FREE
};

/// A service account that is invalid, with which the agent is at its wits' end.
const FAULTY: Line = Line {
    account: AccountIs::Faulty,
    agent_can: Some(false),
    ..FREE
};

const ADMINISTRATOR: Option<&[Helper]> = Some(&[Helper::Administrator]);
const UNTOLD: Option<&[Helper]> = Some(&[Helper::Unknown]);
const NO_ADMINISTRATOR: Option<&[Helper]> = Some(&[Helper::StandardOnly, Helper::Nobody]);

fn table() -> Vec<Line> {
    let mut lines = vec![
        Line {
            account: AccountIs::NotWanted,
            ..ANY
        },
        Line {
            account: AccountIs::Faultless,
            ..ANY
        },
        Line {
            account: AccountIs::Absent,
            obstructed: Some(true),
            remedy: Some(RemedyKind::Management),
            ..ANY
        },
        Line {
            account: AccountIs::Absent,
            restarted: Some(&[Told::No]),
            login: Some(true),
            remedy: Some(RemedyKind::Restart),
            ..FREE
        },
        Line {
            helper: NO_ADMINISTRATOR,
            remedy: Some(RemedyKind::Recovery),
            ..DEAF
        },
        Line {
            helper: UNTOLD,
            utility: Some(true),
            remedy: Some(RemedyKind::Utility),
            ..DEAF
        },
        Line {
            helper: UNTOLD,
            utility: Some(false),
            remedy: Some(RemedyKind::Reinstall),
            ..DEAF
        },
        Line {
            helper: ADMINISTRATOR,
            order: Some(true),
            remedy: Some(RemedyKind::Console),
            ..DEAF
        },
        Line {
            helper: ADMINISTRATOR,
            order: Some(false),
            utility: Some(true),
            remedy: Some(RemedyKind::Utility),
            ..DEAF
        },
        Line {
            helper: ADMINISTRATOR,
            order: Some(false),
            utility: Some(false),
            remedy: Some(RemedyKind::Reinstall),
            ..DEAF
        },
        Line {
            account: AccountIs::Faulty,
            agent_can: Some(true),
            remedy: Some(RemedyKind::Agent),
            ..ANY
        },
        Line {
            account: AccountIs::Faulty,
            agent_can: Some(false),
            obstructed: Some(true),
            remedy: Some(RemedyKind::Management),
            ..ANY
        },
    ];
    for base in [ABSENT, FAULTY] {
        lines.extend(with_a_token_of_somebody(&base));
    }
    lines
}

/// What is said where it takes the token of an account of the Mac.
fn with_a_token_of_somebody(base: &Line) -> [Line; 7] {
    let line = |helper, [login, order, utility]: [Option<bool>; 3], remedy| Line {
        helper,
        login,
        order,
        utility,
        remedy: Some(remedy),
        ..*base
    };
    let (yes, no, any) = (Some(true), Some(false), None);
    [
        line(ADMINISTRATOR, [yes, any, any], RemedyKind::NextLogin),
        line(ADMINISTRATOR, [no, yes, any], RemedyKind::Console),
        line(ADMINISTRATOR, [no, no, yes], RemedyKind::Utility),
        line(ADMINISTRATOR, [no, no, no], RemedyKind::Reinstall),
        line(UNTOLD, [any, any, yes], RemedyKind::Utility),
        line(UNTOLD, [any, any, no], RemedyKind::Reinstall),
        line(NO_ADMINISTRATOR, [any, any, any], RemedyKind::Recovery),
    ]
}

impl AccountIs {
    fn holds(self, account: ServiceAccountCase) -> bool {
        match (self, account) {
            (Self::NotWanted, ServiceAccountCase::NotWanted) | (Self::Absent, ServiceAccountCase::Absent) => {
                true
            }
            (
                Self::Faulty | Self::Faultless,
                ServiceAccountCase::Present {
                    token,
                    local_password,
                    disk_password,
                },
            ) => {
                let faulty = token == Told::No || local_password == Told::No || disk_password == Told::No;
                faulty == matches!(self, Self::Faulty)
            }
            _ => false,
        }
    }
}

impl Line {
    fn is_about(&self, case: &Case) -> bool {
        let is = |wanted: Option<bool>, found: bool| wanted.is_none_or(|wanted| wanted == found);
        self.account.holds(case.account)
            && self
                .restarted
                .is_none_or(|wanted| wanted.contains(&case.restarted))
            && self.helper.is_none_or(|wanted| wanted.contains(&case.helper))
            && is(self.agent_can, case.agent_can)
            && is(self.obstructed, case.obstructed)
            && is(self.login, case.login_helps)
            && is(self.order, case.order_helps)
            && is(self.utility, case.utility_helps)
    }
}

fn every_account() -> Vec<ServiceAccountCase> {
    let mut all = vec![ServiceAccountCase::NotWanted, ServiceAccountCase::Absent];
    for token in Told::ALL {
        for local_password in Told::ALL {
            for disk_password in Told::ALL {
                all.push(ServiceAccountCase::Present {
                    token,
                    local_password,
                    disk_password,
                });
            }
        }
    }
    all
}

fn every_case() -> Vec<Case> {
    let mut all = Vec::new();
    for account in every_account() {
        for restarted in Told::ALL {
            for helper in Helper::ALL {
                for bits in 0..1_u32 << 5 {
                    let bit = |n: u32| bits & (1 << n) != 0;
                    all.push(Case {
                        restarted,
                        account,
                        helper,
                        agent_can: bit(0),
                        obstructed: bit(1),
                        login_helps: bit(2),
                        order_helps: bit(3),
                        utility_helps: bit(4),
                    });
                }
            }
        }
    }
    all
}

#[test]
fn every_case_is_decided_as_the_one_line_of_the_table_says_that_is_about_it() {
    let table = table();
    let mut used = HashSet::new();
    let cases = every_case();
    assert_eq!(cases.len(), 3 * 29 * 4 * 32);
    assert_eq!(cases.iter().collect::<HashSet<_>>().len(), cases.len());
    for case in cases {
        let about: Vec<usize> = (0..table.len())
            .filter(|line| table[*line].is_about(&case))
            .collect();
        let [line] = about[..] else {
            panic!("lines {about:?} are about {case:?}");
        };
        assert_eq!(case.cheapest(), table[line].remedy, "{case:?}");
        used.insert(line);
    }
    assert_eq!(used.len(), table.len(), "every line is about some case");
}

#[test]
fn what_is_cheapest_costs_no_less_when_a_way_is_closed() {
    for case in every_case() {
        let closed = [
            Case {
                agent_can: false,
                ..case
            },
            Case {
                login_helps: false,
                ..case
            },
            Case {
                order_helps: false,
                ..case
            },
            Case {
                utility_helps: false,
                ..case
            },
        ];
        for other in closed {
            assert!(case.cheapest() <= other.cheapest(), "{case:?} and {other:?}");
        }
    }
}
