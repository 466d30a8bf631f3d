//! The command line of `sysadminctl`: one operation and options around it in any order.

use crate::model::os::OsVersion;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    SecureTokenStatus,
    SecureTokenOn,
    SecureTokenOff,
    AddUser,
    DeleteUser,
    ResetPasswordFor,
    NewPassword,
    Autologin,
    ScreenLock,
    GuestAccount,
    Filesystem,
    AutomaticTime,
    AfpGuestAccess,
    SmbGuestAccess,
}

const OPERATIONS: &[(&str, Operation)] = &[
    ("secureTokenStatus", Operation::SecureTokenStatus),
    ("secureTokenOn", Operation::SecureTokenOn),
    ("secureTokenOff", Operation::SecureTokenOff),
    ("addUser", Operation::AddUser),
    ("deleteUser", Operation::DeleteUser),
    ("resetPasswordFor", Operation::ResetPasswordFor),
    ("autologin", Operation::Autologin),
    ("screenLock", Operation::ScreenLock),
    ("guestAccount", Operation::GuestAccount),
    ("filesystem", Operation::Filesystem),
    ("automaticTime", Operation::AutomaticTime),
    ("afpGuestAccess", Operation::AfpGuestAccess),
    ("smbGuestAccess", Operation::SmbGuestAccess),
];

impl Operation {
    /// The flag without its dash.
    pub(super) fn name(self) -> &'static str {
        OPERATIONS
            .iter()
            .find(|(_, operation)| *operation == self)
            .map_or("newPassword", |(name, _)| name)
    }

    /// The first macOS whose tool knows it.
    pub(super) fn since(self) -> OsVersion {
        match self {
            Self::SecureTokenStatus | Self::SecureTokenOn | Self::SecureTokenOff => OsVersion::new(10, 13),
            Self::ScreenLock => OsVersion::new(10, 15),
            Self::Autologin => OsVersion::new(13, 0),
            _ => OsVersion::new(10, 10),
        }
    }

    /// Whether it takes root (or an administrator's credentials) even to begin.
    pub(super) fn needs_root(self) -> bool {
        matches!(
            self,
            Self::AddUser | Self::DeleteUser | Self::ResetPasswordFor | Self::Autologin | Self::GuestAccount
        )
    }
}

/// The parsed command line. Passwords are as typed: `-` asks for one.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) operation: Option<Operation>,
    /// The value behind the operation's flag: mostly the account.
    pub(super) subject: String,
    pub(super) admin_user: Option<String>,
    pub(super) admin_password: Option<String>,
    pub(super) password: Option<String>,
    pub(super) new_password: Option<String>,
    pub(super) old_password: Option<String>,
    pub(super) full_name: Option<String>,
    pub(super) uid: Option<String>,
    pub(super) gid: Option<String>,
    pub(super) shell: Option<String>,
    pub(super) home: Option<String>,
    pub(super) hint: Option<String>,
    pub(super) picture: Option<String>,
    pub(super) user_name: Option<String>,
    pub(super) admin: bool,
    pub(super) role_account: bool,
    pub(super) secure: bool,
    pub(super) keep_home: bool,
    pub(super) force: bool,
    pub(super) interactive: bool,
}

impl Arguments {
    pub(super) fn parse(args: &[String]) -> Self {
        let mut parsed = Self::default();
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let flag = arg.strip_prefix('-').unwrap_or(arg);
            if let Some((_, operation)) = OPERATIONS.iter().find(|(name, _)| *name == flag) {
                parsed.operation = Some(*operation);
                parsed.subject = rest.next().cloned().unwrap_or_default();
                continue;
            }
            match flag {
                "admin" => parsed.admin = true,
                "roleAccount" => parsed.role_account = true,
                "secure" => parsed.secure = true,
                "keepHome" => parsed.keep_home = true,
                "force" => parsed.force = true,
                "interactive" => parsed.interactive = true,
                _ => {
                    if let Some(value) = parsed.value_of(flag) {
                        *value = rest.next().cloned();
                    }
                }
            }
        }
        // `-newPassword` is an option of -resetPasswordFor and an operation by itself.
        if parsed.operation.is_none() && parsed.new_password.is_some() {
            parsed.operation = Some(Operation::NewPassword);
        }
        parsed
    }

    fn value_of(&mut self, flag: &str) -> Option<&mut Option<String>> {
        Some(match flag {
            "adminUser" => &mut self.admin_user,
            "adminPassword" => &mut self.admin_password,
            "password" => &mut self.password,
            "newPassword" => &mut self.new_password,
            "oldPassword" => &mut self.old_password,
            "fullName" => &mut self.full_name,
            "UID" => &mut self.uid,
            "GID" => &mut self.gid,
            "shell" => &mut self.shell,
            "home" => &mut self.home,
            "hint" | "passwordHint" => &mut self.hint,
            "picture" => &mut self.picture,
            "userName" => &mut self.user_name,
            _ => return None,
        })
    }
}
