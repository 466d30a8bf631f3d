//! Findings for people: what is so, what follows from it, and the ways out.

use serde_json::Value;
use trust::action::{AccountRole, Action, CreateAccount};
use trust::code::Code;
use trust::name::AccountName;
use trust::words::prose;

use super::table::facts;
use crate::client::{FindingView, RemedyView};

/// The findings of the device of this name, the worst first.
pub fn findings_text(device: &str, findings: &[FindingView]) -> String {
    if findings.is_empty() {
        return "nothing is wrong".to_owned();
    }
    let texts: Vec<String> = findings.iter().map(|finding| text(device, finding)).collect();
    texts.join("\n\n")
}

fn text(device: &str, finding: &FindingView) -> String {
    let title = Code::from_word(&finding.code).map_or(finding.code.as_str(), |code| code.entry().title);
    let about = finding
        .account
        .as_ref()
        .map(|account| format!(" ({account})"))
        .unwrap_or_default();
    let mut rows = vec![
        ("Code", finding.code.clone()),
        ("Seen", prose(&finding.evidence)),
        ("Follows", prose(&finding.consequence)),
    ];
    for remedy in &finding.remedies {
        rows.push(("Way out", way_out(device, remedy)));
    }
    format!("{}: {title}{about}\n{}", finding.severity, facts(rows))
}

fn way_out(device: &str, remedy: &RemedyView) -> String {
    let words = remedy.label.as_ref().or(remedy.step.as_ref());
    let words = prose(words.unwrap_or(&remedy.way));
    let runbook =
        (remedy.runbook.as_deref() == Some("recovery")).then(|| format!("bestow recovery {device:?}"));
    match command(device, &remedy.action).or(runbook) {
        Some(command) => format!("{words}: {command}"),
        None => words,
    }
}

/// The command that goes a ready-made action; `None` when it is none that is known here.
pub fn command(device: &str, action: &Value) -> Option<String> {
    let grant = match serde_json::from_value(action.clone()).ok()? {
        Action::GrantSecureToken(grant) => grant,
        Action::CreateAccount(create) => return Some(create_command(device, &create)),
        other => return service_account_command(device, &other).or_else(|| short_command(device, &other)),
    };
    let promote = if grant.promote_administrator {
        " --promote-administrator"
    } else {
        ""
    };
    Some(format!(
        "bestow grant {device:?} --administrator {:?} --target {:?}{promote}",
        grant.administrator.as_str(),
        grant.target.as_str()
    ))
}

fn create_command(device: &str, create: &CreateAccount) -> String {
    let administrator = create.administrator.as_ref();
    let administrator = administrator.map(|name| format!(" --administrator {:?}", name.as_str()));
    let flags = [
        (create.role == AccountRole::Administrator, " --role administrator"),
        (create.hidden, " --hidden"),
        (create.promote_administrator, " --promote-administrator"),
    ];
    let flags = flags
        .into_iter()
        .filter(|(is_set, _)| *is_set)
        .map(|(_, flag)| flag);
    format!(
        "bestow create-user {device:?} --username {:?} --full-name {:?}{}{}",
        create.target.as_str(),
        create.full_name.as_str(),
        administrator.unwrap_or_default(),
        flags.collect::<String>()
    )
}

fn service_account_command(device: &str, action: &Action) -> Option<String> {
    let verb = match action {
        Action::CreateServiceAccount(_) => "create",
        Action::RotateServiceAccountPassword(_) => "rotate",
        Action::RepairServiceAccount(_) => "repair",
        _ => return None,
    };
    let administrator = action.administrator();
    let administrator = administrator.map(|name| format!(" --administrator {:?}", name.as_str()));
    let promote = if action.may_promote() {
        " --promote-administrator"
    } else {
        ""
    };
    Some(format!(
        "bestow service-account {device:?} {verb}{}{promote}",
        administrator.unwrap_or_default()
    ))
}

