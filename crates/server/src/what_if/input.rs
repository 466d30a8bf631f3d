//! A question as it is asked.

use std::collections::BTreeMap;

use trust::action::ActionTemplate;
use trust::guard::Change;
use trust::id::OrganizationId;
use utoipa::ToSchema;

use crate::actions::input::{ActionInput, Secrets, read_action};
use crate::app::App;
use crate::bulk_actions::selector::{Selector, SelectorInput};
use crate::input::{Fields, LongSecretBody, TEXT};
use crate::problem::Problem;

/// What is supposed to be done, and to which devices.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct WhatIfInput {
    /// Which devices.
    selector: SelectorInput,
    /// An action that takes something from an account, without its passwords: `delete_account`, `disable_account`,
    /// `demote_account`, `remove_service_account`; or `reset_password`, which takes the token when it fails half way; or one of
    /// the opposites, `promote_account` and `unlock_account`. Or a `kind` alone that is no action: `uninstall`, when the
    /// agent goes and the service account with it, and `mdm_unenrol`, when the device leaves its MDM.
    action: ActionInput,
}

/// What is supposed to be done.
#[derive(Debug, Clone)]
pub(crate) enum Supposed {
    /// An action, before it is known of which device.
    Action(ActionTemplate),
    /// The agent goes, and the service account with it.
    Uninstall,
    /// The device leaves its MDM.
    MdmUnenrol,
}

impl Supposed {
    /// The one of these words that is no action.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        match word {
            "uninstall" => Some(Self::Uninstall),
            "mdm_unenrol" => Some(Self::MdmUnenrol),
            _ => None,
        }
    }

    /// An action, if it does something to the chain.
    pub(crate) fn action(template: ActionTemplate) -> Option<Self> {
        // The names do not matter for whether it does.
        let takes = match &template {
            ActionTemplate::PromoteAccount(_)
            | ActionTemplate::DemoteAccount(_)
            | ActionTemplate::DisableAccount(_)
            | ActionTemplate::UnlockAccount(_)
            | ActionTemplate::DeleteAccount(_)
            | ActionTemplate::ResetPassword(_)
            | ActionTemplate::RemoveServiceAccount(_) => true,
            ActionTemplate::GrantSecureToken(_)
            | ActionTemplate::CreateAccount(_)
            | ActionTemplate::CreateServiceAccount(_)
            | ActionTemplate::RotateServiceAccountPassword(_)
            | ActionTemplate::RepairServiceAccount(_)
            | ActionTemplate::RotateRecoveryKey(_)
            | ActionTemplate::AdoptAccount(_)
            | ActionTemplate::ChangePassword(_) => false,
        };
        takes.then_some(Self::Action(template))
    }

    /// The change, where it is the same for every device.
    pub(super) fn of_every_mac(&self) -> Option<Change<'static>> {
        match self {
            Self::Action(_) => None,
            Self::Uninstall => Some(Change::Uninstall),
            Self::MdmUnenrol => Some(Change::MdmUnenrol),
        }
    }

    /// In a line, for people.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Action(template) => template.in_words(),
            Self::Uninstall => "Uninstall the agent".to_owned(),
            Self::MdmUnenrol => "Leave the MDM".to_owned(),
        }
    }
}

/// A question.
pub(crate) struct Question {
    /// Which devices.
    pub selector: Selector,
    /// What is supposed to be done to them.
    pub supposed: Supposed,
}

impl Question {
    /// Reads a question.
    pub(super) async fn read(
        app: &App,
        organization_id: OrganizationId,
        body: &LongSecretBody,
    ) -> Result<Self, Problem> {
        let mut fields = body.fields()?;
        let selector = fields.object("selector")?;
        let supposed = read_supposed(fields.object("action")?, body)?;
        fields.end()?;
        Ok(Self {
            selector: Selector::read(app, organization_id, selector).await?,
            supposed,
        })
    }
}

fn read_supposed(mut action: Fields<'_>, body: &LongSecretBody) -> Result<Supposed, Problem> {
    // The kind is read twice: once as a word, once as the kind of an action.
    let mut again = body.fields()?;
    let kind = again.object("action")?.required("kind", &TEXT)?;
    if let Some(supposed) = Supposed::from_word(&kind) {
        action.required("kind", &TEXT)?;
        action.end()?;
        return Ok(supposed);
    }
    let mut secrets = BTreeMap::new();
    let template = read_action(&mut action, &mut Secrets::Optional(&mut secrets))?;
    action.end()?;
    let rule = "does something to an account or a Mac that the chain of trust can feel";
    Supposed::action(template).ok_or_else(|| Problem::invalid("action.kind", rule))
}
