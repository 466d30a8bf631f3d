//! Why the server does not serve a request.

use super::{Entry, Kind};

/// An entry for a request that cannot be served.
pub(super) const fn request(
    title: &'static str,
    cause: &'static str,
    fix: &'static str,
    bestow: &'static str,
) -> Entry {
    Entry {
        kind: Kind::Request,
        heading: None,
        title,
        cause,
        fix,
        bestow,
    }
}

pub(super) const NOTHING_CHANGED: &str = "Bestow changed nothing.";

pub(super) static INVALID_REQUEST: Entry = request(
    "The request is not well-formed",
    "A field is missing, has the wrong type or breaks a rule. The answer names the field and the rule.",
    "Mend the named field and send the request again. `/api/v1/openapi.json` describes every field.",
    NOTHING_CHANGED,
);

pub(super) static NOT_SIGNED_IN: Entry = request(
    "Nobody is signed in",
    "The request carries no API token or session, or one that has ended.",
    "Sign in again, or send a valid token as `Authorization: Bearer …`.",
    NOTHING_CHANGED,
);

pub(super) static SESSION_CHANGED: Entry = request(
    "This page belongs to another session",
    "Its buttons are good only in the session that opened it. You have signed in again since, or another site sent this in your name.",
    "Open the page again and repeat what you did. Passwords have to be typed again.",
    "Bestow sent and changed nothing.",
);

pub(super) static NOT_FOUND: Entry = request(
    "There is no such thing",
    "The address or the id in it names nothing in this organisation.",
    "Check the id or the name, and list what there is: `bestow devices`, `bestow actions`, `bestow people list`, `bestow sessions list`, `bestow api-tokens list`. What has ended or was removed is not there any more.",
    NOTHING_CHANGED,
);

pub(super) static NO_WAY_BACK_NEEDED: Entry = request(
    "This Mac needs no way back",
    "Somebody on this Mac can hand a token on, or its macOS or disk knows no Secure Tokens. Nobody has to be sent to it.",
    "`bestow recovery` and the Mac's page say how it stands. Where somebody cannot log in there, the findings of that account say what helps.",
    NOTHING_CHANGED,
);

pub(super) static IDEMPOTENCY_KEY_MISSING: Entry = request(
    "The request needs an Idempotency-Key",
    "Requests that change something carry a key of the caller's, so that a repeated request is not carried out twice.",
    "Send a header `Idempotency-Key` with a fresh random value of 8 to 128 printable characters, and the same value when you repeat the request.",
    NOTHING_CHANGED,
);

pub(super) static IDEMPOTENCY_KEY_REUSED: Entry = request(
    "The Idempotency-Key belongs to another request",
    "This key was used before with other contents.",
    "Use a fresh key for a new request. Repeat a request only unchanged.",
    NOTHING_CHANGED,
);

pub(super) static PLAN_CHANGED: Entry = request(
    "The plan is no longer the one you saw",
    "The Mac has changed between the plan and the order, so what you agreed to may not be what would happen.",
    "Read the new plan in the answer and send the action again with its `plan_id`.",
    "Bestow sent nothing to the Mac.",
);

pub(super) static ACTION_ALREADY_STARTED: Entry = request(
    "The action can no longer be cancelled",
    "Its Mac has begun or has finished.",
    "Wait for its end and look at the outcome.",
    NOTHING_CHANGED,
);

pub(super) static NOT_YET: Entry = request(
    "The action's time has not come",
    "An agent asked to begin an action that is held by its bulk run, or that has a later time to begin.",
    "Nothing: the agent is shown the action when its time has come.",
    NOTHING_CHANGED,
);

pub(super) static UNRESOLVED_WILDCARD: Entry = request(
    "A wildcard has no value for this Mac",
    "A field holds a wildcard such as `%username%`, and the Mac's enrolment data has no value for it, or none that can stand in this field. A password wildcard needs a password that was collected for this Mac.",
    "Add what is missing to the Mac's enrolment data: by CSV import, on the enrolment page, or with `bestow enrolment-data set`. Where a name was meant as it stands, double its percent signs: `%%word%%`. A password that somebody types has a field of its own, in which percent signs mean nothing.",
    "Bestow sent nothing to this Mac.",
);

