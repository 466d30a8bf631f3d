//! What each driver asks: the tool, its arguments, and what it gets to read.

use std::sync::Mutex;

use mac::dscl::Edit;
use mac::fdesetup::Unlock;
use mac::security::authorization_database::{self, LOGIN, Right};
use mac::security::keychain::KeychainItem;
use mac::sysadminctl::{Channel, HomeFolder, NewAccount};
use mac::{AccountName, Answer, Call, Credential, Error, Exit, Reply, RunError, Runner};
use secrecy::{ExposeSecret as _, SecretString};

/// Notes every call as one text, and gives empty answers.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Runner for Notes {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        let mut note = format!("{} {}", call.tool, call.arg_strs().join(" "));
        if let Some(bytes) = call.feed.stdin() {
            note += &format!(" < {}", String::from_utf8_lossy(&bytes).replace('\n', "⏎"));
        }
        for answer in call.feed.prompt_answers().unwrap_or_default() {
            note += match &answer.reply {
                Reply::Text(text) => format!(" <tty {text}"),
                Reply::Secret(secret) => format!(" <tty {}", secret.expose_secret()),
                Reply::HangUp => " <tty hang up".to_owned(),
            }
            .as_str();
        }
        self.0.lock().expect("the notes").push(note);
        Ok(Answer::new(Exit::Code(0), "", ""))
    }
}

/// The calls that a driver makes, whatever it makes of the empty answers.
fn calls<T>(drive: impl FnOnce(&dyn Runner) -> Result<T, Error>) -> Vec<String> {
    let notes = Notes::default();
    let _ = drive(&notes);
    notes.0.into_inner().expect("the notes")
}

struct People {
    ann: AccountName,
    bob: AccountName,
    ann_password: SecretString,
    bob_password: SecretString,
}

impl People {
    fn new() -> Self {
        Self {
            ann: AccountName::new("ann").expect("a name"),
            bob: AccountName::new("bob 100%").expect("a name"),
            ann_password: SecretString::from("ANN"),
            bob_password: SecretString::from("BOB"),
        }
    }

    fn ann(&self) -> Credential<'_> {
        Credential {
            account: &self.ann,
            password: &self.ann_password,
        }
    }

    fn bob(&self) -> Credential<'_> {
        Credential {
            account: &self.bob,
            password: &self.bob_password,
        }
    }
}

#[test]
fn tokens() {
    let people = People::new();
    let status = calls(|runner| mac::sysadminctl::token_status(runner, &people.bob));
    assert_eq!(status, ["sysadminctl -secureTokenStatus bob 100%"]);
    let options = "bob 100% -password - -adminUser ann -adminPassword -";
    let pipe =
        calls(|runner| mac::sysadminctl::grant_token(runner, people.ann(), people.bob(), Channel::Pipe));
    assert_eq!(pipe, [format!("sysadminctl -secureTokenOn {options} < ANN⏎BOB⏎")]);
    let pty =
        calls(|runner| mac::sysadminctl::revoke_token(runner, people.ann(), people.bob(), Channel::Pty));
    assert_eq!(
        pty,
        [format!("sysadminctl -secureTokenOff {options} <tty ANN <tty BOB")]
    );
}

#[test]
fn accounts() {
    let people = People::new();
    let account = NewAccount {
        administrator: true,
        ..NewAccount::new(&people.bob, &people.bob_password)
    };
    let alone = calls(|runner| mac::sysadminctl::add_user(runner, account, None, Channel::Pty));
    assert_eq!(
        alone,
        ["sysadminctl -addUser bob 100% -password - -admin <tty BOB <tty BOB"]
    );
    let granted =
        calls(|runner| mac::sysadminctl::add_user(runner, account, Some(people.ann()), Channel::Pipe));
    let options = "-addUser bob 100% -password - -admin -adminUser ann -adminPassword -";
    assert_eq!(granted, [format!("sysadminctl {options} < ANN⏎BOB⏎")]);
    let delete = |home, authoriser| {
        calls(|runner| mac::sysadminctl::delete_user(runner, &people.bob, home, authoriser, Channel::Pipe))
    };
    assert_eq!(
        delete(HomeFolder::Keep, None),
        ["sysadminctl -deleteUser bob 100% -keepHome"]
    );
    let removed = delete(HomeFolder::Remove, Some(people.ann()));
    assert_eq!(
        removed,
        ["sysadminctl -deleteUser bob 100% -adminUser ann -adminPassword - < ANN⏎"]
    );
    assert_eq!(
        delete(HomeFolder::RemoveSecurely, None),
        ["sysadminctl -deleteUser bob 100% -secure"]
    );
}

