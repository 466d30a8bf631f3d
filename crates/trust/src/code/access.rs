//! Why somebody is not let in, or not let do something.

use super::Entry;
use super::api::{NOTHING_CHANGED, request};

pub(super) static ROLE_MISSING: Entry = request(
    "Your role does not allow this",
    "Whoever asks is signed in, but has a role, or an API token with scopes, that does not allow it. The answer names the roles that do.",
    "Ask somebody with one of these roles to do it, or an owner to give you one: `bestow people role NAME ROLE`. A program needs an API token with the role: `bestow api-tokens create`.",
    NOTHING_CHANGED,
);

pub(super) static SIGN_IN_REFUSED: Entry = request(
    "The name or the password is not right",
    "Nobody of this name can sign in with this password. Which of the two is wrong is not told.",
    "Type both again; capitals count in passwords, not in names. Who has forgotten the password asks an owner for a new invitation: `bestow people invite NAME`. The only owner gets a link from the server itself: `bestow serve --sign-in-link`.",
    "Bestow signed nobody in, and counts wrong passwords so that nobody can find one out by guessing.",
);

pub(super) static SIGN_IN_TOO_OFTEN: Entry = request(
    "Too many wrong passwords",
    "Within a quarter of an hour too many wrong passwords were typed for this name, or from this address.",
    "Wait until the time that is told. Whoever runs the server can let you in at once: `bestow serve --sign-in-link`.",
    "Bestow looked at no password. Nobody is locked out for good by wrong ones.",
);

pub(super) static SECOND_FACTOR_REFUSED: Entry = request(
    "The code is not right",
    "It is not the one that the app shows now, it was used already, or it is none of the recovery codes that are left. Each code is good once.",
    "Wait for the next code of the app, and look whether the clock of its phone is right; or type a recovery code. Who has lost both asks an owner: `bestow people reset-second-factor NAME`. The only owner gets in by `bestow serve --sign-in-link`.",
    "Bestow signed nobody in, and counts wrong codes with wrong passwords.",
);

pub(super) static SECOND_FACTOR_NEEDED: Entry = request(
    "You need a second factor first",
    "The organisation asks that whoever may see secrets, or say who may, signs in with a second factor. You have none yet.",
    "Set one up under your account: an app that makes codes, on your phone or in your password manager. Everything else opens as soon as its first code was right. Who has lost the app and the recovery codes asks an owner: `bestow people reset-second-factor NAME`. Only owners turn the policy off: `bestow policy second-factor-for-reveals off`.",
    NOTHING_CHANGED,
);

pub(super) static SIGN_IN_STEP_OVER: Entry = request(
    "Signing in took too long",
    "The page that asks for the second factor can be used for five minutes, and once; or the password has been changed since.",
    "Sign in again with name and password.",
    NOTHING_CHANGED,
);

pub(super) static INVITATION_INVALID: Entry = request(
    "The invitation cannot be used",
    "It was used already, a newer one was made, or its time has run out.",
    "Ask an owner for a new one: `bestow people invite NAME`.",
    NOTHING_CHANGED,
);

pub(super) static LAST_OWNER: Entry = request(
    "Nobody would be left who is an owner",
    "This person is the only owner. Without one nobody could say any more who may sign in.",
    "Make somebody else an owner first: `bestow people role NAME owner`.",
    NOTHING_CHANGED,
);

pub(super) static NAME_TAKEN: Entry = request(
    "The name is taken",
    "Another person signs in by this name, or another API token has it.",
    "Choose another name. `bestow people list` and `bestow api-tokens list` show those that are taken.",
    NOTHING_CHANGED,
);

pub(super) static AUDIT_LOG_CHANGED: Entry = request(
    "The audit log is not the one that was signed",
    "The database holds another past than the server has signed: entries were changed, taken out or put in, or an older copy of the database was put back without `bestow restore`.",
    "Keep the database as it is, and hold the last export against it: `bestow audit verify`. Then put a copy back that is known to be good, with `bestow restore`.",
    "Bestow seals and signs no further entries. They are still written, and everything else goes on.",
);
