//! Problems that a diagnosis finds.

use super::{Entry, Kind};

pub(super) static MISSING_FROM_START_UP_SCREEN: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "An account is missing from the start-up screen",
    cause: "FileVault is on, and the account has no Secure Token. The start-up screen offers only accounts with a key to the disk.",
    fix: "Grant the account a Secure Token with the credentials of an administrator who holds one. The finding offers the grant ready-made. Nobody knows the password of the local administrator that Bestow made: its agent has the service account hand it a token, or the vault shows the password for the grant.",
    bestow: "After the grant Bestow refreshes the start-up screen's copy and tells when the Mac has restarted.",
};

pub(super) static AUTOMATED_ADMIN_WITHOUT_TOKEN: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "The administrator of automated enrolment has no Secure Token",
    cause: "macOS gives the first token to whoever is first. On this Mac somebody else was, so the administrator that the MDM made has none.",
    fix: "Grant it with the credentials of the account that was first; the finding names it. If that is a standard account, it must become an administrator for the moment of the grant.",
    bestow: "Bestow names the first holder and offers the grant ready-made. It promotes nobody unless the order says so.",
};

pub(super) static UPDATES_UNAUTHORISED: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "Nobody can authorise system updates",
    cause: "On a Mac with Apple silicon only a volume owner can. An account owns the volume when it holds a Secure Token, and none does.",
    fix: "Give an account a Secure Token, or let the MDM install updates with the escrowed bootstrap token.",
    bestow: "Bestow looks again at every check-in.",
};

pub(super) static ONLY_ONE_HOLDER: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "Only one account holds a Secure Token",
    cause: "Tokens pass only from account to account. With one holder left, one lost password breaks the chain.",
    fix: "Give a second account a token while there is somebody to hand it on.",
    bestow: "Bestow offers the grant ready-made where another administrator is there to receive it.",
};

pub(super) static PRIMARY_USER_WITHOUT_TOKEN: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "The Mac's primary user holds no Secure Token",
    cause: "The organisation asks for a token for whoever uses a Mac. The account that is bound to this Mac's person holds none, or does not exist on the Mac.",
    fix: "Grant the account a Secure Token; the finding offers the grant ready-made. Many Macs at once: a bulk run over this finding with `%username%` as the target. If the person has another account on the Mac, name that one in the enrolment data.",
    bestow: "Bestow looks again at every check-in, and when the enrolment data changes.",
};

pub(super) static LOGIN_PLUGIN_NOT_REGISTERED: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "macOS does not ask Bestow's login plug-in",
    cause: "The plug-in is on the Mac, and the authorization database does not name it among those that take part in a login. A macOS upgrade resets that database, and products with a login window of their own rewrite it.",
    fix: "Look at the evidence. When another product is in charge of the login window, let it keep the other entries of `system.login.console`. When the plug-in's files are at fault, install the agent's package again.",
    bestow: "Bestow registers its plug-in when the agent starts, after every upgrade and every quarter of an hour, and reads back whether it worked. This finding means that it did not. Logins go on as before; only the agent is not told of them.",
};

pub(super) static LOGIN_PLUGIN_UNFIT: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "macOS loads a login plug-in that is missing or not safe",
    cause: "The authorization database names Bestow's login plug-in, but its files are gone or can be changed by others than root, and the entry could not be taken out. With a plug-in that is missing, macOS lets nobody log in at the screen.",
    fix: "Install the agent's package again, over ssh or by the MDM. Or take the lines that begin with `bestow:` out of `system.login.console`: read it by `security authorizationdb read system.login.console` and write it back without them as root.",
    bestow: "Bestow tries to take the entry out when the agent starts and every quarter of an hour, and reads back whether it worked.",
};
