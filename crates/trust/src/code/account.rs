//! The ends of making an account.

use super::{Entry, Kind};

pub(super) static ACCOUNT_CREATED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account was made",
    cause: "macOS has the account, and Open Directory takes its password. No token was asked for.",
    fix: "Nothing. If the account is to unlock FileVault, grant it a Secure Token.",
    bestow: "Bestow read the account back from the Mac.",
};

pub(super) static CREATED_WITH_TOKEN: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account was made and holds a Secure Token",
    cause: "macOS has the account, and the token was handed on: macOS says ENABLED, the disk lists the account, and its password opens the disk.",
    fix: "Nothing. With FileVault on, the account is offered on the start-up screen from the next restart.",
    bestow: "Bestow read both back from the Mac and recorded who handed the token on.",
};

pub(super) static CREATED_WITHOUT_TOKEN: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The account was made, but holds no Secure Token",
    cause: "The account exists and works, but the grant that was to follow did not come about. The action's parts say why.",
    fix: "Mend what the grant's part names, then use Grant Secure Token for the account. Do not create it again.",
    bestow: "Bestow keeps the account as it is and reports the two parts apart.",
};

pub(super) static ACCOUNT_EXISTS: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "An account of this name exists already",
    cause: "Record names are unique on a Mac, whatever their case.",
    fix: "Choose another account name, or grant the existing account a token.",
    bestow: "Bestow changed nothing, and never takes an existing account for the new one.",
};

pub(super) static FULL_NAME_TAKEN: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "Another account has this full name",
    cause: "macOS makes no second account with a full name that is in use.",
    fix: "Choose another full name, for example with a middle initial.",
    bestow: "Bestow changed nothing.",
};

pub(super) static PASSWORD_POLICY_CONFLICT: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The Mac's password policy refuses the password",
    cause: "A passcode profile or a local policy demands more of passwords than this one gives: length, kinds of characters, no repetitions. Or its rules, taken together, leave no password at all.",
    fix: "Choose a password that satisfies the rules which the action's evidence names. `pwpolicy -getaccountpolicies` on the Mac lists them all. For the service account, whose password the Mac makes, the device page names the rules that leave none and the ways past them.",
    bestow: "Bestow held the password against the rules of the Mac before it touched anything, and made no account. A rule that it could not read was left to macOS, which refused the password.",
};

pub(super) static ACCOUNT_NOT_CREATED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The account was not made",
    cause: "The tool ran, but the Mac read back has no such account, or its password does not work. Remains of an account that was deleted by hand are a known reason: the tool then reports success and makes nothing.",
    fix: "Look at the evidence of the action. Choose another account name, or remove the remains of the old account.",
    bestow: "Bestow believes what the Mac shows and not what the tool says.",
};

pub(super) static LAST_HOLDER: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "This would leave nobody to hand a token on",
    cause: "No other account is left that holds a Secure Token, that is proved to, or that may hand one on. Tokens pass only from account to account.",
    fix: "Give another administrator a Secure Token, and let its password be proved, first: `bestow grant DEVICE`. Who accepts a Mac without one types the Mac's name (`--confirm-device-name`); deleting the last holder macOS refuses even then.",
    bestow: "Bestow changed nothing.",
};

pub(super) static LAST_ADMINISTRATOR: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "This would leave no administrator that a person can use",
    cause: "No other account of a person is in the admin group. The service account is in it, but nobody can work as it.",
    fix: "Make another account an administrator first. Who accepts a Mac without one types the Mac's name; deleting the last one macOS refuses even then.",
    bestow: "Bestow changed nothing.",
};

pub(super) static SERVICE_ACCOUNT_PROTECTED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The service account has actions of its own",
    cause: "The agent looks after `_bestow`: its rights, its password and its end hang together. What is done to it behind the agent breaks it.",
    fix: "Use Repair, Rotate or Remove Service Account instead.",
    bestow: "Bestow changed nothing.",
};

pub(super) static NOTHING_TO_DO: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "It is so already",
    cause: "The Mac is as it was asked to be: nothing had to be changed.",
    fix: "Nothing.",
    bestow: "Bestow saw that on the Mac and changed nothing.",
};

pub(super) static ACCOUNT_PROMOTED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account is an administrator",
    cause: "The admin group names the account, and macOS takes it for a member.",
    fix: "Nothing. If it is to hand tokens on, it needs a Secure Token too.",
    bestow: "Bestow read the group back from the Mac in three ways.",
};

