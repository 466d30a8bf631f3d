//! What is diagnosed, and that each finding leads to its cure.

use crate::support::{account, enabled, known, mac};
use trust::action::Action;
use trust::code::{Code, Kind};
use trust::finding::{Finding, Remedy, RemedyKind, Runbook, Severity, diagnose};
use trust::observation::*;
use trust::outcome::{GrantMethod, TrustEdge};
use trust::plan::{Knowledge, Plan, Situation};
use trust::provenance::{Confidence, Origin, provenance};
use trust::restart::waiting_for_restart;
use trust::time::Timestamp;

fn codes(observation: &Observation) -> Vec<Code> {
    diagnosed(observation)
        .iter()
        .map(|finding| finding.code)
        .collect()
}

/// What is diagnosed. Every code has a severity, and no ready-made action is refused.
fn diagnosed(observation: &Observation) -> Vec<Finding> {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge: Knowledge::NONE,
    };
    let found = diagnose(observation);
    for finding in &found {
        let code = finding.code;
        assert!(Finding::codes().contains(&code), "{code} has no severity");
        for remedy in &finding.remedies {
            if let Remedy::Action { label, action } = remedy {
                let refusal = Plan::for_action(action, &situation).refusal();
                assert_eq!(refusal, None, "{code} offers: {label}");
            }
        }
    }
    found
}

#[test]
fn the_catalogue_lists_what_is_found_the_worst_first() {
    let codes = Finding::codes();
    assert_eq!(codes.first(), Some(&Code::ChainBroken));
    assert_eq!(codes.last(), Some(&Code::ServiceAccountAwaitsLogin));
    assert!(codes.iter().all(|code| code.entry().kind != Kind::Success));
}

fn finding(observation: &Observation, code: Code) -> Finding {
    diagnosed(observation)
        .into_iter()
        .find(|finding| finding.code == code)
        .unwrap()
}

fn automated(mut observation: Observation) -> Observation {
    observation.mdm = known(MdmEnrolment {
        enrolled: true,
        user_approved: true,
        automated: true,
        server_url: None,
    });
    observation
}

#[test]
fn a_mac_with_two_holders_and_nobody_without_has_no_findings() {
    assert_eq!(codes(&mac(vec![enabled("ada", true), enabled("ben", false)])), []);
}

#[test]
fn an_account_missing_from_the_start_up_screen_is_offered_its_grant_ready_made() {
    let observation = mac(vec![
        enabled("ada", true),
        enabled("cleo", true),
        account("ben", false),
    ]);
    let missing = finding(&observation, Code::MissingFromStartUpScreen);
    assert_eq!(missing.account.as_deref(), Some("ben"));
    assert!(
        matches!(missing.remedies[0], Remedy::Action { .. }),
        "{missing:?}"
    );
}

#[test]
fn a_grant_that_would_be_refused_is_not_offered() {
    let mut dead = enabled("cleo", true);
    dead.token_proof = Some(TokenProof {
        at: crate::support::NOW,
        password_set_at: dead.password_set_at,
        result: ProofResult::DiskRefused,
    });
    let with_dead_token = mac(vec![enabled("ada", true), dead]);
    assert_eq!(
        finding(&with_dead_token, Code::OnlyOneHolder).remedies,
        [Remedy::Person {
            step: "Give a second account a Secure Token.".to_owned(),
            kind: RemedyKind::Console,
        }]
    );
    let mut blind = mac(vec![enabled("ada", true), account("ben", false)]);
    blind.full_disk_access = known(false);
    let missing = finding(&blind, Code::MissingFromStartUpScreen);
    assert_eq!(
        missing.remedies,
        [Remedy::Person {
            step:
                "Once the agent has Full Disk Access: Grant ben a Secure Token with the credentials of ada."
                    .to_owned(),
            kind: RemedyKind::Management,
        }]
    );
}

#[test]
fn with_filevault_off_nobody_is_missing() {
    let mut observation = mac(vec![
        enabled("ada", true),
        enabled("cleo", true),
        account("ben", false),
    ]);
    observation.filevault = known(FileVault::Off);
    assert_eq!(codes(&observation), []);
}

