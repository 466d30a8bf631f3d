//! The service account: what is wrong with it, what stands in an order's way, and how orders about it end.

use super::{Entry, Kind};

pub(super) static MISSING: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The Mac has no service account",
    cause: "The account was never made, because no holder of a Secure Token has logged in since the agent came, because the agent is not told of logins (its login plug-in is not installed), or somebody deleted it.",
    fix: "Log in at the Mac with an account that holds a Secure Token, or create the service account with such an account's password. Without any holder, lead the Mac's chain back first.",
    bestow: "Bestow makes the account by itself at the next login of a holder.",
};

pub(super) static NO_TOKEN: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The service account holds no Secure Token",
    cause: "The account is there, but macOS says DISABLED for it, or the disk does not list it. Nobody has handed it a token, or somebody has taken it away.",
    fix: "Repair the service account with the password of an administrator who holds a token, or let such an account log in at the Mac.",
    bestow: "Bestow repairs the account by itself at the next login of a holder.",
};

pub(super) static CANNOT_GRANT: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The service account may not hand tokens on",
    cause: "macOS lets only administrators hand a token on. Somebody took the service account out of the admin group, or disabled its record.",
    fix: "Repair the service account. No password is needed for that.",
    bestow: "Bestow puts the record right by itself and proves that it worked.",
};

pub(super) static PASSWORD_LOST: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The agent no longer has the service account's password",
    cause: "The password lies in the System keychain of the Mac and nowhere else. The entry is gone: the keychain was replaced, or the entry was deleted.",
    fix: "Repair the service account with the password of an administrator who holds a token, or let such an account log in at the Mac.",
    bestow: "Bestow gives the account a new password when a holder helps, and proves it against Open Directory and the disk.",
};

pub(super) static LOCAL_PASSWORD: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "Open Directory refuses the service account's password",
    cause: "Somebody or something other than the agent has changed the account's password, or macOS asks for a new one because the old has expired.",
    fix: "Repair the service account. Where the agent's earlier password does not help, it needs the password of an administrator who holds a token.",
    bestow: "Bestow tries the password that it had before, once, and else waits for the next login of a holder.",
};

pub(super) static DISK_PASSWORD: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The disk refuses the service account's password",
    cause: "Open Directory and the disk keep the password apart. They differ when the account's password was reset without the old one.",
    fix: "Repair the service account. Where the agent's earlier password does not help, it needs the password of an administrator who holds a token.",
    bestow: "Bestow tries the password that it had before, once, and else waits for the next login of a holder. It causes at most two refusals by the disk between two starts of the Mac.",
};

pub(super) static UNPROVED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The service account's password is not proved",
    cause: "The agent has not tried the account's present password against Open Directory and the disk yet, or got no answer that can be relied on.",
    fix: "Wait for the agent's next look, or repair the service account. When the agent has no Full Disk Access, give it that.",
    bestow: "Bestow counts on nothing that it has not proved.",
};

pub(super) static POLICY_CONFLICT: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The Mac's password policy leaves no password for the service account",
    cause: "The rules of the Mac, taken together, are satisfied by no password. They come from a passcode profile of the MDM, from a local policy, or from both.",
    fix: "The device page names the rules and the ways past them: exclude this Mac from the policy, remove the policy, or make Bestow the MDM. Choose one and follow its steps.",
    bestow: "Bestow worked this out before it touched the Mac. It makes the account, or its next password, as soon as the rules have gone.",
};

pub(super) static EXPIRES_SOON: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "The service account's password is about to expire",
    cause: "The Mac's policy asks for a new password after some days, also of the service account, and the agent has not been able to change it in time.",
    fix: "Rotate the service account's password. If that is refused, the answer says why.",
    bestow: "Bestow changes the password after four fifths of the time that the policy allows; this finding means that it did not.",
};

pub(super) static AWAITS_LOGIN: Entry = Entry {
    kind: Kind::Finding,
    heading: None,
    title: "The service account is made at the next login",
    cause: "The Mac was enrolled a short while ago. The agent is told of logins from the next restart on, and makes the service account at the first login of an account that holds a Secure Token.",
    fix: "Restart the Mac and log in, or create the service account now with a holder's password.",
    bestow: "Bestow raises no alarm before that restart.",
};

pub(super) static EXISTS: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The service account exists already",
    cause: "There is one service account on a Mac, and this Mac has it.",
    fix: "If something is wrong with it, repair it.",
    bestow: "Bestow changed nothing.",
};

pub(super) static NOT_WANTED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "No service account is wanted on this Mac",
    cause: "The organisation wants none on this Mac, has not said yet whether it does, or the Mac knows no Secure Tokens.",
    fix: "Nothing, where that is as it should be. Otherwise let the organisation want one, under Policies or at the foot of the Mac's page; the Mac learns of it when it next looks in.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static NEEDS_HOLDER: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The repair needs the password of another holder",
    cause: "What is wrong with the service account cannot be mended by the agent alone: a token, or a new password that the disk takes, comes only from an account that holds a token.",
    fix: "Repair the service account with the password of an administrator who holds a token, or let such an account log in at the Mac.",
    bestow: "Bestow changed nothing. The device page tells every way of repair and what each costs.",
};

pub(super) static CREATED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The service account is there and valid",
    cause: "It was made and handed a token, and the Mac was read back: macOS says ENABLED, the disk lists it, and its password opens Open Directory and the disk.",
    fix: "Nothing.",
    bestow: "Bestow keeps its password in the System keychain of the Mac and nowhere else.",
};