pub(super) static ACCOUNT_DEMOTED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account is a standard account",
    cause: "The admin group does not name the account any more. A Secure Token that it holds stays.",
    fix: "Nothing.",
    bestow: "Bestow read the group back from the Mac in three ways, after it had seen that the chain stays whole, or that a person accepted what it loses.",
};

pub(super) static ACCOUNT_DISABLED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account is disabled",
    cause: "macOS lets nobody authenticate as it. A Secure Token that it holds stays with it and serves nobody meanwhile; at the start-up screen its password may still open the disk.",
    fix: "Nothing. Unlock Account lets it authenticate again.",
    bestow: "Bestow read the record and the policy back from the Mac.",
};

pub(super) static ACCOUNT_UNLOCKED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account may authenticate",
    cause: "Its record is not disabled, and its failed tries are forgotten, so that no lock-out holds.",
    fix: "Nothing. Where the password is forgotten, reset it; where a program keeps trying an old one, stop that first.",
    bestow: "Bestow read the record and the policy back from the Mac.",
};

pub(super) static ACCOUNT_DELETED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account is deleted",
    cause: "macOS has no such account any more, and the disk has no key of it.",
    fix: "Nothing.",
    bestow: "Bestow deleted it by the tool that takes it off the disk as well, and read both back.",
};

pub(super) static ACCOUNT_NOT_CHANGED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The account is not as it was asked to be",
    cause: "The tool ran, but the Mac read back shows the account as it was, or its answers do not agree.",
    fix: "Look at the evidence of the action, and try again. A directory service that overrides local groups or policies is a known reason.",
    bestow: "Bestow believes what the Mac shows and not what the tool says.",
};

pub(super) static ACCOUNT_NOT_DELETED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The account is not deleted, or not wholly",
    cause: "The account is still there, or the disk still has its key. macOS itself refuses to delete the last administrator and the last account that it takes for a holder, whoever accepts that.",
    fix: "Look at the evidence of the action. Give another administrator a Secure Token first where macOS says that it is the last of its kind.",
    bestow: "Bestow read the account and the list of the disk back. It never deletes the record alone, which would leave a key that belongs to nobody.",
};

pub(super) static PASSWORD_CHANGED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The password is changed",
    cause: "Open Directory takes the new password, and where the account holds a Secure Token, so does the disk: the token is kept.",
    fix: "Tell whoever uses the account. The login keychain keeps the old password until its owner changes it at the next login.",
    bestow: "Bestow tried the old password once, and proved the new one at both doors.",
};

pub(super) static PASSWORD_RESET: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The password is reset",
    cause: "Open Directory takes the new password, and where the account holds a Secure Token, so does the disk: the token is kept, by the authority of an administrator who holds one.",
    fix: "Tell whoever uses the account. The login keychain keeps the old password: its owner makes a new one at the next login, or gives the old password there.",
    bestow: "Bestow proved the password of the administrator first, and the new password at both doors afterwards.",
};

pub(super) static PASSWORD_NOT_CHANGED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The password is not changed",
    cause: "The tool ran, but Open Directory does not take the new password. A rule of the policy that could not be read beforehand is a known reason, such as one against former passwords or against a change too soon.",
    fix: "Look at the evidence of the action, and try another password.",
    bestow: "Bestow believes what the Mac shows and not what the tool says.",
};

pub(super) static TOKEN_NOT_KEPT: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The password is new for logging in, but the disk still wants the old one",
    cause: "Open Directory takes the new password, and the disk does not: directory and disk went apart half way. The account can log in and cannot unlock FileVault with its new password.",
    fix: "Use Change Password with the former password as the present one and the one that is in force as the new one: the disk then follows. Where nobody knows the former one, let an administrator who holds a token use Reset Password. Until then the former password opens the disk.",
    bestow: "Bestow tried to let the disk follow, proved that it did not, and says so instead of calling it a success.",
};

pub(super) static CHANGE_PASSWORD_INSTEAD: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "An account does not reset its own password",
    cause: "Reset Password takes the authority of another administrator. Whoever knows the password of the account itself changes it.",
    fix: "Use Change Password, or name another administrator who holds a Secure Token.",
    bestow: "Bestow changed nothing.",
};

pub(super) static TARGET_DISABLED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The target account is disabled",
    cause: "Its record bars every authentication, so that its password cannot be tried or changed.",
    fix: "Use Unlock Account first.",
    bestow: "Bestow changed nothing.",
};
