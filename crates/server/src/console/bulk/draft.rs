//! What the form of a bulk run holds. None of it is secret.

use trust::code::Code;
use trust::enrolment::AttributeName;

use crate::console::components::query;
use crate::console::order::draft::{Draft as Order, name as order_name};
use crate::console::order::kind::OrderKind;
use crate::input::SecretForm;

/// Names of fields beside those of a single order.
pub(in crate::console) mod name {
    pub(crate) const KIND: &str = "kind";
    pub(crate) const WHICH: &str = "which";
    pub(crate) const DEVICE: &str = "device";
    pub(crate) const Q: &str = "q";
    pub(crate) const STATE: &str = "state";
    pub(crate) const FINDING: &str = "finding";
    pub(crate) const SERVICE_ACCOUNT: &str = "service_account";
    pub(crate) const CANARY: &str = "canary";
    pub(crate) const CANARY_UNIT: &str = "canary_unit";
    pub(crate) const STOP_AT: &str = "stop_at_failure_percent";
    pub(crate) const IN_FLIGHT: &str = "in_flight";
    pub(crate) const NOT_AFTER: &str = "not_after";
}

/// The value of [`name::WHICH`] for the Macs that were ticked; every other one is for those that the search finds.
pub(in crate::console) const CHOSEN: &str = "chosen";

/// The value of [`name::WHICH`] for the Macs that the search finds.
pub(in crate::console) const MATCHING: &str = "matching";

/// The value of [`name::CANARY_UNIT`] for a share; every other one is for a number of Macs.
pub(super) const PERCENT: &str = "percent";

/// What was filled in, as it was filled in.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub kind: OrderKind,
    /// Whether the Macs of `devices` are meant, and not those that the search finds.
    pub chosen: bool,
    /// Whether ticked Macs are meant, and none is ticked. Such a draft must not become one for every Mac.
    pub none_ticked: bool,
    /// Ids of the Macs that were ticked.
    pub devices: Vec<String>,
    pub q: String,
    pub state: String,
    pub finding: String,
    pub service_account: String,
    pub order: Order,
    pub canary: String,
    /// Whether `canary` is a share of a hundred.
    pub canary_is_share: bool,
    pub stop_at: String,
    pub in_flight: String,
    pub not_after: String,
}

impl Draft {
    /// What stands in an address.
    pub(super) fn of_query(pairs: &[(String, String)]) -> Self {
        Self::read(|wanted| {
            let values = pairs.iter().filter(|(name, _)| name == wanted);
            values.map(|(_, value)| value.trim().to_owned()).collect()
        })
    }

    /// What stands in a form that was sent.
    pub(super) fn of_form(form: &SecretForm) -> Self {
        Self::read(|name| form.texts(name))
    }

    fn read(texts: impl Fn(&str) -> Vec<String>) -> Self {
        let text = |name: &str| texts(name).into_iter().next().unwrap_or_default();
        let or = |name: &str, usual: &str| {
            let text = text(name);
            if text.is_empty() { usual.to_owned() } else { text }
        };
        let devices = texts(name::DEVICE);
        Self {
            kind: OrderKind::from_slug(&text(name::KIND)).unwrap_or(OrderKind::GrantSecureToken),
            chosen: text(name::WHICH) == CHOSEN && !devices.is_empty(),
            none_ticked: text(name::WHICH) == CHOSEN && devices.is_empty(),
            devices,
            q: text(name::Q),
            state: text(name::STATE),
            finding: text(name::FINDING),
            service_account: text(name::SERVICE_ACCOUNT),
            order: Order {
                administrator: text(order_name::ADMINISTRATOR),
                administrator_password_from: text(order_name::ADMINISTRATOR_PASSWORD_FROM),
                target: text(order_name::TARGET),
                target_by: text(order_name::TARGET_BY),
                target_password_from: text(order_name::TARGET_PASSWORD_FROM),
                new_password_from: text(order_name::NEW_PASSWORD_FROM),
                // A person uses one Mac.
                person: String::new(),
                person_email: String::new(),
                full_name: text(order_name::FULL_NAME),
                role: text(order_name::ROLE),
                hidden: !texts(order_name::HIDDEN).is_empty(),
                remove_home: !texts(order_name::REMOVE_HOME).is_empty(),
                promote_administrator: !texts(order_name::PROMOTE).is_empty(),
                confirm_device_name: String::new(),
                not_before: text(order_name::NOT_BEFORE),
                reason: text(order_name::REASON),
            },
            canary: or(name::CANARY, "5"),
            canary_is_share: text(name::CANARY_UNIT) == PERCENT,
            stop_at: or(name::STOP_AT, "10"),
            in_flight: or(name::IN_FLIGHT, "100"),
            not_after: text(name::NOT_AFTER),
        }
    }

