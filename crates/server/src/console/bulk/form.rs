//! The page of the form: which Macs, what is asked of each, and the terms. It leads to the plan and sends nothing.

use maud::{Markup, html};
use store::device::Device;
use trust::action::{AccountRole, SecretRole};

use super::draft::{Draft, PERCENT, name};
use super::{ADDRESS, FORM, PLAN, selection};
use crate::console::components::{
    Choice, Errors, Field, Takes, TickBox, crumbs, error_summary, query, utc_hint,
};
use crate::console::order::choice::ChoiceFields;
use crate::console::order::draft::name as order_name;
use crate::console::order::kind::OrderKind;
use crate::console::order::{not_before, password_from};
use crate::console::{Page, Place, Visitor};

/// The fields of the one who hands on, of the one who receives, and of the terms.
const GRANTER: [&str; 3] = [
    order_name::ADMINISTRATOR,
    order_name::ADMINISTRATOR_PASSWORD_FROM,
    order_name::PROMOTE,
];
const RECEIVER: [&str; 4] = [
    order_name::FULL_NAME,
    order_name::TARGET,
    order_name::TARGET_PASSWORD_FROM,
    order_name::ROLE,
];
const TERMS: [&str; 6] = [
    name::CANARY,
    name::STOP_AT,
    name::IN_FLIGHT,
    order_name::NOT_BEFORE,
    name::NOT_AFTER,
    order_name::REASON,
];

/// What becomes of Macs whose chain would be cut: nobody can type many names at once.
const LEFT_OUT: &str = "Macs whose chain this would cut are left out.";

/// The fields in the order in which the form has them.
fn fields(kind: OrderKind) -> Vec<&'static str> {
    match kind {
        OrderKind::CreateAccount => [&[name::DEVICE][..], &RECEIVER, &GRANTER, &TERMS],
        _ => [&[name::DEVICE][..], &GRANTER, &RECEIVER, &TERMS],
    }
    .concat()
}

/// The form as it is shown.
pub(super) struct Form<'a> {
    pub draft: &'a Draft,
    /// The Macs that were ticked on the way.
    pub ticked: &'a [Device],
    pub errors: &'a Errors,
    pub visitor: &'a Visitor,
}

