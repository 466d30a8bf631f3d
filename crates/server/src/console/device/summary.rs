//! Device Summary: the machine, its disk, its management and its agent.

use maud::{Markup, html};
use trust::fact::Fact as Observed;
use trust::mdm::{ONE_MDM_ONLY, Registered};
use trust::observation::{FileVault, MdmEnrolment, Observation};

use super::page::Shown;
use crate::console::components::{Fact, facts, moment, optional_moment, words};

/// Everything that is known of the Mac itself.
pub(super) fn facts_of(shown: &Shown) -> Markup {
    let device = &shown.summary;
    let seen = shown.observation.as_ref();
    facts(&[
        Fact::optional("macOS", device.os_version.as_ref()),
        Fact::optional("Build", device.os_build.as_ref()),
        Fact::optional(
            "Boot volume",
            device.volume_format.as_deref().map(words::volume_format),
        ),
        Fact::new(
            "FileVault",
            told(seen, |seen| &seen.filevault, |state| filevault(*state)),
        ),
        Fact::optional("Chip", device.chip.as_deref().map(words::chip)),
        Fact::optional("Model", device.model.as_ref()),
        Fact::mono("Serial number", &device.serial_number),
        Fact::mono("Hardware UUID", &device.hardware_uuid),
        Fact::new("MDM", registered(seen)),
        Fact::new("MDM enrolment", told(seen, |seen| &seen.mdm, mdm)),
        Fact::new(
            "Full Disk Access",
            told(
                seen,
                |seen| &seen.full_disk_access,
                |has| {
                    if *has {
                        "the agent has it"
                    } else {
                        "the agent does not have it"
                    }
                    .to_owned()
                },
            ),
        ),
        Fact::new(
            "At the screen",
            told(
                seen,
                |seen| &seen.console_user,
                |user| user.clone().unwrap_or_else(|| "nobody".to_owned()),
            ),
        ),
        Fact::new(
            "Started",
            seen.map_or_else(
                || html! { "–" },
                |seen| optional_moment(seen.booted_at.value().copied()),
            ),
        ),
        Fact::new("Agent", &device.agent_version),
        Fact::new("Enrolled", moment(device.enrolled_at)),
        Fact::new("Last seen", optional_moment(device.last_seen_at)),
        Fact::new("Observed", optional_moment(device.observed_at)),
        Fact::mono("Key fingerprint", &device.key_fingerprint),
    ])
}

/// Which MDM it is, how that is known, and that there is no second one.
fn registered(seen: Option<&Observation>) -> Markup {
    let Some(fact) = seen.map(|seen| &seen.mdm) else {
        return html! { "–" };
    };
    let mdm = Registered::of(fact);
    html! {
        (mdm.words()) " "
        span.reason {
            (mdm.how()) ", by " code { (fact.by()) } ", seen " (moment(fact.at())) ". "
            @if let Registered::With { .. } = mdm { (ONE_MDM_ONLY) }
        }
    }
}

/// A fact in words; when it is not known, why not.
fn told<T>(
    seen: Option<&Observation>,
    fact: impl Fn(&Observation) -> &Observed<T>,
    words: impl Fn(&T) -> String,
) -> Markup {
    html! {
        @match seen.map(fact) {
            Some(Observed::Known { value, .. }) => { (words(value)) }
            Some(Observed::Unknown { why, .. }) => { "unknown " span.reason { (why) } }
            None => { "–" }
        }
    }
}

fn filevault(state: FileVault) -> String {
    match state {
        FileVault::Encrypting {
            percent: Some(percent),
        }
        | FileVault::Decrypting {
            percent: Some(percent),
        } => format!("{}, {percent} %", state.label()),
        _ => state.label().to_owned(),
    }
}

fn mdm(mdm: &MdmEnrolment) -> String {
    if !mdm.enrolled {
        return "not enrolled".to_owned();
    }
    let how = match (mdm.automated, mdm.user_approved) {
        (true, _) => "enrolled by Automated Device Enrolment",
        (false, true) => "enrolled, approved by a person",
        (false, false) => "enrolled, not approved",
    };
    mdm.server_url
        .as_ref()
        .map_or_else(|| how.to_owned(), |server| format!("{how}; {server}"))
}