#[test]
fn the_automated_admin_is_led_to_the_real_first_holder_even_a_standard_one() {
    let early = |account: Account, at| Account {
        created_at: Some(Timestamp(at)),
        ..account
    };
    let observation = automated(mac(vec![
        early(account("ladmin", true), 1),
        early(enabled("stan", false), 2),
        early(enabled("zoe", false), 3),
    ]));
    let found = finding(&observation, Code::AutomatedAdminWithoutToken);
    assert_eq!(found.account.as_deref(), Some("ladmin"));
    let Remedy::Action {
        action: Action::GrantSecureToken(grant),
        label,
    } = &found.remedies[0]
    else {
        panic!("{found:?}")
    };
    assert_eq!(
        (grant.administrator.as_str(), grant.target.as_str()),
        ("stan", "ladmin")
    );
    assert!(
        grant.promote_administrator && label.contains("for the moment"),
        "the caveat is missing: {label}"
    );
}

#[test]
fn a_broken_chain_is_critical_and_leads_to_recovery() {
    let mut observation = mac(vec![account("ada", true), account("ben", false)]);
    assert_eq!(diagnose(&observation)[0].severity, Severity::Critical);
    let led_to = |observation: &Observation| match &finding(observation, Code::ChainBroken).remedies[..] {
        [
            Remedy::Runbook {
                label,
                runbook: Runbook::Recovery,
            },
        ] => label.clone(),
        other => panic!("{other:?}"),
    };
    observation.crypto_users = known(vec![CryptoUser {
        uuid: "GONE".to_owned(),
        kind: CryptoUserKind::LocalAccount,
        volume_owner: None,
    }]);
    observation.security.personal_recovery_key = known(false);
    observation.bootstrap_token = known(BootstrapToken {
        supported: false,
        escrowed: false,
    });
    assert!(led_to(&observation).contains("Nothing but erasing"));
    observation.security.personal_recovery_key = known(true);
    assert!(led_to(&observation).contains("The personal recovery key"));
}

/// The words of the ways out of the finding that nobody who holds a token can hand it on, and what was seen.
fn helpless(accounts: Vec<Account>) -> (String, Vec<String>) {
    let finding = finding(&mac(accounts), Code::NoGranter);
    let words = finding.remedies.iter().map(|remedy| remedy.words().to_owned());
    (finding.evidence, words.collect())
}

#[test]
fn who_holds_a_token_and_cannot_hand_it_on_is_enabled_or_made_an_administrator() {
    let disabled = |name: &str, administrator: bool| Account {
        disabled: true,
        ..enabled(name, administrator)
    };
    let ways = "Every way back for this Mac, step by step";
    let unlock = |name: &str| format!("Unlock {name}, who holds a Secure Token and is disabled");
    let promote = |name: &str| format!("Make {name}, who holds a Secure Token, an administrator");
    let moment =
        "Grant ada a Secure Token with the credentials of stan, who becomes an administrator for the moment";

    let (evidence, ways_out) = helpless(vec![disabled("ada", true)]);
    assert!(
        evidence.contains("ada is disabled") && !evidence.contains("standard"),
        "{evidence}"
    );
    assert_eq!(ways_out, [&unlock("ada"), ways]);

    let (evidence, ways_out) = helpless(vec![enabled("stan", false)]);
    assert!(evidence.contains("stan is a standard account"), "{evidence}");
    assert_eq!(ways_out, [&promote("stan"), ways]);

    let (_, ways_out) = helpless(vec![enabled("stan", false), account("ada", true)]);
    assert_eq!(ways_out, [moment, &promote("stan"), ways]);

    let (_, ways_out) = helpless(vec![enabled("stan", false), disabled("eve", true)]);
    assert_eq!(ways_out, [&unlock("eve"), &promote("stan"), ways]);
    let (_, ways_out) = helpless(vec![disabled("stan", false)]);
    assert_eq!(ways_out, [&unlock("stan"), ways]);
}

