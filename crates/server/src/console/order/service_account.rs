//! The fields of the orders about the service account, and of Adopt Account.

use maud::{Markup, html};

use super::draft::name;
use super::grant::{administrator, target};
use super::page::Form;
use crate::console::components::{Field, Takes};

/// Who hands the service account its token.
pub(super) fn create_fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Administrator account details" } }
            p.hint {
                "An administrator of this Mac who holds a Secure Token. The Mac makes the service account's own password; "
                "nobody ever sees it."
            }
            (administrator(form, true))
        }
    }
}

/// Who helps, if anybody.
pub(super) fn repair_fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Administrator account details" } }
            p.hint {
                "Leave both empty to let the agent do what it can alone. With an administrator who holds a Secure Token it "
                "can hand the service account a new token and give it a new password."
            }
            (administrator(form, false))
        }
    }
}

/// Nothing is asked for a new password.
pub(super) fn rotate_fields() -> Markup {
    html! {
        p.hint { "The Mac makes the new password and proves it before it forgets the old one. Nothing is to be typed." }
    }
}

/// The Mac's name, where the chain would be cut.
pub(super) fn remove_fields(form: &Form<'_>) -> Markup {
    let when = "Needed only where nobody else can hand a token on afterwards: type ";
    confirmation(form, when)
}

/// The field in which a person accepts what the chain loses, with when it is needed.
pub(super) fn confirmation(form: &Form<'_>, when: &str) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Confirmation" } }
            (Field {
                name: name::CONFIRM,
                label: "Name of this Mac",
                value: &form.draft.confirm_device_name,
                takes: Takes::Text,
                hint: Some(html! { (when) strong { (form.device.name) } " to accept that." }),
                error: form.error(name::CONFIRM),
                list: None,
                required: false,
            }.render())
        }
    }
}

/// The account that is taken over.
pub(super) fn adopt_fields(form: &Form<'_>) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Target account details" } }
            p.hint {
                "An account that exists on this Mac. Its password is proved, and the service account hands it a Secure Token "
                "if it has none."
            }
            (target(form))
        }
        fieldset {
            legend { h2 { "Person" } }
            p.hint {
                "Whose account it is from then on, in the Mac's enrolment data. Leave both empty to bind nobody. Nothing is bound \
                 unless the account was taken over."
            }
            (Field {
                name: name::PERSON,
                label: "Name",
                value: &form.draft.person,
                takes: Takes::Text,
                hint: None,
                error: form.error(name::PERSON),
                list: None,
                required: false,
            }.render())
            (Field {
                name: name::PERSON_EMAIL,
                label: "E-mail address",
                value: &form.draft.person_email,
                takes: Takes::Text,
                hint: None,
                error: form.error(name::PERSON_EMAIL),
                list: None,
                required: false,
            }.render())
        }
    }
}