#[test]
fn passwords() {
    let people = People::new();
    let (old, new) = (&people.bob_password, SecretString::from("NEW"));
    let reset = |authoriser, channel| {
        calls(|runner| mac::sysadminctl::reset_password(runner, &people.bob, &new, authoriser, channel))
    };
    assert_eq!(
        reset(None, Channel::Pipe),
        ["sysadminctl -resetPasswordFor bob 100% -newPassword - < NEW⏎"]
    );
    let options = "-resetPasswordFor bob 100% -newPassword - -adminUser ann -adminPassword -";
    let typed = reset(Some(people.ann()), Channel::Pty);
    assert_eq!(
        typed,
        [format!("sysadminctl {options} <tty NEW <tty NEW <tty ANN")]
    );
    let own = calls(|runner| mac::sysadminctl::change_own_password(runner, old, &new, Channel::Pipe));
    assert_eq!(own, ["sysadminctl -newPassword - -oldPassword - < BOB⏎NEW⏎"]);
    let check = calls(|runner| mac::dscl::check_password(runner, &people.bob, old));
    assert_eq!(check, ["dscl . -authonly bob 100% <tty BOB"]);
    let change = calls(|runner| mac::dscl::change_password(runner, &people.bob, old, &new));
    assert_eq!(change, ["dscl . -passwd /Users/bob 100%25 <tty NEW <tty BOB"]);
}

#[test]
fn records() {
    let attributes = "RecordName RealName GeneratedUID UniqueID PrimaryGroupID NFSHomeDirectory UserShell IsHidden \
                      AuthenticationAuthority accountPolicyData";
    let people = People::new();
    assert_eq!(
        calls(mac::dscl::users),
        [format!("dscl -plist . -readall /Users {attributes}")]
    );
    let user = calls(|runner| mac::dscl::user(runner, &people.bob));
    assert_eq!(
        user,
        [format!("dscl -plist . -read /Users/bob 100%25 {attributes}")]
    );
    let group = calls(|runner| mac::dscl::group(runner, "admin"));
    let attributes = "RecordName GroupMembership GroupMembers NestedGroups PrimaryGroupID";
    assert_eq!(group, [format!("dscl -plist . -read /Groups/admin {attributes}")]);
}

#[test]
fn edits() {
    let edit = |edit| calls(|runner| mac::dscl::edit(runner, "/Users/", "bob", edit));
    assert_eq!(edit(Edit::CreateRecord), ["dscl . -create /Users/bob"]);
    assert_eq!(
        edit(Edit::Create("IsHidden", &["1"])),
        ["dscl . -create /Users/bob IsHidden 1"]
    );
    let tags = [";DisabledTags;SecureToken"];
    let append = edit(Edit::Append("AuthenticationAuthority", &tags));
    assert_eq!(
        append,
        [format!(
            "dscl . -append /Users/bob AuthenticationAuthority {}",
            tags[0]
        )]
    );
    assert_eq!(
        edit(Edit::Merge("A", &["b", "c"])),
        ["dscl . -merge /Users/bob A b c"]
    );
    assert_eq!(edit(Edit::Delete("A", &[])), ["dscl . -delete /Users/bob A"]);
    assert_eq!(edit(Edit::DeleteRecord), ["dscl . -delete /Users/bob"]);
    assert_eq!(
        edit(Edit::Create("A", &["-x"])),
        [""; 0],
        "a value that is an option is not run at all"
    );
}

#[test]
fn groups() {
    let people = People::new();
    let check = calls(|runner| mac::dseditgroup::check_member(runner, &people.ann, "admin"));
    assert_eq!(check, ["dseditgroup -o checkmember -m ann admin"]);
    let add = calls(|runner| mac::dseditgroup::add_member(runner, &people.ann, "admin"));
    assert_eq!(add, ["dseditgroup -o edit -a ann -t user admin"]);
    let remove = calls(|runner| mac::dseditgroup::remove_member(runner, &people.ann, "admin"));
    assert_eq!(remove, ["dseditgroup -o edit -d ann -t user admin"]);
    let resolved = calls(|runner| mac::dsmemberutil::check_membership(runner, &people.ann, "admin"));
    assert_eq!(resolved, ["dsmemberutil checkmembership -U ann -G admin"]);
    assert_eq!(calls(mac::dsmemberutil::flush_cache), ["dsmemberutil flushcache"]);
}

