//! Orders about accounts.

use std::collections::BTreeMap;

use trust::action::{
    Action, AdoptAccount, ChangePassword, DeleteAccount, DemoteAccount, DisableAccount, PromoteAccount,
    ResetPassword, UnlockAccount,
};

use crate::order::{Order, order_for, order_for_new_password, order_with};

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

pub fn change_password(target: &str, old: &str, new: &str) -> Order {
    let change = ChangePassword {
        target: target.parse().unwrap(),
    };
    order_for_new_password(Action::ChangePassword(change), None, Some(old), new)
}

pub fn reset_password(administrator: (&str, &str), target: &str, new: &str) -> Order {
    let reset = ResetPassword {
        target: target.parse().unwrap(),
        administrator: administrator.0.parse().unwrap(),
    };
    order_for_new_password(Action::ResetPassword(reset), Some(administrator.1), None, new)
}

pub fn adopt(target: &str, password: &str) -> Order {
    let adopt = AdoptAccount {
        target: target.parse().unwrap(),
        person: None,
    };
    order_for(Action::AdoptAccount(adopt), None, password)
}
