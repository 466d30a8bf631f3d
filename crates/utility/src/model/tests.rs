//! Every state, and every thing that can be said to the app in it.

use secrecy::ExposeSecret as _;
use trust::words::prose;
use utility_protocol::frame::Malformed;
use utility_protocol::message::{Holds, LocalAccount};

use super::*;

const NOW: Timestamp = Timestamp(1_000_000);
const LATER: Timestamp = Timestamp(NOW.0 + 60_000);

fn account(record_name: &str, real_name: &str, holds: Holds, administrator: bool) -> LocalAccount {
    LocalAccount {
        record_name: record_name.parse().unwrap(),
        real_name: real_name.to_owned(),
        holds,
        administrator,
    }
}

fn people() -> Vec<LocalAccount> {
    vec![
        account("ada", "Ada Lovelace", Holds::Yes, true),
        account("ben", "ben", Holds::No, false),
        account("cleo", "", Holds::Unknown, true),
        account("dan", "Dan Day", Holds::Yes, false),
        account("amy", "amy Ames", Holds::Yes, true),
        account("eve", "Eve Eden", Holds::No, true),
    ]
}

fn status(need: Need) -> Result<Result<Status, Ended>, NoAnswer> {
    Ok(Ok(Status {
        need,
        accounts: people(),
    }))
}

fn told(need: Need) -> Model {
    let mut model = Model::default();
    model.told(status(need), NOW);
    model
}

fn choosing() -> Model {
    told(Need::Needed { obstacle: None })
}

fn form(model: &mut Model) -> &mut Form {
    match model {
        Model::Choosing(form) => form,
        other => panic!("{other:?}"),
    }
}

fn submitted() -> Model {
    let mut model = choosing();
    form(&mut model).password.insert(0, "orchid-77");
    model.submit(NOW).unwrap();
    model
}

fn no_answers() -> [NoAnswer; 5] {
    let io = || std::io::Error::from(std::io::ErrorKind::NotFound);
    [
        NoAnswer::NotRunning(io()),
        NoAnswer::Impostor(501),
        NoAnswer::Lost(io()),
        NoAnswer::Malformed(Malformed::Version(2)),
        NoAnswer::TooSlow(Duration::from_secs(900)),
    ]
}

#[test]
fn administrators_who_hold_a_token_come_first_and_the_first_is_chosen() {
    let mut model = choosing();
    let form = form(&mut model);
    let labels: Vec<_> = form
        .accounts()
        .iter()
        .map(|choice| choice.label.as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "Ada Lovelace (ada) \u{2013} Secure Token",
            "amy Ames (amy) \u{2013} Secure Token",
            "Dan Day (dan) \u{2013} Secure Token, no administrator",
            "cleo",
            "ben",
            "Eve Eden (eve)",
        ]
    );
    assert_eq!(form.chosen().unwrap().record_name.as_str(), "ada");
}

#[test]
fn where_it_is_not_needed_that_is_said_and_the_app_closes_by_itself() {
    let not_wanted = Need::NotWanted {
        why: "the organisation wants none on this Mac".to_owned(),
    };
    for (need, says) in [
        (Need::Valid, "The service account of this Mac is in order."),
        (
            not_wanted,
            "This Mac needs no service account: the organisation wants none on this Mac.",
        ),
    ] {
        let model = told(need);
        assert!(
            matches!(&model, Model::NotNeeded { title, .. } if title == says),
            "{model:?}"
        );
        assert!(!model.is_over(NOW) && model.waits_for_time(NOW));
        assert!(model.is_over(NOW.plus(SAYS_SO_FOR)));
    }
}

#[test]
fn what_leaves_nothing_to_choose_is_told_and_can_be_asked_again() {
    let cases = [
        told(Need::Needed {
            obstacle: Some(Code::ChainBroken),
        }),
        told(Need::Unknown {
            why: "it was not looked at".to_owned(),
        }),
        {
            let mut model = Model::default();
            model.told(Ok(Err(Ended::with(Code::NotAtTheScreen))), NOW);
            model
        },
        {
            let mut model = Model::default();
            let nobody = Status {
                need: Need::Needed { obstacle: None },
                accounts: Vec::new(),
            };
            model.told(Ok(Ok(nobody)), NOW);
            model
        },
    ];
    for mut model in cases {
        let Model::Failed(failure) = &model else {
            panic!("{model:?}")
        };
        assert!(!failure.title.is_empty() && !failure.fix.is_empty());
        assert!(!model.waits_for_time(NOW) && !model.is_over(LATER));
        assert!(model.submit(NOW).is_none());
        model.ask_again();
        assert!(matches!(model, Model::Asking));
    }
}

