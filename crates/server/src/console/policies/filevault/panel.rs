//! What is wanted of FileVault, in a few words, with the way to the form and the profile.

use maud::{Markup, html};

use super::PATH;
use crate::console::components::Tone;
use crate::console::policies::panel::Panel;
use crate::policies::filevault::show::FileVaultPolicyView;

/// The part of the page.
pub(in crate::console::policies) fn panel(policy: &FileVaultPolicyView) -> Markup {
    let badge = match policy.settings.turn_on {
        true => (Tone::Good, "the profile turns it on"),
        false => (Tone::Idle, "the profile escrows keys"),
    };
    let panel = Panel {
        id: "filevault",
        heading: "FileVault",
        badge: Some(badge),
        meaning: html! {
            p {
                "A configuration profile has macOS encrypt each new recovery key to a certificate of this server, and says how "
                "FileVault is used. Install it by your MDM: Macs take one such profile, so remove any other first."
            }
        },
        changed_at: policy.changed_at,
        rest: html! {
            p {
                a href=(PATH) { "What the profile says" }
                " · "
                a href={ (PATH) "/profile" } { "Download the profile" }
            }
        },
    };
    panel.render()
}