pub(super) static IMPORT_REFUSED: Entry = request(
    "Lines of the table break rules",
    "An import is all or nothing, and some of its lines cannot be taken. The answer names each by its line, column and rule.",
    "Mend the lines that are named and import the table again, or ask for the other lines alone (`--skip-bad-lines` on the command line, `skip_bad_lines` in the API, the tick in the console).",
    "Bestow imported nothing.",
);

pub(super) static MAC_NOT_ENROLLED: Entry = request(
    "No Mac of this serial number has enrolled",
    "Enrolment data is bound to a serial number. No Mac with this one has enrolled, nothing is kept for it yet, and the request does not say that the Mac is still to come. Often it is the Mac's name, or a number that was misspelt.",
    "Look the Mac up: `bestow devices` lists names and serial numbers. If it is the serial number of a Mac that has not enrolled yet, say so: `--not-enrolled` on the command line, `\"not_enrolled\": true` in the API.",
    NOTHING_CHANGED,
);

pub(super) static DEVICE_PENDING: Entry = request(
    "The device waits for approval",
    "A Mac with a serial number or hardware UUID that is known already has enrolled anew without the old key. That can be a reinstalled Mac, or somebody who plays one.",
    "Compare the key's fingerprint with what `bestow-agent status` prints on the Mac, then approve the device.",
    "Bestow attaches no action and no secret to it until then.",
);

pub(super) static DEVICE_FORGOTTEN: Entry = Entry {
    kind: Kind::Failure,
    heading: None,
    title: "The Mac was forgotten",
    cause: "Somebody decided that Bestow is not to look after this Mac any more while something was still asked of it.",
    fix: "Nothing, if that was meant. Otherwise enrol the Mac again, and ask again: what the vault keeps of its serial number is still there.",
    bestow: "Bestow asks nothing of the Mac any more. What its agent had begun may have come about on the Mac.",
};

pub(super) static DEVICE_IN_BULK_RUN: Entry = request(
    "The Mac is part of a bulk run that is not finished",
    "A bulk run counts its Macs. One that vanished from it half-way would leave a result that says nothing of it.",
    "Cancel the run, or wait until it is finished; then forget the Mac.",
    NOTHING_CHANGED,
);

pub(super) static DEVICE_NOT_CONFIRMED: Entry = request(
    "The name that was typed is not the Mac's",
    "Forgetting a Mac cannot be taken back, so whoever asks for it types the Mac's name as it is shown. What was typed is another name, or the Mac has another one by now.",
    "Look at the Mac's page whether it is the one that you mean, and type its name letter by letter, capitals included.",
    NOTHING_CHANGED,
);

pub(super) static ALREADY_REVEALED: Entry = request(
    "The secret was shown before",
    "This request was served once, and its answer held a secret. Bestow keeps no copy that it could show again.",
    "If the first answer was lost, ask again with a fresh Idempotency-Key.",
    NOTHING_CHANGED,
);

pub(super) static ENROLMENT_SECRET_INVALID: Entry = request(
    "The enrolment secret is not valid",
    "It is unknown, has been used, or its time has run out.",
    "Make a new one with `bestow enrolment-secret` and enrol with it.",
    "Bestow enrolled nothing.",
);

pub(super) static DEVICE_TOKEN_INVALID: Entry = request(
    "The agent's token is not valid",
    "It is not signed by the device's key, or the Mac's clock differs too much from the server's. The answer tells the server's time.",
    "Nothing as a rule: the agent corrects its clock offset and tries again. If it goes on, enrol the Mac anew.",
    NOTHING_CHANGED,
);

pub(super) static INTERNAL_ERROR: Entry = request(
    "The server failed",
    "Something went wrong inside the server. Its log has the details under the request's id.",
    "Repeat the request with the same Idempotency-Key; it will not be carried out twice. If it goes on, look at the server's log.",
    "Bestow undid what was half done.",
);
