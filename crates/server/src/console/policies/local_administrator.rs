//! The policy "local administrator": its part of the page, and what its form sends.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use trust::access::Permission;
use trust::local_administrator::{Alphabet, Settings};

use super::panel::Panel;
use super::switch::on_off;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::components::{Tone, allowed, stamp};
use crate::console::own_form::{OwnForm, REASON, fresh_key};
use crate::policies::local_administrator::set::set;
use crate::policies::local_administrator::show::LocalAdministratorPolicy;
use crate::problem::Problem;

const WANTED: &str = "wanted";
const ACCOUNT: &str = "account";
const FULL_NAME: &str = "full_name";
const HIDDEN: &str = "hidden";
const LENGTH: &str = "length";
const ALPHABET: &str = "alphabet";
const DAYS: &str = "rotate_every_days";

/// What the local administrators are to be like, and the form that changes it.
pub(super) fn panel(app: &App, policy: &LocalAdministratorPolicy, visitor: &Visitor) -> Markup {
    let panel = Panel {
        id: "local-administrator",
        heading: "Local administrator (LAPS)",
        badge: Some(on_off(policy.settings.is_some(), Tone::Good)),
        meaning: html! {
            p {
                "While this is on, each Mac has an administrator account for people, with a password of its own that is made on the Mac and "
                "kept in the vault. It is replaced by a schedule, an hour after somebody has seen it, and after use. An account of that name "
                "that is there already is left alone."
            }
        },
        changed_at: policy.changed_at,
        rest: allowed(
            visitor,
            Permission::SetPolicies,
            form(app, policy.settings.as_ref(), visitor),
        ),
    };
    panel.render()
}

fn form(app: &App, settings: Option<&Settings>, visitor: &Visitor) -> Markup {
    let text = |value: fn(&Settings) -> String| settings.map(value).unwrap_or_default();
    let length = settings.map_or(Settings::USUAL_LENGTH, |settings| settings.length);
    let days = settings.map_or(Settings::USUAL_ROTATION_DAYS, |settings| {
        settings.rotate_every_days
    });
    let alphabet = settings.map_or(Alphabet::default(), |settings| settings.alphabet);
    html! {
        form method="post" action="/policies/local-administrator" {
            (stamp(visitor, &fresh_key(app)))
            div.tick {
                input id="local-administrator-wanted" type="checkbox" name=(WANTED) value="true" checked[settings.is_some()];
                label for="local-administrator-wanted" { "Macs have a local administrator" }
            }
            div.field {
                label for="local-administrator-account" { "Username of the local administrator" }
                input id="local-administrator-account" name=(ACCOUNT) value=(text(|settings| settings.account.to_string()))
                    autocomplete="off" autocapitalize="none" spellcheck="false";
            }
            div.field {
                label for="local-administrator-full-name" { "The name that people see" }
                input id="local-administrator-full-name" name=(FULL_NAME) value=(text(|settings| settings.full_name.to_string()))
                    autocomplete="off";
            }
            div.tick {
                input id="local-administrator-hidden" type="checkbox" name=(HIDDEN) value="true"
                    checked[settings.is_some_and(|settings| settings.hidden)];
                label for="local-administrator-hidden" { "The login window leaves it out" }
            }
            div.field {
                label for="local-administrator-length" { "Characters of its password, 12 to 64" }
                input id="local-administrator-length" type="number" min=(Settings::SHORTEST) max=(Settings::LONGEST) name=(LENGTH)
                    value=(length);
            }
            div.field {
                label for="local-administrator-alphabet" { "What its password is made of" }
                select id="local-administrator-alphabet" name=(ALPHABET) {
                    @for one in Alphabet::ALL { option value=(one.word()) selected[one == alphabet] { (one.label()) } }
                }
            }
            div.field {
                label for="local-administrator-days" { "Replace its password after so many days, 1 to 365" }
                input id="local-administrator-days" type="number" min="1" max=(Settings::LONGEST_ROTATION_DAYS) name=(DAYS) value=(days);
            }
            div.field {
                label for="local-administrator-reason" { "Why the local administrator is changed (optional)" }
                input id="local-administrator-reason" name=(REASON) maxlength="500" autocomplete="off";
            }
            p.buttons { button type="submit" { "Save the local administrator" } }
        }
    }
}

/// Takes the form in, and leads back to the page.
pub(crate) async fn set_local_administrator(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let settings = match form.form.is_ticked(WANTED) {
        true => Some(read(&form)?),
        false => None,
    };
    let reason = form.reason()?;
    set(
        &app,
        &form.visitor.caller,
        &form.key()?,
        settings,
        reason.as_deref(),
    )
    .await?;
    Ok(Redirect::to(super::SAVED))
}

fn read(form: &OwnForm) -> Result<Settings, Problem> {
    use crate::input::{
        ALPHABET as LIKE, PASSWORD_LENGTH, PLAIN_ACCOUNT_NAME, PLAIN_FULL_NAME, ROTATION_DAYS,
    };
    let text = |name| form.form.text(name).trim().to_owned();
    let account = text(ACCOUNT);
    let full_name = match text(FULL_NAME) {
        name if name.is_empty() => account.clone(),
        name => name,
    };
    let refusal = |field: &'static str, says: &'static str| Problem::invalid(field, says);
    Ok(Settings {
        account: account
            .parse()
            .map_err(|_| refusal(ACCOUNT, PLAIN_ACCOUNT_NAME.says))?,
        full_name: full_name
            .parse()
            .map_err(|_| refusal(FULL_NAME, PLAIN_FULL_NAME.says))?,
        hidden: form.form.is_ticked(HIDDEN),
        length: text(LENGTH)
            .parse()
            .map_err(|_| refusal(LENGTH, PASSWORD_LENGTH.says))?,
        alphabet: Alphabet::from_word(&text(ALPHABET)).ok_or_else(|| refusal(ALPHABET, LIKE.says))?,
        rotate_every_days: text(DAYS)
            .parse()
            .map_err(|_| refusal(DAYS, ROTATION_DAYS.says))?,
    })
}
