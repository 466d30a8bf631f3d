//! The menu of what can be asked of a device. It opens without a script.

use maud::{Markup, html};
use trust::id::DeviceId;

use crate::action_kinds::list::POLICIES_AND_ACCOUNTS;
use crate::console::order::kind::OrderKind;

/// Actions → category → action.
pub(super) fn actions(device_id: &DeviceId) -> Markup {
    html! {
        details.menu {
            summary { "Actions" }
            nav aria-label="Actions" {
                h2 #policies-and-accounts { (POLICIES_AND_ACCOUNTS) }
                ul aria-labelledby="policies-and-accounts" {
                    @for kind in OrderKind::ALL {
                        li { a href={ "/devices/" (device_id) "/" (kind.slug()) } { (kind.label()) } }
                    }
                }
            }
        }
    }
}
