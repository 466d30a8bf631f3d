//! The ends of a grant that follow from the Mac's state and the credentials.

use super::{Entry, Kind};

const AUTHENTICATION_ERROR: Option<&str> = Some("Authentication Error");

pub(super) static GRANTED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account holds a Secure Token",
    cause: "The token was handed on, and the Mac was read back: macOS says ENABLED, the disk lists the account, and the account's password opens the disk.",
    fix: "Nothing. With FileVault on, the account is offered on the start-up screen from the next restart.",
    bestow: "Bestow recorded who handed the token on to whom, and refreshed the start-up screen's copy of the accounts.",
};

pub(super) static ALREADY_GRANTED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account already held a Secure Token",
    cause: "macOS says ENABLED for the target account and the disk lists it, so there was nothing to hand on.",
    fix: "Nothing.",
    bestow: "Bestow changed nothing and tried no password.",
};

pub(super) static NOT_OBSERVED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The Mac has not been seen yet",
    cause: "The Mac is enrolled, but its agent has not sent a first observation, so nothing can be planned.",
    fix: "Start the Mac and connect it to the network. On the Mac, `bestow-agent status` tells whether the agent reaches the server.",
    bestow: "Bestow sends nothing to a Mac that it has not seen.",
};

pub(super) static OS_TOO_OLD: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "This macOS does not know Secure Token",
    cause: "Secure Token came with macOS 10.13 High Sierra on APFS volumes. This Mac runs an earlier version.",
    fix: "Upgrade the Mac to macOS 10.13 or later. The upgrade also turns an internal solid-state disk into APFS. The device page shows the version under Device Summary.",
    bestow: "Bestow refused before it sent anything.",
};

pub(super) static VOLUME_NOT_APFS: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The boot volume is not APFS",
    cause: "Secure Token lives on APFS volumes only. This Mac starts from another format, such as Mac OS Extended or CoreStorage.",
    fix: "Convert the boot volume to APFS (Disk Utility in macOS Recovery, or a macOS upgrade). The device page shows the format under Device Summary.",
    bestow: "Bestow refused before it sent anything.",
};

pub(super) static CHAIN_BROKEN: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "Nobody on this Mac holds a Secure Token",
    cause: "A token passes only from an account that holds one. On this Mac no account does, so no account can hand one on.",
    fix: "Read the ways back of this Mac, on its page in the console or with `bestow recovery DEVICE`. They tell what may lead it back, the cheapest first: the MDM's bootstrap token at a login, the recovery key in macOS Recovery, and others; each with its steps for this chip and this macOS, and what is closed and why. Erasing is the last.",
    bestow: "Bestow refused before it sent anything, and looks again at every check-in.",
};

pub(super) static NO_GRANTER: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "No administrator on this Mac holds a Secure Token",
    cause: "macOS lets only an administrator hand a token on. The accounts that hold one here are standard accounts, or disabled.",
    fix: "Let one of the holders be an administrator for the moment of the grant, or make it one (System Settings, Users & Groups) and grant with that account. The plan names the holders. If nobody knows their passwords, read the other ways back: `bestow recovery DEVICE`.",
    bestow: "Bestow refused before it sent anything, and names the accounts that hold a token.",
};

pub(super) static ADMINISTRATOR_UNKNOWN: Entry = Entry {
    kind: Kind::Precondition,
    heading: AUTHENTICATION_ERROR,
    title: "The administrator account does not exist on this Mac",
    cause: "No local account has this record name. The record name is the short one, not the full name that the login window shows.",
    fix: "Choose an account from the device's Local Accounts. The plan lists the administrators who hold a token.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static ADMINISTRATOR_HAS_NO_TOKEN: Entry = Entry {
    kind: Kind::Precondition,
    heading: AUTHENTICATION_ERROR,
    title: "The administrator account holds no Secure Token",
    cause: "An account hands on only what it has. This one exists, but macOS says DISABLED for it.",
    fix: "Use an administrator who holds a token; the plan lists them. Where it lists none, `bestow recovery` and the Mac's page lead there.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static ADMINISTRATOR_TOKEN_UNUSABLE: Entry = Entry {
    kind: Kind::Precondition,
    heading: AUTHENTICATION_ERROR,
    title: "The administrator's Secure Token does not work",
    cause: "macOS says ENABLED, but the disk does not take this account's password. The usual cause is a password that was replaced without the old one, by a script, an MDM or the root user.",
    fix: "Use another administrator who holds a token. To mend this account, change its password once more with the password it had before, or let another holder take its token off and grant it again.",
    bestow: "Bestow does not count this account as a holder any more.",
};