#[test]
fn an_agent_that_does_not_answer_is_told_with_a_next_step() {
    let mut seen = Vec::new();
    for why in no_answers() {
        let mut asked = Model::default();
        asked.told(Err(why), NOW);
        let Model::Failed(failure) = asked else {
            panic!("{asked:?}")
        };
        assert!(failure.code.is_none() && !failure.cause.is_empty() && !failure.fix.is_empty());
        assert!(!seen.contains(&failure.title), "{} stands twice", failure.title);
        seen.push(failure.title);
    }
    for why in no_answers() {
        let mut working = submitted();
        working.ended(Err(why));
        assert!(form(&mut working).failure().is_some());
    }
}

#[test]
fn nothing_is_asked_for_before_the_form_is_complete() {
    let mut model = choosing();
    assert!(!form(&mut model).is_complete(NOW));
    assert!(model.submit(NOW).is_none());
    form(&mut model).password.insert(0, "orchid-77");
    form(&mut model).choose(90);
    assert_eq!(form(&mut model).chosen().unwrap().record_name.as_str(), "ada");
    let order = model.submit(NOW).unwrap();
    assert_eq!(order.account.as_str(), "ada");
    assert_eq!(order.password.expose_secret(), "orchid-77");
    assert!(!format!("{order:?}").contains("orchid"));
    assert!(model.submit(NOW).is_none(), "it is asked for once");
    assert!(matches!(model, Model::Working { begun: false, .. }));
    model.begun();
    assert!(matches!(model, Model::Working { begun: true, .. }));
}

#[test]
fn another_account_begins_anew() {
    let mut model = submitted();
    model.ended(Ok(Ended::with(Code::AdministratorWrongPassword)));
    let form = form(&mut model);
    form.password.insert(0, "orchid-78");
    form.choose(0);
    assert!(
        !form.password.is_empty() && form.failure().is_some(),
        "it is the same"
    );
    form.choose(1);
    assert!(form.password.is_empty() && form.failure().is_none());
    assert_eq!(form.chosen().unwrap().record_name.as_str(), "amy");
}

#[test]
fn every_end_has_its_place() {
    for &code in Code::ALL {
        let mut model = submitted();
        model.begun();
        model.ended(Ok(Ended::with(code)));
        if code.is_success() {
            assert!(matches!(model, Model::Done(end) if end == code), "{code}");
            continue;
        }
        let form = form(&mut model);
        assert!(form.password.is_empty(), "{code}");
        let failure = form.failure().unwrap();
        assert_eq!(failure.code, Some(code.word()));
        assert!(failure.title.ends_with(code.entry().title), "{code}");
        assert_eq!(
            (failure.cause.as_str(), failure.fix.as_str()),
            (
                prose(code.entry().cause).as_str(),
                prose(code.entry().fix).as_str()
            )
        );
        assert!(!failure.fix.contains('`'), "{code}");
    }
}

#[test]
fn who_has_to_wait_waits() {
    let mut model = submitted();
    model.ended(Ok(Ended {
        code: Code::TooManyGuesses,
        retry_at: Some(LATER),
    }));
    form(&mut model).password.insert(0, "orchid-77");
    assert!(model.waits_for_time(NOW));
    assert!(model.submit(NOW).is_none());
    assert_eq!(form(&mut model).barred_until(NOW), Some(LATER));
    assert_eq!(form(&mut model).barred_until(LATER), None);
    assert!(!model.waits_for_time(LATER));
    assert!(model.submit(LATER).is_some());
}

#[test]
fn what_comes_when_nobody_waits_for_it_changes_nothing() {
    let shown = |model: &Model| format!("{model:?}");
    let states: [fn() -> Model; 6] = [
        Model::default,
        || told(Need::Valid),
        choosing,
        submitted,
        || Model::Done(Code::ServiceAccountCreated),
        || {
            told(Need::Needed {
                obstacle: Some(Code::ChainBroken),
            })
        },
    ];
    for state in states {
        let before = shown(&state());
        let mut model = state();
        if !matches!(model, Model::Asking) {
            model.told(status(Need::Valid), LATER);
            assert_eq!(shown(&model), before);
        }
        if !matches!(model, Model::Working { .. }) {
            model.begun();
            model.ended(Ok(Ended::with(Code::ServiceAccountCreated)));
            assert_eq!(shown(&model), before);
        }
        if !matches!(model, Model::Failed(_)) {
            model.ask_again();
            assert_eq!(shown(&model), before);
        }
    }
}
