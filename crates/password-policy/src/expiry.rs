//! When a password has to be changed, when it may be changed again, and when an account goes unused for too long.

use crate::policy::Policy;
use crate::predicate::{Facts, Predicate};
use crate::rule::{Category, Rule};
use crate::search;
use crate::verdict::Truth;

/// No rule looks farther ahead: a hundred years, in seconds.
const HORIZON_S: i64 = 100 * 365 * 24 * 60 * 60;

/// When something comes about.
#[derive(Debug, Clone)]
pub enum When<'p> {
    /// No rule brings it about.
    Never,
    /// At this time, in seconds since 1970.
    At {
        /// The time.
        at_s: i64,
        /// The rule.
        rule: &'p Rule,
    },
    /// This rule may bring it about, and when cannot be told.
    CannotTell(&'p Rule),
}

/// How many of an account's last passwords may not come again.
#[derive(Debug, Clone)]
pub enum History<'p> {
    /// Any may.
    None,
    /// Not the last so many.
    Last {
        /// How many.
        count: u32,
        /// The rule.
        rule: &'p Rule,
    },
    /// This rule looks back, and how far cannot be told.
    CannotTell(&'p Rule),
}

impl Policy {
    /// When a password that was set at this time, in seconds since 1970, has to be changed.
    pub fn password_expiry(&self, password_set_at_s: i64) -> When<'_> {
        self.earliest(Category::PasswordChange, |rule| {
            comes_true(rule, password_set_at_s, |now_s| Facts {
                now: Some(now_s as f64),
                last_password_change: Some(password_set_at_s as f64),
                ..Facts::default()
            })
        })
    }

    /// When an account that last authenticated at this time, in seconds since 1970, may no longer do so, if it goes
    /// unused from then on.
    pub fn end_of_unused(&self, last_authentication_s: i64) -> When<'_> {
        self.earliest(Category::Authentication, |rule| {
            comes_false(rule, last_authentication_s, |now_s| Facts {
                now: Some(now_s as f64),
                last_authentication: Some(last_authentication_s as f64),
                failures: Some(0.0),
                last_failure: Some(0.0),
                ..Facts::default()
            })
        })
    }

    /// How many of an account's last passwords may not come again.
    pub fn history(&self) -> History<'_> {
        let mut farthest = History::None;
        for rule in self.rules_about(Category::PasswordContent) {
            for reading in rule.readings() {
                reading.each(&mut |part| {
                    let Predicate::NotInHistory { depth } = part else {
                        return;
                    };
                    farthest = match (&farthest, depth) {
                        (_, None) => History::CannotTell(rule),
                        (History::None, Some(depth)) => History::Last { count: *depth, rule },
                        (History::Last { count, .. }, Some(depth)) if depth > count => {
                            History::Last { count: *depth, rule }
                        }
                        _ => return,
                    };
                });
            }
        }
        farthest
    }

    /// The earliest that any rule of a category brings about. One that cannot be told may be earlier still.
    fn earliest<'p>(&'p self, category: Category, when: impl Fn(&'p Rule) -> When<'p>) -> When<'p> {
        let mut earliest = When::Never;
        for rule in self.rules_about(category) {
            match (when(rule), &earliest) {
                (When::CannotTell(rule), _) => return When::CannotTell(rule),
                (When::At { at_s, .. }, When::At { at_s: before, .. }) if at_s >= *before => {}
                (at @ When::At { .. }, _) => earliest = at,
                (When::Never, _) => {}
            }
        }
        earliest
    }
}

fn comes_true<'p>(rule: &'p Rule, from_s: i64, facts: impl Fn(i64) -> Facts<'static>) -> When<'p> {
    turns(rule, from_s, Truth::Yes, facts)
}

fn comes_false<'p>(rule: &'p Rule, from_s: i64, facts: impl Fn(i64) -> Facts<'static>) -> When<'p> {
    turns(rule, from_s, Truth::No, facts)
}

fn turns<'p>(rule: &'p Rule, from_s: i64, to: Truth, facts: impl Fn(i64) -> Facts<'static>) -> When<'p> {
    let end_s = from_s.saturating_add(HORIZON_S);
    let truth = |now_s| rule.truth(&facts(now_s));
    if matches!(truth(from_s), Truth::Unknown(_)) || matches!(truth(end_s), Truth::Unknown(_)) {
        return When::CannotTell(rule);
    }
    search::first(from_s, end_s, |now_s| truth(now_s) == to)
        .map_or(When::Never, |at_s| When::At { at_s, rule })
}