/// Nobody knows the password of the service account, and macOS's word on it is the agent's to mend.
#[test]
fn nobody_is_asked_for_the_password_of_the_service_account() {
    let repair = "Repair the service account, which holds a Secure Token (the agent tries it by itself, too)";
    let ways = "Every way back for this Mac, step by step";
    let (_, ways_out) = helpless(vec![enabled("_bestow", false), account("ada", true)]);
    assert_eq!(ways_out, [repair, ways]);
    let disabled = Account {
        disabled: true,
        ..enabled("_bestow", true)
    };
    let (_, ways_out) = helpless(vec![disabled, enabled("stan", false)]);
    let promote = "Make stan, who holds a Secure Token, an administrator";
    assert_eq!(ways_out, [repair, promote, ways]);

    let alone = mac(vec![enabled("_bestow", true), account("ada", true)]);
    let at_login = "Let ada log in at the Mac: the service account hands a Secure Token on then.";
    for code in [Code::OnlyOneHolder, Code::MissingFromStartUpScreen] {
        let remedies = finding(&alone, code).remedies;
        assert_eq!(
            (remedies[0].words(), remedies[0].kind()),
            (at_login, RemedyKind::NextLogin)
        );
    }
    let mut deaf = alone;
    deaf.login_plugin = known(LoginPlugin::NotInstalled);
    let remedies = finding(&deaf, Code::MissingFromStartUpScreen).remedies;
    assert_eq!(remedies[0].kind(), RemedyKind::Management);

    let first = Account {
        created_at: Some(Timestamp(crate::support::NOW.0 - 1)),
        ..enabled("_bestow", true)
    };
    let automated = automated(mac(vec![first, account("ada", true), enabled("ben", true)]));
    let remedies = finding(&automated, Code::AutomatedAdminWithoutToken).remedies;
    assert_eq!(
        remedies[0].words(),
        "Grant ada a Secure Token with the credentials of ben"
    );
}

#[test]
fn each_trouble_of_a_mac_is_named() {
    let stan = mac(vec![enabled("stan", false), account("ada", true)]);
    assert!(codes(&stan).contains(&Code::NoGranter));
    let one = mac(vec![enabled("ada", true)]);
    assert_eq!(codes(&one), [Code::OnlyOneHolder]);
    let mut blind = mac(vec![enabled("ada", true), enabled("ben", false)]);
    blind.full_disk_access = known(false);
    assert_eq!(codes(&blind), [Code::FullDiskAccessMissing]);
    let mut promoted = mac(vec![enabled("ada", true), enabled("ben", false)]);
    promoted.promoted_in_passing = vec!["ben".to_owned()];
    assert_eq!(codes(&promoted), [Code::DemotionUnproved]);
    let nobody = mac(vec![account("ada", true)]);
    assert!(codes(&nobody).contains(&Code::UpdatesUnauthorised));
    let mut old = nobody;
    old.system = known(System {
        version: trust::os::OsVersion::new(10, 12, 6),
        build: String::new(),
    });
    assert_eq!(
        codes(&old),
        [Code::OsTooOld],
        "nothing is said of tokens where there are none"
    );
}

#[test]
fn every_finding_says_what_follows_and_has_a_way_out() {
    let dead = TokenProof {
        result: ProofResult::DiskRefused,
        at: Timestamp(1),
        password_set_at: Some(crate::support::NOW),
    };
    let worst = automated(mac(vec![
        Account {
            token_proof: Some(dead),
            ..enabled("ada", true)
        },
        account("ben", false),
        enabled("stan", false),
        account("ladmin", true),
    ]));
    let findings = diagnose(&worst);
    assert!(findings.len() >= 4, "{findings:#?}");
    for finding in findings {
        assert!(
            !finding.evidence.is_empty() && !finding.consequence.is_empty(),
            "{finding:?}"
        );
        assert!(!finding.remedies.is_empty(), "{finding:?}");
        assert_ne!(finding.code.entry().kind, Kind::Success);
    }
}

