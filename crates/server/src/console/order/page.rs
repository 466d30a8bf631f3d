//! The page of a form: its fields on one side, the plan on the other.

use maud::{Markup, html};
use store::device::Device;
use trust::chain::{self, Member};
use trust::code::Code;
use trust::observation::Observation;

use super::draft::{Draft, fields, name};
use super::kind::OrderKind;
use super::plan_aside::plan_aside;
use super::{account, create_account, grant, recovery_key, service_account};
use crate::console::components::{Errors, Field, Takes, code_alert, crumbs, error_summary, stamp, utc_hint};
use crate::console::{Page, Place, Visitor};
use crate::devices::plan::Planned;

/// The id of the list of accounts that can hand a token on.
pub(super) const GRANTERS: &str = "granters";

/// The id of the list of accounts that something can be done to.
pub(super) const ACCOUNTS: &str = "accounts";

/// The name of the button that only plans.
pub(super) const CHECK: &str = "check";

/// A form as it is shown.
pub(super) struct Form<'a> {
    pub kind: OrderKind,
    pub device: &'a Device,
    pub observation: Option<&'a Observation>,
    pub draft: &'a Draft,
    pub errors: &'a Errors,
    /// Wildcards that have no meaning for this Mac, by field.
    pub unresolved: &'a Errors,
    /// The plan of what is filled in, when enough is.
    pub planned: Option<&'a Planned>,
    /// Why nothing was sent, above all fields.
    pub notice: Option<Code>,
    /// The key of the request that the form will send.
    pub idempotency_key: &'a str,
    pub visitor: &'a Visitor,
}

impl Form<'_> {
    /// What is wrong with a field.
    pub(super) fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    /// Whether somebody who holds a token is no administrator, so that promotion can be of use.
    pub(super) fn offers_promotion(&self) -> bool {
        let standard = |member: &Member<'_>| member.token.holds() && !member.account.administrator;
        fields(self.kind).contains(&name::PROMOTE)
            && (self.draft.promote_administrator || self.members().iter().any(standard))
    }

    fn members(&self) -> Vec<Member<'_>> {
        self.observation.map(chain::members).unwrap_or_default()
    }

    /// The page.
    pub(super) fn render(&self) -> Markup {
        Page {
            title: self.kind.label(),
            visitor: Some(self.visitor),
            place: Place::Manage,
            contents: self.contents(),
        }
        .render()
    }

    fn contents(&self) -> Markup {
        let device = format!("/devices/{}", self.device.id);
        html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&self.device.name, Some(device.clone())),
                ("Actions", None),
                (self.kind.category(), None),
            ]))
            h1 { (self.kind.label()) }
            p.lead { (self.kind.description()) }
            (self.summary())
            form.order novalidate method="post" action={ (device) "/" (self.kind.slug()) } data-order {
                (stamp(self.visitor, self.idempotency_key))
                div.columns {
                    div.entries {
                        (self.fields())
                        p.buttons {
                            button.primary type="submit" { (self.kind.button()) }
                            button type="submit" name=(CHECK) value="true" formnovalidate data-check { "Check plan" }
                            a.button-like href=(device) { "Cancel" }
                        }
                        p.hint.no-script {
                            "Check plan sends nothing to the Mac. Passwords are not kept on the way: type them after it."
                        }
                    }
                    (plan_aside(self))
                }
                (self.suggestions())
            }
        }
    }

    /// What stands above the form when it comes back.
    fn summary(&self) -> Markup {
        html! {
            @match self.notice {
                Some(code) => { (code_alert(code)) }
                None => {}
            }
            @if self.notice.is_none() {
                (error_summary("Nothing was sent.", self.errors, fields(self.kind)))
            }
        }
    }

    fn fields(&self) -> Markup {
        html! {
            @match self.kind {
                OrderKind::GrantSecureToken => { (grant::fields(self)) }
                OrderKind::CreateAccount => { (create_account::fields(self)) }
                OrderKind::AdoptAccount => { (service_account::adopt_fields(self)) }
                OrderKind::ChangePassword => { (account::change_password_fields(self)) }
                OrderKind::ResetPassword => { (account::reset_password_fields(self)) }
                OrderKind::PromoteAccount | OrderKind::UnlockAccount => { (account::fields(self)) }
                OrderKind::DemoteAccount | OrderKind::DisableAccount => { (account::guarded_fields(self)) }
                OrderKind::DeleteAccount => { (account::delete_fields(self)) }
                OrderKind::CreateServiceAccount => { (service_account::create_fields(self)) }
                OrderKind::RotateServiceAccountPassword => { (service_account::rotate_fields()) }
                OrderKind::RepairServiceAccount => { (service_account::repair_fields(self)) }
                OrderKind::RotateRecoveryKey => { (recovery_key::fields(self)) }
                OrderKind::RemoveServiceAccount => { (service_account::remove_fields(self)) }
            }
            fieldset {
                legend { h2 { "When and why" } }
                (not_before(&self.draft.not_before, self.error(name::NOT_BEFORE)))
                (Field {
                    name: name::REASON,
                    label: "Reason (optional)",
                    value: &self.draft.reason,
                    takes: Takes::Text,
                    hint: Some(html! { "It stands in the audit log." }),
                    error: self.error(name::REASON),
                    list: None,
                    required: false,
                }.render())
            }
        }
    }

    fn suggestions(&self) -> Markup {
        let members = self.members();
        // Something can be done to any account; a token is handed to one that holds none.
        let any = !matches!(
            self.kind,
            OrderKind::GrantSecureToken | OrderKind::CreateAccount | OrderKind::AdoptAccount
        );
        let granters = members.iter().filter(|member| member.token.holds());
        let accounts = members.iter().filter(|member| any || !member.token.holds());
        html! {
            datalist id=(GRANTERS) { @for member in granters { (suggestion(member)) } }
            datalist id=(ACCOUNTS) { @for member in accounts { (suggestion(member)) } }
        }
    }
}

/// The field for the time before which nothing begins.
pub(in crate::console) fn not_before(value: &str, error: Option<&str>) -> Markup {
    Field {
        name: name::NOT_BEFORE,
        label: "Not before (optional)",
        value,
        takes: Takes::Moment,
        hint: Some(utc_hint("No Mac begins earlier. At most 30 days ahead.")),
        error,
        list: None,
        required: false,
    }
    .render()
}

fn suggestion(member: &Member<'_>) -> Markup {
    html! { option value=(member.account.record_name) { (member.account.real_name) } }
}