#[test]
fn disks() {
    assert_eq!(calls(mac::diskutil::boot_volume), ["diskutil info -plist /"]);
    assert_eq!(calls(mac::diskutil::apfs_volumes), ["diskutil apfs list -plist"]);
    let both = [
        "diskutil apfs listCryptoUsers -plist /",
        "diskutil apfs listCryptoUsers /",
    ];
    assert_eq!(calls(mac::diskutil::crypto_users), both);
    assert_eq!(
        calls(mac::diskutil::update_preboot),
        ["diskutil apfs updatePreboot /"]
    );
    let password = SecretString::from("orchid; $x");
    let verify = calls(|runner| mac::diskutil::verify_disk_password(runner, "GUID", &password));
    assert_eq!(
        verify,
        ["diskutil apfs unlockVolume / -verify -user GUID -stdinpassphrase < orchid; $x⏎"]
    );
}

/// The call without the fixed head of a property list.
fn without_head(call: &str) -> String {
    let (before, after) = call.split_once("<?xml").expect("a property list");
    before.to_owned()
        + after
            .split_once("<plist version=\"1.0\">")
            .expect("a property list")
            .1
}

#[test]
fn filevault() {
    let people = People::new();
    assert_eq!(calls(mac::fdesetup::status), ["fdesetup status"]);
    assert_eq!(calls(mac::fdesetup::is_active), ["fdesetup isactive"]);
    assert_eq!(calls(mac::fdesetup::list), ["fdesetup list"]);
    assert_eq!(calls(mac::fdesetup::deferral), ["fdesetup showdeferralinfo"]);
    assert_eq!(
        calls(mac::fdesetup::has_personal_recovery_key),
        ["fdesetup haspersonalrecoverykey"]
    );
    assert_eq!(
        calls(mac::fdesetup::has_institutional_recovery_key),
        ["fdesetup hasinstitutionalrecoverykey"]
    );
    assert_eq!(
        calls(mac::fdesetup::using_recovery_key),
        ["fdesetup usingrecoverykey"]
    );
    let change = calls(|runner| mac::fdesetup::change_recovery_key(runner, Unlock::User(people.bob())));
    let list = "⏎<dict>⏎<key>Username</key>⏎<string>bob 100%</string>⏎<key>Password</key>⏎<string>BOB</string>⏎\
                </dict>⏎</plist>⏎";
    let options = "changerecovery -personal -inputplist -outputplist";
    assert_eq!(without_head(&change[0]), format!("fdesetup {options} < {list}"));
    let key = SecretString::from("KEY");
    let validate = calls(|runner| mac::fdesetup::validate_recovery_key(runner, &key));
    let list = "⏎<dict>⏎<key>Password</key>⏎<string>KEY</string>⏎</dict>⏎</plist>⏎";
    assert_eq!(
        without_head(&validate[0]),
        format!("fdesetup validaterecovery -inputplist < {list}")
    );
    let remove = calls(|runner| mac::fdesetup::remove_user(runner, "GUID"));
    assert_eq!(remove, ["fdesetup remove -uuid GUID"]);
    let add = calls(|runner| mac::fdesetup::add_user(runner, people.ann(), people.bob()));
    assert!(
        add[0].starts_with("fdesetup add -inputplist < ")
            && add[0].contains("<key>AdditionalUsers</key>⏎<array>")
    );
}

#[test]
fn management() {
    let people = People::new();
    assert_eq!(
        calls(mac::profiles::enrollment),
        ["profiles status -type enrollment"]
    );
    assert_eq!(
        calls(mac::profiles::bootstrap_token_status),
        ["profiles status -type bootstraptoken"]
    );
    let install = calls(|runner| mac::profiles::install_bootstrap_token(runner, people.ann()));
    assert_eq!(
        install,
        ["profiles install -type bootstraptoken <tty ann <tty ANN"]
    );
    assert_eq!(
        calls(mac::mdmclient::erase_preflight),
        ["mdmclient QueryDeviceInformation"]
    );
    assert_eq!(
        calls(mac::mdmclient::security_info),
        ["mdmclient QuerySecurityInfo"]
    );
    let policies = calls(|runner| mac::pwpolicy::policies(runner, None));
    assert_eq!(policies, ["pwpolicy -getaccountpolicies"]);
    let own = calls(|runner| mac::pwpolicy::policies(runner, Some(&people.ann)));
    assert_eq!(own, ["pwpolicy -u ann -getaccountpolicies"]);
    let allowed = calls(|runner| mac::pwpolicy::authentication_allowed(runner, &people.ann));
    assert_eq!(allowed, ["pwpolicy -u ann -authentication-allowed"]);
}

