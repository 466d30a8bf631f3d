//! What only some may do.

use maud::{Markup, html};
use trust::access::{Permission, Role};

use crate::console::Visitor;

/// A form for whoever may send it; for everybody else, who may.
pub(crate) fn allowed(visitor: &Visitor, permission: Permission, form: Markup) -> Markup {
    if visitor.may(permission) {
        return form;
    }
    html! { p.hint { (role_hint(permission)) } }
}

/// Which role it takes, in a sentence.
pub(crate) fn role_hint(permission: Permission) -> Markup {
    html! { "To " (permission.allows()) " takes the role " (Role::that_may(permission)) "." }
}