fn edge(to: &str, at: Timestamp) -> TrustEdge {
    TrustEdge {
        granter_guid: "GUID-OF-ADA".to_owned(),
        granter: "ada".to_owned(),
        target_guid: format!("GUID-OF-{}", to.to_uppercase()),
        target: to.to_owned(),
        method: GrantMethod::SysadminctlSecureTokenOn,
        at,
    }
}

#[test]
fn the_origin_of_a_token_is_proved_inferred_or_unknown_and_never_guessed() {
    let created = |account: Account, at| Account {
        created_at: Some(Timestamp(at)),
        ..account
    };
    let observation = mac(vec![
        created(enabled("ada", true), 1),
        created(enabled("ben", false), 2),
        created(enabled("cleo", false), 3),
        account("dora", false),
    ]);
    let origin = |observation: &Observation, name: &str| {
        let edges = [edge("ben", Timestamp(9))];
        provenance(observation.account(name).unwrap(), observation, &edges).map(|p| (p.origin, p.confidence))
    };
    assert_eq!(
        origin(&observation, "ada"),
        Some((Origin::SetupAssistant, Confidence::Inferred))
    );
    assert_eq!(
        origin(&observation, "ben"),
        Some((Origin::Granted { by: "ada".to_owned() }, Confidence::Proved))
    );
    assert_eq!(
        origin(&observation, "cleo"),
        Some((Origin::Unknown, Confidence::None))
    );
    assert_eq!(origin(&observation, "dora"), None);
    let automated = automated(observation);
    assert_eq!(
        origin(&automated, "ada"),
        Some((Origin::AutomatedAdminFirstLogin, Confidence::Inferred))
    );
    let mut escrowed = automated;
    escrowed.bootstrap_token = known(BootstrapToken {
        supported: true,
        escrowed: true,
    });
    assert_eq!(
        origin(&escrowed, "cleo"),
        Some((Origin::BootstrapToken, Confidence::Inferred))
    );
}

#[test]
fn a_restart_after_the_grant_ends_the_waiting() {
    let mut observation = mac(vec![enabled("ada", true), enabled("ben", false)]);
    let edges = [edge("ben", Timestamp(5_000))];
    observation.booted_at = known(Timestamp(4_000));
    assert_eq!(
        waiting_for_restart(&observation, &edges),
        Some(vec!["ben".to_owned()])
    );
    observation.booted_at = known(Timestamp(5_000));
    assert_eq!(
        waiting_for_restart(&observation, &edges),
        Some(Vec::new()),
        "started in the second of the grant, so after it"
    );
    observation.booted_at = known(Timestamp(6_000));
    assert_eq!(waiting_for_restart(&observation, &edges), Some(Vec::new()));
    observation.booted_at = crate::support::unknown();
    assert_eq!(waiting_for_restart(&observation, &edges), None);
    observation.filevault = known(FileVault::Off);
    assert_eq!(waiting_for_restart(&observation, &edges), Some(Vec::new()));
}

#[test]
fn a_login_plug_in_that_is_not_asked_or_not_safe_is_named() {
    let with = |plugin: LoginPlugin| {
        let mut mac = mac(vec![enabled("ada", true), enabled("ben", false)]);
        mac.login_plugin = known(plugin);
        mac
    };
    let why = || "macOS refused".to_owned();
    assert_eq!(codes(&with(LoginPlugin::Registered)), []);
    assert_eq!(codes(&with(LoginPlugin::NotInstalled)), []);
    let asleep = with(LoginPlugin::NotRegistered { why: why() });
    assert_eq!(codes(&asleep), [Code::LoginPluginNotRegistered]);
    assert!(diagnose(&asleep)[0].evidence.contains("macOS refused"));
    let unfit = with(LoginPlugin::RegisteredUnfit { why: why() });
    assert_eq!(codes(&unfit), [Code::LoginPluginUnfit]);
    assert_eq!(diagnose(&unfit)[0].severity, Severity::Critical);
}