pub(super) static ROTATED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The service account has a new password",
    cause: "The new password was made on the Mac, and Open Directory and the disk both took it.",
    fix: "Nothing.",
    bestow: "Bestow kept the old password until the new one was proved.",
};

pub(super) static REPAIRED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The service account is valid again",
    cause: "The repair was made, and the Mac was read back: the account holds a token, and its password opens Open Directory and the disk.",
    fix: "Nothing.",
    bestow: "The action's evidence tells what was wrong and what mended it.",
};

pub(super) static VALID: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The service account was valid already",
    cause: "It holds a token, and its password opens Open Directory and the disk.",
    fix: "Nothing.",
    bestow: "Bestow changed nothing.",
};

pub(super) static REMOVED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The service account was removed",
    cause: "The account was deleted by Apple's tool, and the Mac read back has it no more, neither among the accounts nor on the disk.",
    fix: "Nothing. Where the organisation wants a service account on this Mac, it comes back at the next login of a holder: exclude the Mac under Policies.",
    bestow: "Bestow destroyed the account's passwords with it.",
};

pub(super) static NOT_CREATED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The service account was not made",
    cause: "The tools ran, but the Mac read back has no service account that works. The evidence names the step that did not come about.",
    fix: "Mend what the evidence names and create it again.",
    bestow: "Bestow took back what it had begun, or finishes it when the agent starts again.",
};

pub(super) static NOT_ROTATED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The service account kept its old password",
    cause: "The change was tried and could not be proved against Open Directory and the disk.",
    fix: "Look at the evidence. The service account works with the password that it has; if it does not, its status says so.",
    bestow: "Bestow keeps every password that the account may have until one is proved.",
};

pub(super) static NOT_REPAIRED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The service account could not be repaired this way",
    cause: "The repair was tried, and the Mac read back shows that something is wrong still.",
    fix: "The device page tells the next way of repair and what it costs.",
    bestow: "Bestow notes the way as tried and does not go it again for the same fault.",
};

pub(super) static NOT_REMOVED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The service account was not removed",
    cause: "Apple's tool ran, but the Mac read back still has the account. macOS keeps the last account that holds a Secure Token.",
    fix: "Look at the evidence. Give another account a token first.",
    bestow: "Bestow never deletes the record behind macOS's back, which would leave a dead entry on the disk.",
};

pub(super) static ACCOUNT_ADOPTED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The account was taken over",
    cause: "The account's password was proved, and it holds a Secure Token: it had one, or the service account handed it one.",
    fix: "Nothing.",
    bestow: "Bestow recorded the hand-over, where there was one.",
};

pub(super) static ATTEMPT_BUDGET_SPENT: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "One more wrong password could lock the account out",
    cause: "The Mac's policy locks an account after so many wrong passwords. A machine stays two below that, and the disk is never made to refuse more than twice between two starts of the Mac.",
    fix: "Let somebody log in with the account, which sets the count back, or restart the Mac where the disk is what refused. Then ask again.",
    bestow: "Bestow tried nothing.",
};

pub(super) static TOO_MANY_GUESSES: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "Too many wrong passwords",
    cause: "Within a quarter of an hour five wrong passwords were typed into the Bestow Service Account app, by the same person or for the same account.",
    fix: "Wait until the time that is told, and try again with the right password, or choose another account.",
    bestow: "Bestow tried no password and changed nothing. It counts wrong passwords so that nobody can find one out by guessing.",
};

pub(super) static NOT_AT_THE_SCREEN: Entry = Entry {
    kind: Kind::Request,
    heading: None,
    title: "Only the person at the screen can ask for this",
    cause: "The agent listens to the person who is logged in at the Mac's own screen. Somebody else asked: another user in the background, a person over the network, or a program that runs as another user.",
    fix: "Log in at the Mac's screen and open the Bestow Service Account app there.",
    bestow: "Bestow tried no password and changed nothing.",
};

pub(super) static WORKAROUND_CLOSED: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "This way past the password policy is closed on this Mac",
    cause: "Something that the way needs is known not to be so: no MDM sends the rules, macOS itself set them, or Bestow is not set up as an MDM.",
    fix: "Read on the Mac's page what stands against each way, and choose one that is open. A Mac that can do without a service account can be excluded from having one.",
    bestow: "Bestow recorded no choice and asked nothing of the Mac.",
};

pub(super) static NO_POLICY_CONFLICT: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The password policy of this Mac stands in nobody's way",
    cause: "By what the Mac told last, its policy leaves a password for the service account, or the Mac has not told of its policy.",
    fix: "Nothing is to be chosen. Where the service account is missing or invalid, the Mac's page tells why and what repairs it.",
    bestow: "Bestow recorded no choice and asked nothing of the Mac.",
};

pub(super) static ACCOUNT_LOCKED_OUT: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "macOS has locked the account after wrong passwords",
    cause: "The Mac's password policy locks an account after so many wrong passwords in a row, and the account has had as many. Until it is opened, it refuses the right password as well.",
    fix: "Wait until the time that is told, if the policy opens the account by itself, and try once. Otherwise let the MDM open it with its command UnlockUserAccount, where the Mac has one.",
    bestow: "Bestow tries nothing on a locked account: the answer would be no, and each no may lock it for longer.",
};