/// The command of an action that has a name or none besides its kind.
fn short_command(device: &str, action: &Action) -> Option<String> {
    Some(match action {
        Action::RotateRecoveryKey(rotate) => {
            let administrator = rotate.administrator.as_ref();
            let administrator = administrator.map(|name| format!(" --administrator {:?}", name.as_str()));
            format!(
                "bestow recovery-key rotate {device:?}{}",
                administrator.unwrap_or_default()
            )
        }
        Action::PromoteAccount(promote) => account_command(device, "promote", &promote.target),
        Action::UnlockAccount(unlock) => account_command(device, "unlock", &unlock.target),
        _ => return None,
    })
}

fn account_command(device: &str, verb: &str, target: &AccountName) -> String {
    format!("bestow account {device:?} {verb} --target {:?}", target.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn finding(remedy: Value) -> FindingView {
        serde_json::from_value(json!({
            "code": "no_granter", "severity": "critical", "account": null, "evidence": "Only ben holds one.",
            "consequence": "Nobody can be given one.", "remedies": [remedy],
        }))
        .unwrap()
    }

    #[test]
    fn a_ready_made_action_is_a_command_to_run() {
        let found = finding(json!({
            "way": "action", "label": "Grant ada a Secure Token",
            "action": {
                "kind": "grant_secure_token", "administrator": "ben", "target": "ada", "promote_administrator": true,
            },
        }));
        let text = findings_text("Ada's Mac", &[found])
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            text.contains("critical:") && text.contains("Only ben holds one."),
            "{text}"
        );
        let command =
            "bestow grant \"Ada's Mac\" --administrator \"ben\" --target \"ada\" --promote-administrator";
        assert!(text.contains(command), "{text}");
    }

    #[test]
    fn an_account_that_is_missing_is_a_command_to_run() {
        let found = finding(json!({
            "way": "action", "label": "Create ada",
            "action": {
                "kind": "create_account", "target": "ada", "full_name": "Ada Lovelace", "role": "standard",
                "hidden": false, "administrator": "ben", "promote_administrator": false,
            },
        }));
        let text = findings_text("mac", &[found]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let command = "bestow create-user \"mac\" --username \"ada\" --full-name \"Ada Lovelace\" --administrator \"ben\"";
        assert!(text.contains(command), "{text}");
    }

    #[test]
    fn each_cure_that_the_console_has_a_button_for_is_a_command() {
        for (action, command) in [
            (
                json!({ "kind": "rotate_recovery_key", "administrator": null }),
                "bestow recovery-key rotate \"mac\"",
            ),
            (
                json!({ "kind": "rotate_recovery_key", "administrator": "ben" }),
                "bestow recovery-key rotate \"mac\" --administrator \"ben\"",
            ),
            (
                json!({ "kind": "promote_account", "target": "ada" }),
                "bestow account \"mac\" promote --target \"ada\"",
            ),
            (
                json!({ "kind": "unlock_account", "target": "ada" }),
                "bestow account \"mac\" unlock --target \"ada\"",
            ),
        ] {
            assert_eq!(super::command("mac", &action).as_deref(), Some(command));
        }
    }

    #[test]
    fn the_ways_back_are_a_command_to_run() {
        let found = finding(json!({ "way": "runbook", "label": "Every way back", "runbook": "recovery" }));
        let text = findings_text("Ada's Mac", &[found]);
        assert!(
            text.contains("Every way back: bestow recovery \"Ada's Mac\""),
            "{text}"
        );
    }

    #[test]
    fn what_a_person_does_and_what_a_newer_server_says_stay_words() {
        let found = finding(json!({ "way": "person", "step": "Log in at the Mac." }));
        assert!(findings_text("mac", &[found]).contains("Log in at the Mac."));
        let newer = finding(json!({ "way": "action", "label": "Do it", "action": { "kind": "newer" } }));
        assert!(findings_text("mac", &[newer]).contains("Do it"));
        assert_eq!(findings_text("mac", &[]), "nothing is wrong");
    }
}
