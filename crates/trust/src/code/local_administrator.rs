//! The local administrator: how making it and changing its password end, and what the vault says no to.

use super::{Entry, Kind};

pub(super) static MADE: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The local administrator is made",
    cause: "The organisation wants one on this Mac. The account is an administrator, holds a Secure Token, and Open Directory and the disk took its password.",
    fix: "Nothing. Its password can be shown to who may see it.",
    bestow: "Bestow drew the password on the Mac, sealed it to the vault before it was set, and keeps it in the System keychain for the next change.",
};

pub(super) static MADE_WITHOUT_TOKEN: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The local administrator is made, without a Secure Token",
    cause: "The account is there and takes its password. Nobody could hand it a token: the service account is missing, invalid or not wanted on this Mac.",
    fix: "Bring the service account into order; the agent then hands the token on by itself. Until then the account opens a session, but not the disk.",
    bestow: "Bestow keeps the password in the vault, and looks daily whether a token can be handed on.",
};

pub(super) static NOT_MADE: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The local administrator could not be made",
    cause: "Apple's tool ended without an account that takes the password that was drawn for it.",
    fix: "Look at the evidence for what the Mac said. A policy of the Mac's that no password of the wanted length and alphabet satisfies is told there; choose another length or alphabet then.",
    bestow: "Bestow tries again a day later, or at once when other settings are wanted. What it began it took back, or finishes then.",
};

pub(super) static NAME_TAKEN: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The local administrator's name is another account's",
    cause: "The Mac has an account of that name which Bestow did not make. It may be a person's, so that it is left alone.",
    fix: "Delete or rename that account on the Mac, or choose another name in the policy. An administrator account of that name whose password is kept by hand can be deleted with the action Delete Account.",
    bestow: "Bestow changed nothing, and makes the account once the name is free.",
};

pub(super) static ROTATED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The local administrator has another password",
    cause: "The former one was seen, used, refused or old enough. Open Directory took the new one, and so did the disk where the account holds a Secure Token.",
    fix: "Nothing. Whoever was shown the former password cannot use it any more.",
    bestow: "Bestow sealed the new password to the vault before it was set, and keeps the former ones in the history.",
};

pub(super) static NOT_ROTATED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The local administrator kept its password",
    cause: "macOS did not take the new password, or none could be drawn that the Mac's policy takes.",
    fix: "Look at the evidence for what the Mac said. Where somebody changed the account's password by hand, delete the account: the agent makes it anew.",
    bestow: "Bestow says in the vault which password is in force, and tries again a day later, or at once when other settings are wanted.",
};

pub(super) static UNPROVED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "Nobody knows which password the local administrator has",
    cause: "The change was made or cut off, and the Mac gave no answer that can be relied on when the passwords were tried.",
    fix: "Nothing as a rule: the agent keeps both passwords and tries them again. Both are in the vault; the history shows them.",
    bestow: "Bestow dropped neither password.",
};

pub(super) static NO_PASSWORD: Entry = Entry {
    kind: Kind::Request,
    heading: None,
    title: "No password of a local administrator is kept for this Mac",
    cause: "The organisation wants no local administrator, or the agent of this Mac has made none yet, so there is nothing to show.",
    fix: "Where the policy \"local administrator\" is off, turn it on. Where it is on, `bestow local-administrator show` and the page of the Mac say what failed last, or what the agent waits for.",
    bestow: "Bestow showed and changed nothing.",
};
