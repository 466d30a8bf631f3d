//! How actions of many devices at once are held back, and what cannot be asked of them.

use super::{Entry, Kind};

/// An entry for what is not served, or held back.
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

pub(super) static BULK_TOO_MANY_FAILED: Entry = request(
    "The bulk run stopped because too many Macs failed",
    "Of the Macs that have ended, more failed or were refused than the run's terms allow. The usual cause is one that all share, such as a password that has changed.",
    "Look at the failed Macs in the run's results. Then continue the run, which begins with a few Macs again, or cancel it and ask anew with other credentials.",
    "Bestow released nothing more and took back what no Mac had begun. Macs that had begun were left to finish.",
);

pub(super) static BULK_PLAN_CHANGED: Entry = request(
    "More Macs are ready than the plan said",
    "Between the plan and the run, Macs enrolled, reported something else or got other enrolment data, and more are ready than were agreed to.",
    "Look at the Macs of the run. Then continue it, when all of them are meant, or cancel it and look at a new plan.",
    "Bestow sent nothing. Every Mac of the run is prepared, so continuing needs no password again.",
);

pub(super) static BULK_STOPPED: Entry = request(
    "The bulk run was stopped before this Mac began",
    "The Mac had been shown the action and had not begun it when the run stopped: somebody stopped it, or too many Macs had failed.",
    "Ask for the action on this Mac again if it is still wanted. Macs that had not been shown theirs go on when the run is continued.",
    "Bestow destroyed the sealed passwords. Nothing happened on the Mac.",
);

pub(super) static BULK_INTERRUPTED: Entry = request(
    "The server ended while the bulk run was being prepared",
    "The run's Macs were being planned and their passwords sealed when the server was stopped or failed. The passwords were in its memory only, so it cannot go on.",
    "Ask for the run again.",
    "Bestow had released nothing. It cancelled what was prepared and destroyed the sealed passwords.",
);

pub(super) static BULK_SELECTS_NOBODY: Entry = request(
    "No device is selected",
    "The selector matches no device of this organisation.",
    "Widen the search, or name devices by id or serial number. `bestow devices` with the same filters shows what they match.",
    "Bestow changed nothing.",
);

pub(super) static BULK_PREPARING: Entry = request(
    "The bulk run is still being prepared",
    "Its Macs are being planned and its passwords sealed. Nothing has been released, so there is nothing to stop.",
    "Wait until it is prepared, or cancel it.",
    "Bestow changed nothing.",
);

pub(super) static BULK_NOT_STOPPED: Entry = request(
    "The bulk run is not stopped",
    "Only a run that has stopped can be continued.",
    "Look at the run: it goes on by itself, or is still being prepared.",
    "Bestow changed nothing.",
);

pub(super) static BULK_OVER: Entry = request(
    "The bulk run is over",
    "The run has finished, was cancelled or was interrupted, so it can be neither stopped nor continued nor cancelled.",
    "Look at its results. For what is left to do, ask for a new run.",
    "Bestow changed nothing.",
);
