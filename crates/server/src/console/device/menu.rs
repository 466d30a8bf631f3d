//! The menu of what can be asked of a device. It opens without a script.

use maud::{Markup, html};
use trust::id::DeviceId;

use crate::action_kinds::list::{FILEVAULT, POLICIES_AND_ACCOUNTS, SERVICE_ACCOUNT};
use crate::console::order::kind::OrderKind;

/// Actions → category → action.
pub(super) fn actions(device_id: &DeviceId) -> Markup {
    html! {
        details.menu {
            summary { "Actions" }
            nav aria-label="Actions" {
                @for (id, category) in [("policies-and-accounts", POLICIES_AND_ACCOUNTS), ("service-account-actions", SERVICE_ACCOUNT), ("filevault-actions", FILEVAULT)] {
                    h2 id=(id) { (category) }
                    ul aria-labelledby=(id) {
                        @for kind in OrderKind::ALL.into_iter().filter(|kind| kind.category() == category) {
                            li { a href={ "/devices/" (device_id) "/" (kind.slug()) } { (kind.label()) } }
                        }
                    }
                }
            }
        }
    }
}
