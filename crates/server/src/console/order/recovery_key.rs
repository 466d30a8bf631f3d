//! The fields of Rotate Recovery Key.

use maud::{Markup, html};

use super::grant::administrator;
use super::page::Form;

/// By whose password, if not the service account's.
pub(super) fn fields(form: &Form<'_>) -> Markup {
    html! {
        p.hint {
            "macOS chooses the new key, and the former one opens nothing from then on. The Mac proves the new key and seals it for the "
            "vault; nobody sees it on the way."
        }
        fieldset {
            legend { h2 { "Account that opens the disk" } }
            p.hint {
                "Leave both empty where this Mac has a valid service account. Otherwise any account that FileVault lists will do; it "
                "need not be an administrator."
            }
            (administrator(form, false))
        }
    }
}
