//! Which Macs are meant.

use std::path::PathBuf;

use crate::client::{Client, Reference, Selection};
use crate::commands::{filters, find_device};
use crate::exit::Failure;
use crate::named_file::unreadable;

/// Which Macs are meant. One of these is there; the searches go together.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which Macs")]
#[group(id = "which", required = true, multiple = true)]
pub struct SelectionArgs {
    /// Every Mac
    #[arg(long, conflicts_with_all = ["search", "state", "finding", "device", "serial_numbers"])]
    all: bool,
    /// Macs with this in their name, serial number, hardware UUID or model
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Macs whose chain of trust is worth this
    #[arg(long, value_name = "WORTH", value_parser = filters::chain())]
    state: Option<String>,
    /// Macs with a finding of this code, such as chain_broken
    #[arg(long, value_name = "CODE", value_parser = filters::finding(), hide_possible_values = true)]
    finding: Option<String>,
    /// This Mac, by id, name or serial number; may be given several times
    #[arg(long, value_name = "DEVICE", conflicts_with_all = ["search", "state", "finding", "serial_numbers"])]
    device: Vec<Reference>,
    /// The Macs whose serial numbers stand in this file, one a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["search", "state", "finding"])]
    serial_numbers: Option<PathBuf>,
}

impl SelectionArgs {
    /// The selection as the API takes it.
    pub async fn read(&self, client: &Client) -> Result<Selection, Failure> {
        let mut selection = Selection {
            all: self.all,
            q: self.search.clone(),
            state: self.state.clone(),
            finding: self.finding.clone(),
            ..Selection::default()
        };
        if !self.device.is_empty() {
            let mut ids = Vec::new();
            for reference in &self.device {
                ids.push(find_device(client, reference).await?.value.summary.id);
            }
            selection.device_ids = Some(ids);
        }
        if let Some(file) = &self.serial_numbers {
            let text = std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            selection.serial_numbers = Some(lines.map(str::to_owned).collect());
        }
        Ok(selection)
    }
}