#[test]
fn the_mac_itself() {
    let people = People::new();
    assert_eq!(calls(mac::sw_vers::system_version), ["sw_vers "]);
    assert_eq!(
        calls(mac::ioreg::hardware),
        ["ioreg -rd1 -c IOPlatformExpertDevice"]
    );
    assert_eq!(
        calls(mac::sysctl::is_apple_silicon),
        ["sysctl -n hw.optional.arm64"]
    );
    assert_eq!(
        calls(mac::sysctl::chip_name),
        ["sysctl -n machdep.cpu.brand_string"]
    );
    assert_eq!(
        calls(mac::system_profiler::hardware_overview),
        ["system_profiler -json SPHardwareDataType"]
    );
    assert_eq!(calls(mac::stat::console_user), ["stat -f%Su /dev/console"]);
    assert_eq!(calls(mac::stat::console_owner), ["stat -f%u /dev/console"]);
    assert_eq!(calls(mac::ioreg::has_t2), ["ioreg -rd1 -n Apple T2 Controller"]);
    assert_eq!(calls(mac::bputil::boot_policy), ["bputil -d"]);
    assert_eq!(calls(mac::csrutil::status), ["csrutil status"]);
    assert_eq!(
        calls(mac::nvram::secure_boot_policy),
        ["nvram 94b73556-2197-4702-82a8-3e1337dafbfb:AppleSecureBootPolicy"]
    );
    assert_eq!(calls(|runner| mac::id::identity(runner, &people.ann)), ["id ann"]);
    let bootout = calls(|runner| mac::launchctl::bootout(runner, "com.example.agent"));
    assert_eq!(bootout, ["launchctl bootout system/com.example.agent"]);
    let read = calls(|runner| mac::defaults::read(runner, "com.apple.loginwindow", "HiddenUsersList"));
    assert_eq!(read, ["defaults read com.apple.loginwindow HiddenUsersList"]);
}

#[test]
fn switching_an_account_off_and_on() {
    let people = People::new();
    let off = calls(|runner| mac::pwpolicy::disable(runner, &people.ann));
    assert_eq!(off, ["pwpolicy -u ann -disableuser"]);
    let on = calls(|runner| mac::pwpolicy::enable(runner, &people.ann));
    assert_eq!(on, ["pwpolicy -u ann -enableuser"]);
    let forget = calls(|runner| mac::dscl::forget_failed_logins(runner, &people.ann));
    assert_eq!(
        forget,
        ["dscl . -createpl /Users/ann accountPolicyData failedLoginCount 0"]
    );
}

#[test]
fn the_keychain() {
    let item = KeychainItem {
        service: "Bestow",
        account: "_bestow",
    };
    let keychain = "/Library/Keychains/System.keychain";
    let put = calls(|runner| mac::security::keychain::put(runner, item, &SecretString::from("orchid")));
    let command =
        format!("add-generic-password -U -a \"_bestow\" -s \"Bestow\" -w \"orchid\" \"{keychain}\"");
    assert_eq!(put, [format!("security -i < {command}⏎")]);
    let find = calls(|runner| mac::security::keychain::find(runner, item));
    assert_eq!(
        find,
        [format!(
            "security find-generic-password -a _bestow -s Bestow -w {keychain}"
        )]
    );
    let delete = calls(|runner| mac::security::keychain::delete(runner, item));
    assert_eq!(
        delete,
        [format!(
            "security delete-generic-password -a _bestow -s Bestow {keychain}"
        )]
    );
}

#[test]
fn the_authorization_database() {
    let read = calls(|runner| authorization_database::read(runner, LOGIN));
    assert_eq!(read, ["security authorizationdb read system.login.console"]);
    let right = "<plist><dict><key>class</key><string>evaluate-mechanisms</string>\
                 <key>mechanisms</key><array><string>a:b</string></array></dict></plist>";
    let right = Right::parse(right).expect("a right");
    let write = calls(|runner| authorization_database::write(runner, LOGIN, &right));
    assert!(
        write[0].starts_with("security authorizationdb write system.login.console < <?xml"),
        "{write:?}"
    );
    assert!(write[0].contains("<string>a:b</string>"), "{write:?}");
}
