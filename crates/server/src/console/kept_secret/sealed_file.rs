//! What the server cannot read, as a file for `bestow open-escrow`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use wire::offline::Export;

use crate::console::components::section;
use crate::problem::Problem;

/// A version that was handed out sealed. It stands within the page: the server keeps no second copy to be fetched.
pub(in crate::console) struct SealedFile {
    name: String,
    version: u32,
    json: Vec<u8>,
}

impl SealedFile {
    /// The file of what was handed out.
    pub(super) fn of(export: &Export) -> Result<Self, Problem> {
        Ok(Self {
            name: format!(
                "sealed-{}-{}.json",
                export.belonging.serial_number, export.version
            ),
            version: export.version,
            json: serde_json::to_vec_pretty(export).map_err(|error| Problem::internal(&error))?,
        })
    }

    /// The section that has it.
    pub(super) fn section(&self) -> Markup {
        let data = STANDARD.encode(&self.json);
        section(
            "secret",
            "Sealed to the offline key",
            html! {
                p {
                    "The server cannot read version " (self.version) ". This file has it as it is kept: carry it to a machine \
                     without a network, and open it there with as many shares of the offline key as it needs."
                }
                p.mono { "bestow open-escrow " (self.name) " --share SHARE --share SHARE" }
                p.buttons {
                    a.button-like download=(self.name) href={ "data:application/json;base64," (data) } { "Save " (self.name) }
                }
                p.hint { "It counts as shown. When this page is left, ask again, with a reason, to have it again." }
            },
        )
    }
}
