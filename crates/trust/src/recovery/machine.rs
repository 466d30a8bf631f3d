//! What the steps depend on: chip, version, disk and accounts; and the steps that several ways share.

use crate::chain::Member;
use crate::observation::{Account, Chip, CryptoUserKind, FileVault, Observation};
use crate::os::OsVersion;

/// The first macOS whose Recovery asks for a password before it shows its utilities.
const RECOVERY_ASKS: OsVersion = OsVersion::new(10, 15, 0);

/// The Mac, as far as it told.
pub(super) struct Machine<'a> {
    pub(super) chip: Option<Chip>,
    pub(super) version: Option<OsVersion>,
    pub(super) filevault: Option<FileVault>,
    /// Whether an MDM manages it.
    pub(super) managed: Option<bool>,
    /// Whether some account's password opens the disk.
    holder: bool,
    /// Whether somebody is logged in at the screen; `None` when it did not tell.
    pub(super) somebody_at_the_screen: Option<bool>,
    /// Accounts of people that the reset in macOS Recovery shows.
    people: Vec<&'a Account>,
    observation: &'a Observation,
}

impl<'a> Machine<'a> {
    pub(super) fn of(observation: &'a Observation, members: &[Member<'_>]) -> Self {
        let accounts = observation.accounts.value().map_or(&[][..], Vec::as_slice);
        Self {
            chip: observation.hardware.value().map(|hardware| hardware.chip),
            version: observation.system.value().map(|system| system.version),
            filevault: observation.filevault.value().copied(),
            managed: observation.mdm.value().map(|mdm| mdm.enrolled),
            holder: members.iter().any(|member| member.token.holds()),
            somebody_at_the_screen: observation.console_user.value().map(Option::is_some),
            people: accounts
                .iter()
                .filter(|account| account.uid >= 500 && !account.hidden && !account.disabled)
                .collect(),
            observation,
        }
    }

    /// Whether the disk lists a key of this kind; `None` when it did not tell.
    pub(super) fn lists(&self, kind: &CryptoUserKind) -> Option<bool> {
        let users = self.observation.crypto_users.value()?;
        Some(users.iter().any(|user| user.kind == *kind))
    }

    /// Whether nobody's password would open the disk after a restart.
    pub(super) fn would_stay_locked(&self) -> bool {
        !self.holder && self.filevault.is_none_or(FileVault::locks_the_disk)
    }

    /// Whether its Recovery asks for a password or a key first; taken for granted where the version is not known.
    pub(super) fn recovery_asks(&self) -> bool {
        self.version.is_none_or(|version| version >= RECOVERY_ASKS)
    }

    /// The account to log in with: an administrator's if there is one, by record name.
    pub(super) fn best_login(&self) -> Option<&'a str> {
        let usable = || self.people.iter();
        let best = usable()
            .find(|account| account.administrator)
            .or_else(|| usable().next());
        best.map(|account| account.record_name.as_str())
    }

    /// Where passwords and roles of accounts are changed on it.
    pub(super) fn users_and_groups(&self) -> &'static str {
        const VENTURA: OsVersion = OsVersion::new(13, 0, 0);
        if self.version.is_some_and(|version| version < VENTURA) {
            "“System Preferences”, “Users & Groups”"
        } else {
            "“System Settings”, “Users & Groups”"
        }
    }

    /// How its Recovery is started.
    pub(super) fn start_recovery(&self) -> Vec<String> {
        let silicon = [
            "Shut the Mac down.",
            "Press and hold the power button until “Loading startup options” appears, then let go.",
            "Click “Options”, then “Continue”.",
        ];
        let intel = [
            "Shut the Mac down.",
            "Turn it on and at once hold Command (⌘) and R, until the Apple logo or a globe appears.",
        ];
        let mut steps: Vec<String> = match self.chip {
            Some(Chip::AppleSilicon) => silicon.map(str::to_owned).to_vec(),
            Some(Chip::T2 | Chip::Intel) => intel.map(str::to_owned).to_vec(),
            None => vec![
                "Shut the Mac down.".to_owned(),
                "With Apple silicon, press and hold the power button until “Loading startup options” appears, then click \
                 “Options” and “Continue”. With Intel, turn it on and at once hold Command (⌘) and R."
                    .to_owned(),
            ],
        };
        if self.recovery_lock() == Some(true) {
            steps.push("Enter the Recovery Lock password and press Return.".to_owned());
        }
        steps
    }

    /// What starting its Recovery needs.
    pub(super) fn recovery_needs(&self) -> Option<String> {
        (self.recovery_lock() == Some(true)).then(|| {
            "The Recovery Lock password: the MDM has it, and the vault where somebody entered it.".to_owned()
        })
    }

    /// What is not known of starting its Recovery.
    pub(super) fn recovery_unknowns(&self) -> Option<String> {
        let unknown = match self.chip {
            Some(Chip::T2 | Chip::Intel) => "Whether a firmware password is set, which would be asked for.",
            // Without an MDM nobody sets one.
            Some(Chip::AppleSilicon) | None if self.managed == Some(false) => return None,
            Some(Chip::AppleSilicon) | None if self.recovery_lock().is_some() => return None,
            Some(Chip::AppleSilicon) | None => {
                "Whether the MDM has set a Recovery Lock, whose password would be asked for."
            }
        };
        Some(unknown.to_owned())
    }

    fn recovery_lock(&self) -> Option<bool> {
        self.observation.security.recovery_lock.value().copied()
    }

    /// Past the users that its Recovery shows, without the password of any.
    pub(super) fn pass_the_users() -> String {
        "If the Mac shows users but no “Forgot all passwords?”, choose any user. If you see “Forgot all passwords?”, click it."
            .to_owned()
    }

    /// From the utilities of its Recovery to new passwords.
    pub(super) fn reset_passwords(&self, command: &str) -> Vec<String> {
        vec![
            "In the menu bar choose “Utilities”, then “Terminal”.".to_owned(),
            format!(
                "Type `{command}` and press Return. The “Reset Password” window opens. The Terminal's own window may hide \
                 it."
            ),
            self.choose_accounts(),
            "Click “Next”, then “Restart”.".to_owned(),
        ]
    }

    /// One account is chosen by itself; of several each needs a new password.
    fn choose_accounts(&self) -> String {
        let names: Vec<&str> = self
            .people
            .iter()
            .map(|account| account.record_name.as_str())
            .collect();
        match names.as_slice() {
            [only] => {
                format!("The only account, {only}, is chosen already. Enter a new password for it, twice.")
            }
            [] => "Enter a new password, twice, for the account that is shown. If there are several, click “Set Password” \
                   beside each of them first."
                .to_owned(),
            several => format!(
                "There are several accounts, and each of them needs a new password: {}. For each, click “Set Password” and \
                 enter a new password, twice.",
                several.join(", ")
            ),
        }
    }

    /// What follows when the Mac is back with new passwords.
    pub(super) fn afterwards(&self) -> String {
        let login = self.best_login().map_or_else(
            || "Log in with the new password.".to_owned(),
            |name| format!("Log in as {name} with the new password."),
        );
        format!("{login} {}", Self::afterwards_without_login())
    }

    /// What follows when somebody has logged in.
    pub(super) fn afterwards_without_login() -> String {
        "Leave the Mac on and on the network. Bestow looks at it again by itself. When its page shows a holder, the chain is \
         whole."
            .to_owned()
    }
}
