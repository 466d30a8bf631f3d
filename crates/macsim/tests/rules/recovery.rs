//! recoveryOS: who gets in, by what key, and what comes of it.

use macsim::Mac;
use macsim::model::clock::UnixMillis;
use macsim::model::hardware::Chip;
use macsim::model::mdm::RECOVERY_LOCK_PASSWORD;
use macsim::model::volume::FileSystem;
use macsim::recovery::{Act, CannotDo, RecoveryOs};
use macsim::report::TrueToken;
use macsim::rules::delete_account::delete_record_only;
use macsim::scenario::{Builder, Role, ScenarioMac};

use super::support::{AT, holders};

const NEW: &str = "a new Passw0rd";

/// An encrypted Mac whose only holder was deleted behind macOS's back; `accounts` are left.
fn broken(os: &str, chip: Chip, accounts: &[(&str, Role)]) -> ScenarioMac {
    let mut builder = Builder::new(
        os.parse().unwrap(),
        chip,
        FileSystem::Apfs,
        3,
        UnixMillis(AT.now.0),
    );
    builder
        .account("owner", "Owner", Role::Admin, None)
        .login("owner")
        .filevault("owner");
    for (name, role) in accounts {
        builder.account(name, name, *role, None);
    }
    delete_record_only(builder.mac(), "owner").unwrap();
    builder.forget("owner");
    builder.finish()
}

/// Does it, and answers what the Mac says to it.
fn act(at: &mut RecoveryOs, mac: &mut Mac, act: &Act) -> Result<Option<String>, CannotDo> {
    at.act(mac, act, AT)?;
    Ok(at.screen(mac).message)
}

fn all(at: &mut RecoveryOs, mac: &mut Mac, acts: &[Act]) {
    for one in acts {
        assert_eq!(act(at, mac, one), Ok(None), "{}", at.screen(mac));
    }
}

/// To the recovery key's field.
fn to_the_key(at: &mut RecoveryOs, mac: &mut Mac) {
    let start: &[Act] = match mac.hardware.chip {
        Chip::AppleSilicon => &[
            Act::ShutDown,
            Act::HoldPowerButton,
            Act::click("Options"),
            Act::click("Continue"),
        ],
        Chip::T2 | Chip::Intel => &[Act::ShutDown, Act::TurnOnHoldingCommandR],
    };
    all(at, mac, start);
    if mac.os.to_string().starts_with("10.15") {
        // Here the way without a password comes after a user was chosen.
        all(at, mac, &[Act::click("Owner")]);
    }
    all(at, mac, &[Act::click("Forgot all passwords?")]);
}

fn to_the_reset(at: &mut RecoveryOs, mac: &mut Mac, command: &str) {
    all(
        at,
        mac,
        &[
            Act::click("Utilities"),
            Act::click("Terminal"),
            Act::TypeLine(command.to_owned()),
        ],
    );
}

fn set(name: Option<&str>, new: &str, again: &str) -> Vec<Act> {
    let open = name.map(|name| Act::Click {
        label: "Set Password".to_owned(),
        beside: Some(name.to_owned()),
    });
    open.into_iter()
        .chain([
            Act::enter("New password", new),
            Act::enter("Verify password", again),
        ])
        .collect()
}

fn worth(mac: &Mac, name: &str) -> TrueToken {
    macsim::report::true_token(mac, mac.directory.user(name).unwrap())
}

