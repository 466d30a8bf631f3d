//! Orders about accounts.

use std::collections::BTreeMap;

use trust::action::{Action, DeleteAccount, DemoteAccount, DisableAccount, PromoteAccount, UnlockAccount};

use crate::order::{Order, order_with};

/// An order that takes no password.
pub fn order_of(action: &Action) -> Order {
    order_with(action.clone(), BTreeMap::new(), None, None)
}

pub fn promote(target: &str) -> Action {
    Action::PromoteAccount(PromoteAccount {
        target: target.parse().unwrap(),
    })
}

pub fn demote(target: &str, confirm: Option<&str>) -> Action {
    Action::DemoteAccount(DemoteAccount {
        target: target.parse().unwrap(),
        confirm_device_name: confirm.map(str::to_owned),
    })
}

pub fn disable(target: &str, confirm: Option<&str>) -> Action {
    Action::DisableAccount(DisableAccount {
        target: target.parse().unwrap(),
        confirm_device_name: confirm.map(str::to_owned),
    })
}

pub fn unlock(target: &str) -> Action {
    Action::UnlockAccount(UnlockAccount {
        target: target.parse().unwrap(),
    })
}

pub fn delete(target: &str, confirm: Option<&str>) -> Action {
    Action::DeleteAccount(DeleteAccount {
        target: target.parse().unwrap(),
        remove_home: false,
        confirm_device_name: confirm.map(str::to_owned),
    })
}
