//! The recovery key: what stands in the way of another one, and how making one ends.

use super::{Entry, Kind};

pub(super) static FILEVAULT_OFF: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "FileVault is off",
    cause: "The disk of this Mac is not encrypted by FileVault, or is being decrypted, so that there is no recovery key to replace.",
    fix: "Turn FileVault on first: in System Settings on the Mac, or by a profile of the MDM.",
    bestow: "Bestow changed nothing.",
};

pub(super) static ROTATED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The Mac has a new recovery key",
    cause: "macOS made the key, and said of it that it opens the disk. The former one opens nothing any more.",
    fix: "Nothing. Whoever wrote the former key down can throw it away.",
    bestow: "Bestow sealed the new key to the vault before anything else was done with it, and keeps the former ones.",
};

pub(super) static NOT_ROTATED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The Mac kept its recovery key",
    cause: "macOS refused to make another one, and said why before it had changed anything.",
    fix: "Look at the evidence for what it said. If it refused the account, use another account that FileVault lists; if it was busy, ask again later.",
    bestow: "Bestow changed nothing. The key in the vault is the one that it was.",
};

pub(super) static UNPROVED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The new recovery key was not tried yet",
    cause: "macOS made a key, and gave no answer when it was asked whether that key opens the disk. Or it did not tell the key, but left it encrypted in the file of an escrow profile, which only the vault can open.",
    fix: "Leave the Mac on: its agent tries the kept key by itself. Where the vault goes on showing it without a date at which it was proved, or says that it is not known, rotate the recovery key again.",
    bestow: "Bestow keeps the new key in the vault, says that it is not proved, and keeps the former ones.",
};

pub(super) static UNKNOWN: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The Mac may have a recovery key that nobody knows",
    cause: "macOS chooses each key and makes the former one useless at once. The tool ended without telling the key, told one that does not open the disk, or was cut off.",
    fix: "Rotate the recovery key again, with the service account or with the password of an account that FileVault lists. Do not log the last such account out before that.",
    bestow: "Bestow says in the vault that the key is not known, and where the Mac has a valid service account it makes another key by itself.",
};

pub(super) static NEVER_KEPT: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "The vault never had this Mac's recovery key",
    cause: "FileVault was on before Bestow came to the Mac, and its recovery key went to another tool, to Apple or on a piece of paper. macOS tells a key only when it makes one.",
    fix: "Rotate the recovery key: the Mac makes another one, which the vault keeps. Where another tool takes care of the key, nothing is to be done.",
    bestow: "Bestow leaves the key alone. It makes another one only when somebody asks, or where the organisation wants one on a schedule.",
};

pub(super) static NOT_PROVED: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "Nobody knows whether the kept recovery key still opens the disk",
    cause: "The key in the vault was never tried on the Mac, or it is more than 90 days ago that it was. The agent tries it every three weeks; it could not, because the Mac was away, macOS gave no answer, or the key is sealed to the organisation's offline key, so that the server has nothing to send.",
    fix: "Switch the Mac on where it reaches the server: its agent tries the key by itself. Where that changes nothing, rotate the recovery key; a new one is proved at once. Where keys are sealed to an offline key, set a schedule: `bestow recovery-key schedule 30`.",
    bestow: "Bestow goes on keeping the key, and shows beside it when it was last proved.",
};

pub(super) static OVERDUE: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "The Mac should have another recovery key by now",
    cause: "Somebody was shown the key or used it, or it is older than the organisation wants, and the Mac has made no other for three days. The agent makes one by itself where the service account is valid and the server is reached.",
    fix: "Rotate the recovery key with the password of an account that FileVault lists, or bring the service account into order; the agent then makes another key by itself.",
    bestow: "Bestow keeps asking the agent for another key. The kept one still opens the disk, for everybody who knows it.",
};

pub(super) static VAULT_NOT_REACHED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The agent does not know the vault's key yet",
    cause: "A new recovery key is sealed to the vault before it leaves the Mac. The agent has not been told to which key, because it has not reached the server since it was installed or updated.",
    fix: "Ask again when the Mac has been seen. If it goes on, look whether something between the Mac and the server refuses the address /agent/v1/escrow.",
    bestow: "Bestow made no key: it could not have been kept.",
};