#[test]
fn the_right_key_gives_every_account_a_token_on_every_chip() {
    for (os, chip) in [
        ("10.15.7", Chip::Intel),
        ("12.7.6", Chip::T2),
        ("15.2", Chip::AppleSilicon),
        ("26.6", Chip::AppleSilicon),
    ] {
        let mut made = broken(os, chip, &[("ada", Role::Admin), ("ben", Role::Standard)]);
        let key = made.recovery_key.clone().unwrap();
        let (mac, mut at) = (&mut made.mac, RecoveryOs::at_the_mac());
        to_the_key(&mut at, mac);
        all(
            &mut at,
            mac,
            &[Act::enter("Recovery key", &key), Act::PressReturn],
        );
        to_the_reset(&mut at, mac, "resetFileVaultpassword");
        all(&mut at, mac, &set(Some("ada"), NEW, NEW));
        let early = act(&mut at, mac, &Act::click("Next")).unwrap();
        assert_eq!(
            early.as_deref(),
            Some("Every account needs a new password."),
            "{os}"
        );
        assert!(holders(mac).is_empty(), "{os}: nothing has happened yet");
        all(&mut at, mac, &set(Some("ben"), NEW, "something else"));
        let differ = act(&mut at, mac, &Act::click("Next")).unwrap();
        assert_eq!(differ.as_deref(), Some("The passwords do not match."), "{os}");
        all(&mut at, mac, &set(Some("ben"), NEW, NEW));
        all(&mut at, mac, &[Act::click("Next"), Act::click("Restart")]);
        assert_eq!(
            (worth(mac, "ada"), worth(mac, "ben")),
            (TrueToken::Usable, TrueToken::Usable),
            "{os}"
        );
        let login = Act::LogIn {
            name: "ben".to_owned(),
            password: NEW.to_owned(),
        };
        all(&mut at, mac, &[login]);
        assert_eq!(mac.session.console_user.as_deref(), Some("ben"), "{os}");
    }
}

#[test]
fn one_account_is_chosen_by_itself() {
    let mut made = broken("15.2", Chip::AppleSilicon, &[("ada", Role::Admin)]);
    let key = made.recovery_key.clone().unwrap();
    let (mac, mut at) = (&mut made.mac, RecoveryOs::at_the_mac());
    to_the_key(&mut at, mac);
    all(
        &mut at,
        mac,
        &[Act::enter("Recovery key", &key), Act::PressReturn],
    );
    to_the_reset(&mut at, mac, "resetFileVaultpassword");
    assert!(at.screen(mac).shows("ada") && !at.screen(mac).shows("Set Password"));
    all(&mut at, mac, &set(None, NEW, NEW));
    all(&mut at, mac, &[Act::click("Next"), Act::click("Restart")]);
    assert_eq!(worth(mac, "ada"), TrueToken::Usable);
}

