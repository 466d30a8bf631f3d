//! `sysadminctl -addUser`.

use secrecy::SecretString;

use super::channel::{Asked, administrator};
use super::{ADD_TIMEOUT, Channel, Claim, Message, ask};
use crate::open_directory::DsStatus;
use crate::{AccountName, Arg, BadArg, Credential, Error, Runner, Tool};

/// An account to be made. What is not given, the tool chooses.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// The record name. Of a role account it begins with `_`.
    pub account: &'a AccountName,
    /// The password.
    pub password: &'a SecretString,
    /// The real name.
    pub full_name: Option<&'a str>,
    /// The user id. Said to be ignored from macOS 13. Of a role account it lies between 200 and 400.
    pub uid: Option<u32>,
    /// The primary group.
    pub gid: Option<u32>,
    /// The login shell.
    pub shell: Option<&'a str>,
    /// The password hint.
    pub hint: Option<&'a str>,
    /// The home folder. When given, the tool assigns it and does not make it.
    pub home: Option<&'a str>,
    /// Whether the account is an administrator. Ignored for a role account.
    pub administrator: bool,
    /// Whether the account is a role account.
    pub role_account: bool,
    /// A picture file.
    pub picture: Option<&'a str>,
}

impl<'a> NewAccount<'a> {
    /// An account of which everything else is left to the tool.
    pub fn new(account: &'a AccountName, password: &'a SecretString) -> Self {
        Self {
            account,
            password,
            full_name: None,
            uid: None,
            gid: None,
            shell: None,
            hint: None,
            home: None,
            administrator: false,
            role_account: false,
            picture: None,
        }
    }
}

/// What the tool says to making an account. A claim: read the record back, and the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddUserClaim {
    /// It says that it made the account. It says nothing of a token.
    SaysMade {
        /// The user id that it chose or was given.
        uid: Option<i32>,
        /// The primary group, when it says one.
        gid: Option<i32>,
        /// What it did about the home folder.
        home: Option<HomeClaim>,
    },
    /// The full name is taken. Nothing was made.
    FullNameTaken,
    /// Record name, user id or full name is taken. The tool goes on after this, so a home folder may have been made.
    IdentityTaken,
    /// It was not done.
    Refused(Claim),
}

/// What the tool says of a home folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeClaim {
    /// It made this folder.
    Made(String),
    /// It wrote this folder into the record and did not make it.
    Assigned(String),
}

/// Makes an account. Run as root. With the credential of an administrator who holds a token, the new account gets one
/// too.
///
/// # Errors
/// When the tool could not be run to its end, or a value or password cannot be handed over.
pub fn add_user(
    runner: &dyn Runner,
    account: NewAccount<'_>,
    granter: Option<Credential<'_>>,
    channel: Channel,
) -> Result<AddUserClaim, Error> {
    let mut args = options(&account).map_err(Error::bad_arg(Tool::Sysadminctl))?;
    args.extend(administrator(granter)?);
    let mut asked: Vec<Asked<'_>> = granter.into_iter().map(Asked::Of).collect();
    asked.push(Asked::New(account.password));
    let feed = channel
        .feed(&asked)
        .map_err(Error::unfeedable(Tool::Sysadminctl))?;
    let messages = ask(runner, args, feed, ADD_TIMEOUT)?;
    Ok(AddUserClaim::from(messages.as_slice()))
}

fn options(account: &NewAccount<'_>) -> Result<Vec<Arg>, BadArg> {
    let mut args = vec![Arg::from("-addUser"), Arg::value(account.account.as_str())?];
    let texts = [
        ("-fullName", account.full_name),
        ("-shell", account.shell),
        ("-hint", account.hint),
        ("-home", account.home),
        ("-picture", account.picture),
    ];
    for (option, text) in texts {
        if let Some(text) = text {
            args.extend([Arg::from(option), Arg::value(text)?]);
        }
    }
    for (option, number) in [("-UID", account.uid), ("-GID", account.gid)] {
        if let Some(number) = number {
            args.extend([Arg::from(option), Arg::from(number)]);
        }
    }
    args.extend(["-password", "-"].map(Arg::from));
    args.extend(account.administrator.then(|| Arg::from("-admin")));
    args.extend(account.role_account.then(|| Arg::from("-roleAccount")));
    Ok(args)
}

impl From<&[Message]> for AddUserClaim {
    fn from(messages: &[Message]) -> Self {
        if messages.contains(&Message::FullNameTaken) {
            return Self::FullNameTaken;
        }
        if messages.contains(&Message::DirectoryStatus(DsStatus::RECORD_ALREADY_EXISTS)) {
            return Self::IdentityTaken;
        }
        let claim = Claim::from(messages);
        let spoken_of = messages.contains(&Message::CreatingRecord);
        if !spoken_of
            || !matches!(
                claim,
                Claim::Silent | Claim::SaysDone | Claim::Unrecognised { .. }
            )
        {
            return Self::Refused(claim);
        }
        let assigned = messages.iter().find_map(|message| match message {
            Message::Assigned { uid, gid } => Some((*uid, *gid)),
            _ => None,
        });
        let home = messages.iter().find_map(|message| match message {
            Message::CreatingHome { path } => Some(HomeClaim::Made(path.clone())),
            Message::HomeAssigned { path } => Some(HomeClaim::Assigned(path.clone())),
            _ => None,
        });
        Self::SaysMade {
            uid: assigned.map(|(uid, _)| uid),
            gid: assigned.and_then(|(_, gid)| gid),
            home,
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{NewAccount, options};
    use crate::{AccountName, BadArg};

    #[test]
    fn every_option_has_its_place() {
        let (name, password) = (
            AccountName::new("_svc").expect("a name"),
            SecretString::from("orchid"),
        );
        let account = NewAccount {
            full_name: Some("Ann \"the\" O'Neil; 100% 🔑"),
            uid: Some(399),
            gid: Some(20),
            shell: Some("/usr/bin/false"),
            hint: Some("none"),
            home: Some("/var/empty"),
            administrator: true,
            role_account: true,
            picture: Some("/p.heic"),
            ..NewAccount::new(&name, &password)
        };
        let args = options(&account).expect("options");
        let args: Vec<_> = args.iter().map(|arg| arg.as_str()).collect();
        let expected = "-addUser _svc -fullName NAME -shell /usr/bin/false -hint none -home /var/empty -picture /p.heic \
                        -UID 399 -GID 20 -password - -admin -roleAccount";
        let expected: Vec<_> = expected.split(' ').collect();
        let named: Vec<_> = args
            .iter()
            .map(|arg| if arg.contains('🔑') { "NAME" } else { arg })
            .collect();
        assert_eq!(named, expected);
    }

    #[test]
    fn a_full_name_cannot_be_an_option() {
        let (name, password) = (
            AccountName::new("ann").expect("a name"),
            SecretString::from("orchid"),
        );
        let account = NewAccount {
            full_name: Some("-admin"),
            ..NewAccount::new(&name, &password)
        };
        assert_eq!(options(&account).err(), Some(BadArg::LooksLikeAnOption));
    }
}
