//! What is wanted of FileVault, in a few words, with the way to the form and the profile.

use maud::{Markup, html};

use super::PATH;
use crate::console::components::{Tone, badge, moment};
use crate::policies::filevault::show::FileVaultPolicyView;

/// The part of the page.
pub(in crate::console::policies) fn panel(policy: &FileVaultPolicyView) -> Markup {
    let (tone, word) = match policy.settings.turn_on {
        true => (Tone::Good, "the profile turns it on"),
        false => (Tone::Idle, "the profile escrows keys"),
    };
    html! {
        section.panel aria-labelledby="filevault" {
            h2 id="filevault" { "FileVault " (badge(tone, word)) }
            p {
                "A configuration profile has macOS encrypt each new recovery key to a certificate of this server, and says how "
                "FileVault is used. Install it by your MDM: Macs take one such profile, so remove any other first."
            }
            @if let Some(at) = policy.changed_at { p.hint { "Since " (moment(at)) "." } }
            p {
                a href=(PATH) { "What the profile says" }
                " · "
                a href={ (PATH) "/profile" } { "Download the profile" }
            }
        }
    }
}