#[test]
fn a_wrong_key_opens_nothing_and_ten_of_them_end_it_until_the_next_start() {
    let mut made = broken("15.2", Chip::AppleSilicon, &[("ada", Role::Admin)]);
    let key = made.recovery_key.clone().unwrap();
    let (mac, mut at) = (&mut made.mac, RecoveryOs::at_the_mac());
    to_the_key(&mut at, mac);
    for _ in 0..10 {
        all(
            &mut at,
            mac,
            &[Act::enter("Recovery key", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")],
        );
        let said = act(&mut at, mac, &Act::PressReturn).unwrap();
        assert_eq!(said.as_deref(), Some("This recovery key does not open the disk."));
    }
    all(&mut at, mac, &[Act::enter("Recovery key", &key)]);
    assert!(
        act(&mut at, mac, &Act::PressReturn).unwrap().is_some(),
        "the right one comes too late"
    );
    all(&mut at, mac, &[Act::ShutDown, Act::TurnOn]);
    to_the_key(&mut at, mac);
    all(
        &mut at,
        mac,
        &[Act::enter("Recovery key", &key), Act::PressReturn],
    );
    assert!(at.screen(mac).has_button("Utilities", None));
}

#[test]
fn before_catalina_the_reset_itself_asks_for_the_key() {
    let mut made = broken("10.14.6", Chip::Intel, &[("ada", Role::Admin)]);
    let key = made.recovery_key.clone().unwrap();
    let (mac, mut at) = (&mut made.mac, RecoveryOs::at_the_mac());
    all(&mut at, mac, &[Act::ShutDown, Act::TurnOnHoldingCommandR]);
    to_the_reset(&mut at, mac, "resetFileVaultpassword");
    all(
        &mut at,
        mac,
        &[Act::enter("Recovery key", &key), Act::PressReturn],
    );
    all(&mut at, mac, &set(None, NEW, NEW));
    all(&mut at, mac, &[Act::click("Next"), Act::click("Restart")]);
    assert_eq!(worth(mac, "ada"), TrueToken::Usable);
}

#[test]
fn each_chip_has_its_own_way_in() {
    let mut silicon = broken("15.2", Chip::AppleSilicon, &[("ada", Role::Admin)]).mac;
    let mut at = RecoveryOs::at_the_mac();
    all(
        &mut at,
        &mut silicon,
        &[Act::ShutDown, Act::TurnOnHoldingCommandR],
    );
    assert!(at.runs_macos(), "held keys mean nothing there");
    let mut intel = broken("12.7.6", Chip::T2, &[("ada", Role::Admin)]).mac;
    let mut at = RecoveryOs::at_the_mac();
    all(&mut at, &mut intel, &[Act::ShutDown, Act::HoldPowerButton]);
    assert!(at.runs_macos());
    assert_eq!(
        act(&mut at, &mut intel, &Act::TurnOnHoldingCommandR),
        Err(CannotDo::MacIsOn)
    );
}

#[test]
fn screen_sharing_ends_with_macos() {
    let mut mac = broken("15.2", Chip::AppleSilicon, &[("ada", Role::Admin)]).mac;
    let mut at = RecoveryOs::by_screen_sharing();
    all(&mut at, &mut mac, &[Act::ShutDown]);
    assert_eq!(
        act(&mut at, &mut mac, &Act::HoldPowerButton),
        Err(CannotDo::OutOfReach)
    );
    assert!(at.screen(&mac).buttons.is_empty());
}

#[test]
fn a_recovery_lock_comes_first() {
    let mut mac = broken("15.2", Chip::AppleSilicon, &[("ada", Role::Admin)]).mac;
    mac.mdm.recovery_lock = true;
    let mut at = RecoveryOs::at_the_mac();
    let start = [
        Act::ShutDown,
        Act::HoldPowerButton,
        Act::click("Options"),
        Act::click("Continue"),
        Act::enter("Password", "a guess"),
    ];
    all(&mut at, &mut mac, &start);
    assert!(act(&mut at, &mut mac, &Act::PressReturn).unwrap().is_some());
    all(
        &mut at,
        &mut mac,
        &[Act::enter("Password", RECOVERY_LOCK_PASSWORD), Act::PressReturn],
    );
    assert!(at.screen(&mac).shows("Forgot all passwords?"));
}

#[test]
fn without_filevault_the_directory_follows_and_the_disk_does_not() {
    let mut builder = Builder::new(
        "15.2".parse().unwrap(),
        Chip::AppleSilicon,
        FileSystem::Apfs,
        3,
        UnixMillis(AT.now.0),
    );
    builder.account("ada", "Ada", Role::Admin, None);
    let mut mac = builder.finish().mac;
    assert_eq!(worth(&mac, "ada"), TrueToken::Usable);
    let mut at = RecoveryOs::at_the_mac();
    to_the_key(&mut at, &mut mac);
    to_the_reset(&mut at, &mut mac, "resetpassword");
    all(&mut at, &mut mac, &set(None, NEW, NEW));
    all(&mut at, &mut mac, &[Act::click("Next"), Act::click("Restart")]);
    assert_eq!(worth(&mac, "ada"), TrueToken::Dead);
}

#[test]
fn a_mistyped_command_is_said_to_be_one() {
    let mut made = broken("15.2", Chip::AppleSilicon, &[("ada", Role::Admin)]);
    let key = made.recovery_key.clone().unwrap();
    let (mac, mut at) = (&mut made.mac, RecoveryOs::at_the_mac());
    to_the_key(&mut at, mac);
    all(
        &mut at,
        mac,
        &[Act::enter("Recovery key", &key), Act::PressReturn],
    );
    all(&mut at, mac, &[Act::click("Utilities"), Act::click("Terminal")]);
    let said = act(&mut at, mac, &Act::TypeLine("resetFilevaultpassword".to_owned())).unwrap();
    assert!(said.unwrap().contains("command not found"));
}
