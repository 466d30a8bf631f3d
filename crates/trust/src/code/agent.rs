//! The ends that come about on the Mac or on the way there.

use super::{Entry, Kind};

pub(super) static DEMOTION_UNPROVED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "A standard account may still be an administrator",
    cause: "The account was made an administrator for the moment of a grant, as the order allowed, and it could not be proved that it is a standard account again.",
    fix: "Look at the account in System Settings, Users & Groups, and take the administrator's rights away if it still has them.",
    bestow: "Bestow takes the rights away first thing when its agent starts again, and keeps this finding until the Mac shows a standard account.",
};

pub(super) static GRANT_NOT_CONFIRMED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The token was not handed on",
    cause: "The tool ran, but the Mac read back says otherwise: the status is not ENABLED, the disk does not list the account, or its password does not open the disk. Apple's tool reports success in such cases too, so its word does not count.",
    fix: "Look at the evidence of the action. Try another administrator who holds a token; if it happens again, restart the Mac and retry.",
    bestow: "Bestow believes what the Mac shows and not what the tool says. The chain is unchanged.",
};

pub(super) static STATE_UNREADABLE: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The Mac could not be read back",
    cause: "After the tool ran, one of the three checks (status, list of the disk, password against the disk) gave no answer that can be relied on.",
    fix: "Look at the evidence. Give the agent Full Disk Access if it names that. Then ask for the grant again: if the token is there, the answer is `already_granted`.",
    bestow: "Bestow claims no success that it cannot prove.",
};

pub(super) static FULL_DISK_ACCESS_MISSING: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The agent has no Full Disk Access",
    cause: "macOS keeps the disk's password check from programs without Full Disk Access. Without that check nothing can be proved about a token.",
    fix: "Give the agent Full Disk Access: by a privacy preferences profile (SystemPolicyAllFiles) from the MDM, or in System Settings, Privacy & Security, Full Disk Access.",
    bestow: "Bestow refused before it changed anything, because it could not have proved the result.",
};

pub(super) static TOOL_FAILED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "One of Apple's tools could not be used",
    cause: "A tool that the action needs is missing, did not answer in time, or answered with something unknown.",
    fix: "Look at the evidence for the tool and its answer. Restart the Mac and retry; if it happens again, please report the answer, it holds no secret.",
    bestow: "Bestow ended the tool with everything it had started and read the Mac back.",
};

pub(super) static CREDENTIAL_STALE: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The sealed password does not open",
    cause: "The password was sealed to another key, or for another action, account or device. That happens when the agent was reinstalled after the action was sent, or when somebody moved a sealed password.",
    fix: "Send the action again. Compare the key's fingerprint on the device page with what `bestow-agent status` prints on the Mac; if they differ, find out why before you send a password.",
    bestow: "Bestow touched nothing on the Mac.",
};

pub(super) static DEVICE_REPLACED: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "Another agent has taken the place of the one that began",
    cause: "The Mac's agent had begun, and did not tell how it ended before an administrator approved a new agent for the same Mac. Nobody is left who could tell.",
    fix: "Look at the Mac's accounts on its page: they show what is so now. Send the action again if the target holds no token.",
    bestow: "Bestow ends the action instead of leaving it open, takes no word from the old agent any more, and looks at the Mac anew.",
};

pub(super) static OUTCOME_LOST: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The agent no longer knows this action",
    cause: "The agent had begun, and then lost its journal, for example because its folder was deleted or the Mac was erased.",
    fix: "Look at the device's accounts: they show what is so now. Send the action again if the target holds no token.",
    bestow: "Bestow ends the action instead of leaving it open, and looks at the Mac anew.",
};

pub(super) static EXPIRED: Entry = Entry {
    kind: Kind::Request,
    heading: None,
    title: "The action's time ran out",
    cause: "The Mac did not come to begin the action before its time limit. It was probably off or without network.",
    fix: "Send it again when the Mac is back, with a longer time limit if need be.",
    bestow: "Bestow sent nothing to the Mac after the limit and destroyed the sealed passwords.",
};

pub(super) static CANCELLED: Entry = Entry {
    kind: Kind::Request,
    heading: None,
    title: "The action was called back",
    cause: "Somebody cancelled it before the Mac had begun.",
    fix: "Nothing, or send it again.",
    bestow: "Bestow destroyed the sealed passwords. Nothing happened on the Mac.",
};

pub(super) static AGENT_TOO_OLD: Entry = Entry {
    kind: Kind::Precondition,
    heading: None,
    title: "The agent does not know this action",
    cause: "The agent on this Mac is older than the server, and the action came later than the agent.",
    fix: "Update the agent on this Mac: install the package of the server's version over it. Then ask for the action again.",
    bestow: "Bestow's agent refuses what it does not know, without touching the Mac, and carries out everything else that it was asked.",
};

pub(super) static AGENT_UNINSTALLED: Entry = Entry {
    kind: Kind::Success,
    heading: None,
    title: "The agent was uninstalled",
    cause: "Somebody has run `bestow-agent uninstall` on this Mac: its service account, login plug-in, keys and files are gone.",
    fix: "Nothing is to be done. To manage the Mac again, install the agent and enrol the Mac.",
    bestow: "Bestow's agent takes the service account away only where others can hand tokens on, or where somebody has typed the Mac's name.",
};