impl Form<'_> {
    /// The page.
    pub(super) fn render(&self) -> Markup {
        let contents = html! {
            (crumbs(&[("Bulk Runs", Some(ADDRESS.to_owned()))]))
            h1 { "Ask many Macs" }
            p.lead { "One action for many Macs. The plan comes next; nothing is sent before you confirm it." }
            (self.kinds())
            (error_summary("Nothing was planned.", self.errors, &fields(self.draft.kind)))
            // The browser checks the fields itself: what it sends from here stands in an address.
            form.order method="get" action=(PLAN) {
                input type="hidden" name=(name::KIND) value=(self.draft.kind.slug());
                div.columns {
                    div.entries {
                        (selection::fields(self.draft, self.ticked))
                        (self.action())
                    }
                    div.entries { (self.terms()) }
                }
                p.buttons {
                    button.primary type="submit" { "Show plan" }
                    a.button-like href=(ADDRESS) { "Cancel" }
                }
            }
        };
        let page = Page {
            title: "Ask many Macs",
            visitor: Some(self.visitor),
            place: Place::BulkRuns,
            contents,
        };
        page.render()
    }

    /// What can be asked, each with the Macs that are meant.
    fn kinds(&self) -> Markup {
        html! {
            nav.tabs aria-label="What is asked" {
                @for kind in OrderKind::ALL {
                    @let selection = self.draft.selection().into_iter().map(|(name, value)| (name, Some(value)));
                    @let pairs: Vec<_> = selection.chain([(name::KIND, Some(kind.slug()))]).collect();
                    a href={ (FORM) (query(&pairs)) } aria-current=[(kind == self.draft.kind).then_some("page")] {
                        (kind.label())
                    }
                }
            }
        }
    }

    fn action(&self) -> Markup {
        match self.draft.kind {
            OrderKind::GrantSecureToken => html! {
                (self.administrator("Administrator account details",
                    "An administrator of each Mac who holds a Secure Token and hands one on."))
                fieldset {
                    legend { h2 { "Target account details" } }
                    p.hint { "The account that is to receive a Secure Token." }
                    (self.chosen())
                    (self.password_from(SecretRole::Target))
                }
            },
            OrderKind::CreateAccount => html! {
                fieldset {
                    legend { h2 { "Target account details" } }
                    p.hint { "The account that is made." }
                    (self.field(order_name::FULL_NAME, "Full name", &self.draft.order.full_name, Takes::Text, Some(names_hint("%fullname%"))))
                    (self.field(order_name::TARGET, "Username", &self.draft.order.target, Takes::Username, Some(names_hint("%username%"))))
                    (self.password_from(SecretRole::Target))
                    (Choice {
                        name: order_name::ROLE,
                        label: "Role",
                        options: vec![
                            (AccountRole::Standard.word(), "Standard"),
                            (AccountRole::Administrator.word(), "Administrator"),
                        ],
                        chosen: self.draft.order.role().word(),
                    }.render())
                    (TickBox {
                        name: order_name::HIDDEN,
                        label: "Hide the account at the login window",
                        hint: "The start-up screen of FileVault shows it all the same.",
                        ticked: self.draft.order.hidden,
                        error: None,
                    }.render())
                }
                (self.administrator("Grant Secure Token",
                    "Leave it empty to make the account without a token."))
            },
            OrderKind::AdoptAccount => html! {
                fieldset {
                    legend { h2 { "Target account details" } }
                    p.hint { "The account that is taken over." }
                    (self.chosen())
                    (self.password_from(SecretRole::Target))
                }
            },
            OrderKind::CreateServiceAccount => self.administrator(
                "Administrator account details",
                "An administrator of each Mac who holds a Secure Token.",
            ),
            OrderKind::RepairServiceAccount => self.administrator(
                "Administrator account details",
                "Leave it empty to let each agent do what it can alone.",
            ),
            OrderKind::RotateRecoveryKey => self.administrator(
                "Account that opens the disk",
                "Leave it empty where the service account does it.",
            ),
            OrderKind::RotateServiceAccountPassword => html! {
                p.hint { "Each Mac makes the new password. Nothing is to be typed." }
            },
            OrderKind::ChangePassword => self.account(&html! {
                (self.password_from(SecretRole::Target))
                (self.new_password())
            }),
            OrderKind::ResetPassword => html! {
                (self.administrator("Administrator account details",
                    "Another account of each Mac: an administrator who holds a Secure Token."))
                (self.account(&self.new_password()))
            },
            OrderKind::PromoteAccount | OrderKind::UnlockAccount => self.account(&html! {}),
            OrderKind::DemoteAccount | OrderKind::DisableAccount => {
                self.account(&html! { p.hint { (LEFT_OUT) } })
            }
            OrderKind::DeleteAccount => self.account(&html! {
                p.hint { (LEFT_OUT) }
                (TickBox {
                    name: order_name::REMOVE_HOME,
                    label: "Delete its home folder too",
                    hint: "Everything in it is gone then. Without this the folder stays on each Mac.",
                    ticked: self.draft.order.remove_home,
                    error: None,
                }.render())
            }),
            OrderKind::RemoveServiceAccount => html! {
                p.hint { "Macs on which nobody else could hand a token on afterwards are left out." }
            },
        }
    }

    fn administrator(&self, title: &str, hint: &str) -> Markup {
        let order = &self.draft.order;
        html! {
            fieldset {
                legend { h2 { (title) } }
                p.hint { (hint) }
                (self.field(order_name::ADMINISTRATOR, "Username", &order.administrator, Takes::Username, None))
                (self.password_from(SecretRole::Administrator))
                (TickBox {
                    name: order_name::PROMOTE,
                    label: "Make a standard account an administrator for the moment of the grant",
                    hint: "Its rights are taken away right after, and Bestow proves that they are gone.",
                    ticked: order.promote_administrator,
                    error: None,
                }.render())
            }
        }
    }

    /// An account on each Mac, and what else there is to say of it.
    fn account(&self, more: &Markup) -> Markup {
        html! {
            fieldset {
                legend { h2 { "Target account details" } }
                (self.chosen())
                (more)
            }
        }
    }

    fn new_password(&self) -> Markup {
        html! {
            h3 { "New password" }
            (self.password_from(SecretRole::NewPassword))
        }
    }

    /// An account that exists on each Mac.
    fn chosen(&self) -> Markup {
        let order = &self.draft.order;
        let fields = ChoiceFields {
            by: &order.target_by,
            text: &order.target,
            hint: Some(names_hint("%username%")),
            error: self.error(order_name::TARGET),
            list: None,
        };
        fields.render()
    }

    fn password_from(&self, role: SecretRole) -> Markup {
        let hint = html! {
            "A wildcard such as " code { "%password%" } " takes what was collected for each Mac. Leave it empty to type "
            "one password for all of them when you confirm."
        };
        let label = "Password by wildcard (optional)";
        let value = self.draft.order.password_from(role);
        self.field(password_from(role), label, value, Takes::Wildcard, Some(hint))
    }

    fn terms(&self) -> Markup {
        let draft = self.draft;
        html! {
            fieldset {
                legend { h2 { "Terms" } }
                div.pair {
                    (self.field(name::CANARY, "Canary: how many go first", &draft.canary, Takes::Number, None))
                    (Choice {
                        name: name::CANARY_UNIT,
                        label: "Counted in",
                        options: vec![("", "Macs"), (PERCENT, "percent of those that are ready")],
                        chosen: if draft.canary_is_share { PERCENT } else { "" },
                    }.render())
                }
                (self.field(name::STOP_AT, "Stop when so many of a hundred have failed", &draft.stop_at, Takes::Number, None))
                (self.field(name::IN_FLIGHT, "At most so many Macs at a time", &draft.in_flight, Takes::Number, None))
                (not_before(&draft.order.not_before, self.error(order_name::NOT_BEFORE)))
                (self.field(name::NOT_AFTER, "Not after (optional)", &draft.not_after, Takes::Moment,
                    Some(utc_hint("No Mac begins later. Seven days unless told."))))
                (self.field(order_name::REASON, "Reason (optional)", &draft.order.reason, Takes::Text,
                    Some(html! { "It stands in the audit log." })))
            }
        }
    }

    fn field(
        &self,
        name: &'static str,
        label: &'static str,
        value: &str,
        takes: Takes,
        hint: Option<Markup>,
    ) -> Markup {
        let error = self.error(name);
        Field {
            name,
            label,
            value,
            takes,
            hint,
            error,
            list: None,
            required: false,
        }
        .render()
    }

    fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }
}

fn names_hint(wildcard: &str) -> Markup {
    html! { "It may hold wildcards, such as " code { (wildcard) } "." }
}
