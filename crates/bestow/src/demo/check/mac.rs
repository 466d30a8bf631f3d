//! One Mac of the walk: what the server says of it, and what the simulator knows.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use macsim::MacHome;
use macsim::front::calls::CallEvent;
use macsim::report::{AccountReport, Report, TrueToken};
use macsim::scenario::Situation;
use secrecy::SecretString;
use tokio::process::Command;

use super::report::same;
use crate::client::{Client, DeviceDetail, Watch};
use crate::demo_file::DemoDevice;

/// Within this time the server shows what an agent has seen.
const SETTLES_WITHIN: Duration = Duration::from_secs(30);

/// One Mac of the walk.
pub struct MacUnderTest<'a> {
    /// The server.
    pub client: &'a Client,
    /// What `demo.json` tells of it.
    pub known: DemoDevice,
    /// What the server told of it first.
    pub device: DeviceDetail,
    macsim: PathBuf,
    truth: Report,
}

impl<'a> MacUnderTest<'a> {
    /// Looks at a Mac by the server and by the simulator.
    pub async fn look(client: &'a Client, known: DemoDevice, macsim: &Path) -> anyhow::Result<Self> {
        let device = client.device(known.id).await?.value;
        let truth = truth(macsim, &known).await?;
        Ok(Self {
            client,
            known,
            device,
            macsim: macsim.to_owned(),
            truth,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.known.name
    }

    /// What was true of it when it was looked at first.
    pub fn truth_at_first(&self) -> &Report {
        &self.truth
    }

    /// The situation it is in.
    pub fn situation(&self) -> anyhow::Result<Situation> {
        Ok(self.known.situation.parse()?)
    }

    /// Whether its agent is not running.
    pub fn is_out_of_reach(&self) -> bool {
        self.situation()
            .is_ok_and(|situation| situation == Situation::Offline)
    }

    /// Compares what the server told of it with the truth.
    pub fn is_seen_as_it_is(&self) -> anyhow::Result<()> {
        let summary = &self.device.summary;
        same(
            "serial number",
            summary.serial_number.as_str(),
            self.truth.serial.as_str(),
        )?;
        let os = summary.os_version.as_deref().unwrap_or_default();
        same(
            "macOS",
            os.parse::<trust::os::OsVersion>()?,
            self.truth.os.parse()?,
        )?;
        // The simulator counts a disk that is still being encrypted as one that FileVault locks.
        let is_locked = matches!(summary.filevault.as_deref(), Some("on" | "encrypting"));
        same("FileVault", is_locked, self.truth.filevault)?;
        same("accounts", summary.accounts, self.truth.accounts.len() as u64)?;
        let has_token = |account: &&AccountReport| account.label && account.token != TrueToken::LabelOnly;
        let labelled = self.truth.accounts.iter().filter(has_token).count() as u64;
        same("holders", summary.holders, labelled)
    }

    /// Looks at the server until it shows what `look` wants: what an agent has seen follows the end of an action.
    pub async fn settles<T>(&self, look: impl AsyncFn(&Client) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let mut watch = Watch::open(self.client).await;
        let patience = tokio::time::sleep(SETTLES_WITHIN);
        tokio::pin!(patience);
        loop {
            let difference = match look(self.client).await {
                Ok(seen) => return Ok(seen),
                Err(difference) => difference,
            };
            tokio::select! {
                () = watch.wait(|_| true) => {}
                () = &mut patience => return Err(difference),
            }
        }
    }

    /// What is true of it now.
    pub async fn truth(&self) -> anyhow::Result<Report> {
        truth(&self.macsim, &self.known).await
    }

    /// The simulator's program.
    pub fn macsim_program(&self) -> &Path {
        &self.macsim
    }

    /// The throw-away password of an account that the demo made; empty when it made no such account.
    pub fn password(&self, account: &str) -> SecretString {
        self.known.password(account).cloned().unwrap_or_default()
    }

    /// Starts it again. Its agent ends and begins with it, which is left to the caller.
    pub async fn restart(&self) -> anyhow::Result<()> {
        let mut reboot = Command::new(&self.macsim);
        reboot.arg("reboot").arg(&self.known.macsim);
        reboot.stdin(Stdio::null()).kill_on_drop(true);
        let ended = reboot.status().await.context("run macsim")?;
        if !ended.success() {
            bail!("macsim reboot {} ended with {ended}", self.known.macsim.display());
        }
        Ok(())
    }

    /// How often a tool was called with `argument`.
    pub fn calls(&self, tool: &str, argument: &str) -> anyhow::Result<usize> {
        let calls = MacHome::open(&self.known.macsim).calls()?;
        let is_meant = |event: &&CallEvent| match event {
            CallEvent::Started {
                tool: called, argv, ..
            } => called == tool && argv.iter().any(|arg| arg == argument),
            CallEvent::Ended { .. } => false,
        };
        Ok(calls.iter().filter(is_meant).count())
    }
}

/// Asks `macsim show`.
async fn truth(macsim: &Path, known: &DemoDevice) -> anyhow::Result<Report> {
    let mut show = Command::new(macsim);
    show.arg("show").arg(&known.macsim).arg("--json");
    show.stdin(Stdio::null()).kill_on_drop(true);
    let shown = show.output().await.context("run macsim")?;
    if !shown.status.success() {
        bail!(
            "macsim show {} ended with {}",
            known.macsim.display(),
            shown.status
        );
    }
    serde_json::from_slice(&shown.stdout).context("read what macsim shows")
}
