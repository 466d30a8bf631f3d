//! `bestow-agent status`.

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use crate::identity::{Enrolment, Keys};
use crate::paths::Paths;

/// Tells how this Mac is enrolled.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(super) fn execute(&self, paths: &Paths) -> anyhow::Result<()> {
        let enrolment = Enrolment::load(paths).context("read the enrolment")?;
        let fingerprint = Keys::load(paths)?.map(|keys| keys.sealing.public_key().fingerprint());
        if self.json {
            let status = json!({
                "enrolled": enrolment.is_some(),
                "server": enrolment.as_ref().map(|enrolment| &enrolment.server),
                "device_id": enrolment.as_ref().map(|enrolment| enrolment.device_id),
                "key_fingerprint": fingerprint,
            });
            println!("{status}");
            return Ok(());
        }
        match enrolment {
            Some(enrolment) => {
                println!("Server       {}", enrolment.server);
                println!("Device       {}", enrolment.device_id);
            }
            None => println!("This Mac is not enrolled. `bestow-agent enroll` does that."),
        }
        if let Some(fingerprint) = fingerprint {
            println!("Fingerprint  {fingerprint}");
            println!(
                "Compare it with the one that the console shows before you trust the console with a password."
            );
        }
        Ok(())
    }
}
