//! What the form of the FileVault policy holds, and what is wrong with it.

use maud::{Markup, html};
use trust::filevault_policy::{FileVaultPolicy, NotAPolicy};

use super::PATH;
use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{Errors, Field, Takes, TickBox, error_summary, stamp};
use crate::console::own_form::{REASON, fresh_key};
use crate::input::{LONGEST_REASON, SecretForm};

const LOCATION: &str = "location";
const BYPASSES: &str = "bypasses";
const PREVENT_ON: &str = "prevent_turning_on";

/// A box of the form: its name, its label, what follows from it, and what it is about.
type Tick = (
    &'static str,
    &'static str,
    &'static str,
    fn(&mut FileVaultPolicy) -> &mut bool,
);

/// The boxes, in the order of the form.
const BOXES: [Tick; 7] = [
    (
        "turn_on",
        "Turn FileVault on",
        "macOS asks the person at the next login. Profiles of an MDM that the person has approved can ask for that.",
        |policy| &mut policy.turn_on,
    ),
    (
        "ask_at_logout",
        "Ask at a logout, too",
        "Counts where FileVault is to be turned on.",
        |policy| &mut policy.ask_at_logout,
    ),
    (
        "show_recovery_key",
        "Show the recovery key to the person",
        "Counts where FileVault is to be turned on. The vault gets it either way.",
        |policy| &mut policy.show_recovery_key,
    ),
    (
        "in_setup_assistant",
        "Turn it on in the Setup Assistant",
        "On macOS 14 and later, on Macs of Automated Device Enrollment, and for an administrator who gets a Secure Token.",
        |policy| &mut policy.in_setup_assistant,
    ),
    (
        "prevent_turning_off",
        "Nobody may turn it off",
        "The button in System Settings is out of use.",
        |policy| &mut policy.prevent_turning_off,
    ),
    (
        PREVENT_ON,
        "Nobody may turn it on",
        "For Macs that must start without a person.",
        |policy| &mut policy.prevent_turning_on,
    ),
    (
        "forget_key_in_standby",
        "Ask for a password after standby",
        "The disk's key does not stay in memory while the Mac stands by.",
        |policy| &mut policy.forget_key_in_standby,
    ),
];

/// What the form holds.
pub(super) struct Draft {
    policy: FileVaultPolicy,
    bypasses: String,
    reason: String,
    errors: Errors,
}

impl Draft {
    /// What is wanted at present.
    pub(super) fn of(policy: FileVaultPolicy) -> Self {
        Self {
            bypasses: policy.bypasses.to_string(),
            policy,
            reason: String::new(),
            errors: Errors::new(),
        }
    }

    pub(super) fn read(form: &SecretForm) -> Self {
        let mut policy = FileVaultPolicy {
            location: form.text(LOCATION),
            ..FileVaultPolicy::default()
        };
        for (name, _, _, field) in BOXES {
            *field(&mut policy) = form.is_ticked(name);
        }
        Self {
            policy,
            bypasses: form.text(BYPASSES),
            reason: form.text(REASON),
            errors: Errors::new(),
        }
    }

    /// What is wanted, and why; `None` when something is wrong, which the form says then.
    pub(super) fn wanted(&mut self) -> Option<(FileVaultPolicy, Option<String>)> {
        let mut say = |name, sentence: &str| drop(self.errors.insert(name, sentence.to_owned()));
        let times = "Enter a whole number from 0 to 9999, or -1.";
        match self.bypasses.parse() {
            Ok(bypasses) => self.policy.bypasses = bypasses,
            Err(_) => say(BYPASSES, times),
        }
        match self.policy.clone().checked() {
            Ok(_) => {}
            Err(NotAPolicy::Location) => say(LOCATION, "Enter 1 to 255 characters."),
            Err(NotAPolicy::Bypasses) => say(BYPASSES, times),
            Err(NotAPolicy::OnAndPrevented) => {
                say(
                    PREVENT_ON,
                    "FileVault cannot be turned on where nobody may. Untick one of the two.",
                );
            }
        }
        if self.reason.chars().count() > LONGEST_REASON {
            say(
                REASON,
                &format!("A reason has at most {LONGEST_REASON} characters. Shorten it."),
            );
        }
        let reason = Some(self.reason.clone()).filter(|reason| !reason.is_empty());
        self.errors.is_empty().then(|| (self.policy.clone(), reason))
    }

    /// What stands above everything when something is wrong.
    pub(super) fn summary(&self) -> Markup {
        error_summary(
            "Nothing was saved.",
            &self.errors,
            &[LOCATION, BYPASSES, PREVENT_ON, REASON],
        )
    }

    fn field(
        &self,
        name: &'static str,
        label: &'static str,
        value: &str,
        takes: Takes,
        hint: Markup,
    ) -> Markup {
        Field {
            name,
            label,
            value,
            takes,
            hint: Some(hint),
            error: self.errors.get(name).map(String::as_str),
            list: None,
            required: false,
        }
        .render()
    }

    pub(super) fn form(&self, app: &App, visitor: &Visitor) -> Markup {
        let mut policy = self.policy.clone();
        let location = html! { "macOS shows this text to whoever turns FileVault on." };
        let times = html! { "0 demands it at the next login, -1 never does. Counts where FileVault is to be turned on." };
        html! {
            form novalidate method="post" action=(PATH) {
                (stamp(visitor, &fresh_key(app)))
                (self.field(LOCATION, "Where the recovery key goes", &self.policy.location, Takes::Text, location))
                @for (name, label, hint, field) in BOXES {
                    (TickBox { name, label, hint, ticked: *field(&mut policy), error: self.errors.get(name).map(String::as_str) }.render())
                }
                (self.field(BYPASSES, "How often turning it on can be put off", &self.bypasses, Takes::Number, times))
                (self.field(REASON, "Reason (optional)", &self.reason, Takes::Text, html! { "For the audit log." }))
                p.buttons { button type="submit" { "Save" } }
            }
        }
    }
}
