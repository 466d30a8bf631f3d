//! What Bestow's device management says no to.

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

pub(super) static NOT_SET_UP: Entry = request(
    "This server manages no devices yet",
    "An enrolment profile names the address of the server and the topic of a push certificate, and neither can be changed on a Mac later. The server's configuration does not say them.",
    "Set `public_url` to the address with https by which Macs reach the server for good, and `mdm_topic` to the topic of your push certificate from Apple (`com.apple.mgmt.…`), then start the server again.",
    "Bestow made no profile.",
);

pub(super) static NOT_ENROLLED: Entry = request(
    "The Mac is not enrolled with this server",
    "A profile can be renewed only while the Mac is enrolled by it. This Mac never was, its profile was removed, or the enrolment was replaced.",
    "Make a profile without renewing, and install it on the Mac.",
    "Bestow made no profile.",
);

pub(super) static REQUEST_REFUSED: Entry = request(
    "The management request is not of an enrolled Mac",
    "The request carries no signature of the body by a certificate that this server made, or the enrolment of that certificate is over: the profile was removed, renewed or replaced by another one, or was not installed within 30 days.",
    "Make a new enrolment profile on the Mac's page and install it. Where a proxy stands in front of the server, see that it changes neither the body nor the header Mdm-Signature.",
    "Bestow kept nothing of the request, and gave nothing away.",
);

pub(super) static ANOTHER_MAC: Entry = request(
    "The profile is for another Mac",
    "An enrolment profile is made for one Mac. The Mac that uses it has another serial number or hardware UUID, or does not tell them.",
    "Make a profile for this Mac on its own page. If nobody took the profile there on purpose, remove it: its key is in other hands.",
    "Bestow enrolled nobody, and the other Mac's bootstrap token is untouched.",
);