pub(super) static ADMINISTRATOR_NOT_ADMIN: Entry = Entry {
    kind: Kind::Precondition,
    heading: AUTHENTICATION_ERROR,
    title: "The account holds a Secure Token but is not an administrator",
    cause: "macOS lets only members of the admin group hand a token on. This account holds one, but is a standard account.",
    fix: "Use an administrator who holds a token, make this account an administrator first (System Settings, Users & Groups), or allow in the order that it becomes one for the moment of the grant (`--promote-administrator`, in the API `promote_administrator`).",
    bestow: "Bestow makes nobody an administrator in passing unless the order says so. It tried no password and changed nothing.",
};

pub(super) static ADMINISTRATOR_DISABLED: Entry = Entry {
    kind: Kind::Precondition,
    heading: AUTHENTICATION_ERROR,
    title: "The administrator account is disabled",
    cause: "The account may hold a Secure Token, but its record bars every authentication. macOS takes no password of it, so it can neither hand a token on nor reset a password.",
    fix: "Use another administrator who holds a token; the plan lists them. Or use Unlock Account on this one first.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static ADMINISTRATOR_NOT_VOLUME_OWNER: Entry = Entry {
    kind: Kind::Precondition,
    heading: AUTHENTICATION_ERROR,
    title: "The administrator account does not own the volume",
    cause: "On Apple silicon every account that holds a Secure Token owns the start-up volume. The disk lists this account as one that does not, so that macOS and the disk disagree about its token.",
    fix: "Use another administrator who holds a token. Have one hand this account a token anew, if it is to be used for this.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static ADMINISTRATOR_WRONG_PASSWORD: Entry = Entry {
    kind: Kind::Failure,
    heading: AUTHENTICATION_ERROR,
    title: "The administrator's password is wrong",
    cause: "Open Directory on the Mac did not take the password that was given for the administrator account.",
    fix: "Enter the password that this account uses at this Mac's login window. Each try counts towards the Mac's lock-out, so check it before you try again.",
    bestow: "Bestow tried the password once and then stopped.",
};

pub(super) static TARGET_UNKNOWN: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The target account does not exist on this Mac",
    cause: "No local account has this record name. The record name is the short one, not the full name that the login window shows.",
    fix: "Choose an account from the device's Local Accounts, or create it first.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static TARGET_AMBIGUOUS: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "Several accounts of this Mac fit the choice",
    cause: "The target was chosen by alias, user id or role, and more than one account of this Mac fits. Accounts can share a user id, a name of one can be a further name of another, and there can be many standard accounts.",
    fix: "Name the account by its record name. The refusal lists those that fit; in a bulk run, order these Macs apart, by a choice that fits one account on each.",
    bestow: "Bestow picked none of them: it tried no password and sent nothing to this Mac.",
};

pub(super) static TARGET_NOT_MATCHED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "No account of this Mac fits the choice",
    cause: "The target was chosen by alias, user id or role, and no account that was last seen on this Mac fits. A role never means the account that hands on or helps, the service account, or the accounts of macOS itself.",
    fix: "Look at the device's Local Accounts, where each account has its names, its user id and its role, and name the one that is meant.",
    bestow: "Bestow tried no password and sent nothing to this Mac.",
};

pub(super) static TARGET_WRONG_PASSWORD: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The target account's password is wrong",
    cause: "Open Directory on the Mac did not take the password that was given for the target account. The token is wrapped with that password, so macOS needs it.",
    fix: "Enter the password that this account uses at this Mac's login window. Each try counts towards the Mac's lock-out, so check it before you try again.",
    bestow: "Bestow tried the password once and then stopped. Nothing was handed on.",
};

pub(super) static TOKEN_UNUSABLE: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The account has a Secure Token that does not work",
    cause: "macOS says ENABLED for the account, but the disk refuses its password or does not list it. A further grant would change nothing: macOS believes that the token is there.",
    fix: "Change the account's password once more with the password it had before. Where nobody knows that, let another holder take the token off and grant it again.",
    bestow: "Bestow refuses to grant it another one before anything is changed, and does not count it as a holder.",
};
