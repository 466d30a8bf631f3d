//! `bestow-agent status`.

use anyhow::Context as _;
use clap::Args;
use mac::ProcessRunner;
use serde_json::json;
use trust::observation::LoginPlugin;

use crate::identity::{Enrolment, Keys};
use crate::login::{LoginRecord, registration};
use crate::paths::Paths;

const NOT_ENROLLED: &str = "\
This Mac is not enrolled: no server knows it, and there is no fingerprint to compare.
`bestow enrolment-secret` on an administrator's computer prints a secret. With that in a file, run here:
  sudo bestow-agent enroll --server https://SERVER --certificate-authority CA.PEM --secret-file FILE";

/// Tells how this Mac is enrolled, and whether the agent is told of logins.
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
        let logins = LoginRecord::load(paths).context("read what is kept of logins")?;
        let runner = ProcessRunner::new(paths.root().to_path_buf());
        let plugin = registration::look(&runner, paths.root());
        if self.json {
            let status = json!({
                "enrolled": enrolment.is_some(),
                "server": enrolment.as_ref().map(|enrolment| &enrolment.server),
                "device_id": enrolment.as_ref().map(|enrolment| enrolment.device_id),
                "key_fingerprint": fingerprint,
                "login_plugin": plugin.ok(),
                "logins": logins,
            });
            println!("{status}");
            return Ok(());
        }
        let Some(enrolment) = enrolment else {
            println!("{NOT_ENROLLED}");
            return Ok(());
        };
        println!("Server           {}", enrolment.server);
        println!("Device           {}", enrolment.device_id);
        match fingerprint {
            Some(fingerprint) => println!(
                "Key fingerprint  {fingerprint}\n\
                 Compare it with the one that the console shows before you trust the console with a password."
            ),
            None => {
                println!("Its keys are gone, so that no password can be opened here. Enrol this Mac anew.")
            }
        }
        println!("Login plug-in    {}", plugin_in_words(&plugin));
        println!("Logins told      {}", logins.told);
        Ok(())
    }
}

fn plugin_in_words(plugin: &Result<LoginPlugin, mac::Error>) -> String {
    match plugin {
        Ok(LoginPlugin::NotInstalled) => "not installed".to_owned(),
        Ok(LoginPlugin::Registered) => "registered".to_owned(),
        Ok(LoginPlugin::NotRegistered { why }) => format!("not registered: {why}"),
        Ok(LoginPlugin::RegisteredUnfit { why }) => format!("registered, but {why}"),
        Err(error) => format!("unknown: {error}"),
    }
}
