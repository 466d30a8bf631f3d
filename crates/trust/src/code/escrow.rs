//! What the vault says no to.

use super::{Entry, Kind};

const fn request(title: &'static str, cause: &'static str, fix: &'static str, bestow: &'static str) -> Entry {
    Entry {
        kind: Kind::Request,
        heading: None,
        title,
        cause,
        fix,
        bestow,
    }
}

pub(super) static ESCROW_NOT_OPENED: Entry = request(
    "The vault cannot open what the agent sent",
    "The secret was sealed to another vault's key, for another Mac or for another message, or it was changed on the way. After the vault's key file was replaced, what was sealed before does not open.",
    "Nothing as a rule: the agent asks for the vault's key. It cannot read the recovery key that it had sealed, so it says that the vault \
          does not know the Mac's, and makes another one by the service account; without one, order a rotation. If it goes on, look whether \
          the server has the key file that it had before.",
    "Bestow kept nothing.",
);

pub(super) static APPROVAL_NEEDED: Entry = request(
    "Somebody else has to approve",
    "The organisation wants two people for each secret that is shown: one asks, another one approves.",
    "Have somebody else who may reveal open the page on which it was asked and approve; then ask again, within an hour of asking first.",
    "Bestow showed nothing, and keeps the request for an hour.",
);

pub(super) static APPROVAL_BY_ONESELF: Entry = request(
    "Nobody approves what he asked himself",
    "Whoever approves is to be another person than the one who asked.",
    "Have somebody else who may reveal approve it on the page on which it was asked.",
    "Bestow approved and showed nothing.",
);

pub(super) static APPROVAL_NEEDS_PERSON: Entry = request(
    "Only people ask and approve here",
    "The organisation wants two people for each secret that is shown. An API token is none, nor is whoever came by a link of the server's operator.",
    "Sign in to the console by name and ask on the page of what is wanted. An owner can turn the policy off: `bestow policy reveals-need-approval off`.",
    "Bestow showed nothing.",
);

pub(super) static NO_RECOVERY_KEY: Entry = request(
    "No recovery key is kept for this Mac",
    "Its agent has escrowed none yet, so there is nothing to show. A key that another tool keeps is not known here.",
    "Look where this Mac's key was kept before: the MDM, or the person who turned FileVault on. The agent escrows a key as soon as it gets one.",
    "Bestow showed and changed nothing.",
);

pub(super) static NO_VAULT_LINE: Entry = request(
    "The vault has no such line",
    "A line of the vault is named by a Mac's serial number, not by the Mac's name, and by what is kept: `personal_recovery_key`, `local_administrator_password`, `bootstrap_token`, `recovery_lock` or `firmware_password`. Of this serial number and kind nothing was ever kept.",
    "List what there is: `bestow vault lines`, or *Kept without a Mac* in the console. On the command line `--kind` names what is kept; unless told it is the recovery key.",
    "Bestow showed and changed nothing.",
);

pub(super) static TOO_MANY_LEGACY_VALUES: Entry = request(
    "So many former values are kept already",
    "The vault keeps up to 20 former values of each kind of password that people enter for a Mac. Nothing is thrown away to make room.",
    "Look at the line of this Mac in the vault: what is wanted may be there. Otherwise enter the value as the one that the Mac has, when it is.",
    "Bestow kept nothing of this request.",
);

pub(super) static VAULT_KEY_MISSING: Entry = request(
    "The vault's key for this secret is missing",
    "The secret is kept encrypted, and the key that opens it is not in the server's escrow key file. The file was replaced, or the database was restored without it.",
    "Add the lines of the escrow key file of that time to the file that is there, after its own. Do not put the old file in its place: what \
          was kept since needs the new one. The database alone does not open what it keeps.",
    "Bestow showed nothing. The secret is still kept.",
);

pub(super) static SEALED_OFFLINE: Entry = request(
    "The server cannot read this recovery key",
    "It was sealed to the organisation's offline key before it was kept, and the server never has that key.",
    "Hand it out sealed, with bestow recovery-key sealed, of a Mac that is gone with bestow vault sealed, or on its page in the console, which also works where somebody else has to approve. Carry the file to a machine without a network, and open it there with bestow open-escrow and as many shares of the offline key as it needs.",
    "Bestow showed nothing. The key is still kept.",
);

pub(super) static SECRET_DESTROYED: Entry = request(
    "This version was destroyed",
    "Its Mac was forgotten, the days for which the organisation keeps such versions have passed, and no legal hold stood in the way. The history tells when, and who had decided to forget the Mac.",
    "Look whether a later version is kept. A copy of the database that is older than the destruction still has this one; nothing else has.",
    "Bestow showed nothing, and keeps no copy.",
);