    /// Fills in what follows from the choice of Macs, where nothing is filled in: who lacks a token as a Mac's person is
    /// another one on each, with a password of his own.
    pub(super) fn fill_in(&mut self) {
        let is_of_persons = !self.chosen && self.finding == Code::PrimaryUserWithoutToken.word();
        let is_grant = self.kind == OrderKind::GrantSecureToken;
        let is_empty = self.order.target.is_empty() && self.order.target_by.is_empty();
        if is_of_persons && is_grant && is_empty {
            self.order.target = "%username%".to_owned();
            self.order.target_password_from = AttributeName::password().wildcard();
        }
    }

    /// Everything that is filled in, by the names of its fields.
    pub(super) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let ticked = |is_ticked: bool| if is_ticked { "true" } else { "" };
        let mut pairs = self.selection();
        pairs.extend([
            (name::KIND, self.kind.slug()),
            (order_name::ADMINISTRATOR, self.order.administrator.as_str()),
            (
                order_name::ADMINISTRATOR_PASSWORD_FROM,
                &self.order.administrator_password_from,
            ),
            (order_name::PROMOTE, ticked(self.order.promote_administrator)),
            (order_name::TARGET, &self.order.target),
            (order_name::TARGET_BY, &self.order.target_by),
            (order_name::TARGET_PASSWORD_FROM, &self.order.target_password_from),
            (order_name::NEW_PASSWORD_FROM, &self.order.new_password_from),
            (order_name::FULL_NAME, &self.order.full_name),
            (order_name::ROLE, &self.order.role),
            (order_name::HIDDEN, ticked(self.order.hidden)),
            (order_name::REMOVE_HOME, ticked(self.order.remove_home)),
            (name::CANARY, &self.canary),
            (name::CANARY_UNIT, if self.canary_is_share { PERCENT } else { "" }),
            (name::STOP_AT, &self.stop_at),
            (name::IN_FLIGHT, &self.in_flight),
            (order_name::NOT_BEFORE, &self.order.not_before),
            (name::NOT_AFTER, &self.not_after),
            (order_name::REASON, &self.order.reason),
        ]);
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// Which Macs are meant, by the names of the fields.
    pub(super) fn selection(&self) -> Vec<(&'static str, &str)> {
        if self.chosen {
            let devices = self.devices.iter().map(|id| (name::DEVICE, id.as_str()));
            return [(name::WHICH, CHOSEN)].into_iter().chain(devices).collect();
        }
        let mut search = vec![
            (name::Q, self.q.as_str()),
            (name::STATE, &self.state),
            (name::FINDING, &self.finding),
            (name::SERVICE_ACCOUNT, &self.service_account),
        ];
        search.retain(|(_, value)| !value.is_empty());
        search
    }

    /// An address behind which this is filled in, with what `more` adds.
    pub(super) fn address(&self, path: &str, more: &[(&str, Option<&str>)]) -> String {
        let pairs = self.pairs().into_iter().map(|(name, value)| (name, Some(value)));
        let all: Vec<(&str, Option<&str>)> = pairs.chain(more.iter().copied()).collect();
        format!("{path}{}", query(&all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair((name, value): (&str, &str)) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_draft_comes_back_as_it_was_filled_in() {
        let filled = [
            ("which", "chosen"),
            ("device", "a"),
            ("device", "b"),
            ("kind", "create-user-account"),
            ("administrator", "ada"),
            ("administrator_password_from", "%admin_password%"),
            ("target", "%username%"),
            ("full_name", "%fullname%"),
            ("hidden", "true"),
            ("canary", "2"),
            ("canary_unit", "percent"),
            ("stop_at_failure_percent", "10"),
            ("in_flight", "100"),
        ];
        let draft = Draft::of_query(&filled.map(pair));
        let mut pairs: Vec<_> = draft.pairs();
        pairs.sort_unstable();
        let mut expected = filled.to_vec();
        expected.sort_unstable();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn an_empty_address_means_every_mac_and_the_usual_terms() {
        let draft = Draft::of_query(&[]);
        assert!(!draft.chosen && !draft.none_ticked && draft.selection().is_empty());
        assert_eq!((draft.canary.as_str(), draft.stop_at.as_str()), ("5", "10"));
        let ticked = [("device", "a"), ("finding", "no_granter")].map(pair);
        assert_eq!(Draft::of_query(&ticked).selection(), [("finding", "no_granter")]);
        assert!(Draft::of_query(&[pair(("which", "chosen"))]).none_ticked);
    }
}
