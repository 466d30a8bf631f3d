//! Real agents as child processes. Each holds the reading end of a pipe of ours and ends when that pipe closes, so none
//! outlives the demo, however the demo ends.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};

/// How long an agent may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where an agent's program is, and which Mac it works for.
#[derive(Debug, Clone, Copy)]
pub struct AgentPlace<'a> {
    /// The program, under the name `bestow-agent`.
    pub program: &'a Path,
    /// Where the file system of the simulated Mac begins.
    pub root: &'a Path,
    /// Where the agent's own log lines go.
    pub log: &'a Path,
}

/// A running agent.
#[derive(Debug)]
pub struct AgentProcess {
    child: Child,
}

impl AgentPlace<'_> {
    /// Enrols the Mac under `name`. The secret goes by pipe.
    pub async fn enroll(self, server: &str, name: &str, secret: &SecretString) -> anyhow::Result<()> {
        let mut child = self
            .command()?
            .args(["enroll", "--server", server, "--name", name])
            .stdout(Stdio::null())
            .spawn()
            .context("start bestow-agent")?;
        let mut pipe = child.stdin.take().context("open the pipe to bestow-agent")?;
        pipe.write_all(secret.expose_secret().as_bytes())
            .await
            .context("give the secret to bestow-agent")?;
        drop(pipe);
        let status = child.wait().await.context("wait for bestow-agent")?;
        if !status.success() {
            bail!(
                "enrol {name}: bestow-agent ended with {status}; see {}",
                self.log.display()
            );
        }
        Ok(())
    }

    /// Installs the agent again over the top, with the password of `administrator`. Answers whether that was accepted.
    pub async fn reinstall(self, administrator: &str, password: &SecretString) -> anyhow::Result<bool> {
        let mut child = self
            .command()?
            .args(["reinstall", "--administrator", administrator, "--password-stdin"])
            .stdout(Stdio::null())
            .spawn()
            .context("start bestow-agent")?;
        let mut pipe = child.stdin.take().context("open the pipe to bestow-agent")?;
        pipe.write_all(password.expose_secret().as_bytes())
            .await
            .context("give the password to bestow-agent")?;
        drop(pipe);
        let status = child.wait().await.context("wait for bestow-agent")?;
        Ok(status.success())
    }

    /// Starts the agent.
    pub fn start(self) -> anyhow::Result<AgentProcess> {
        let child = self
            .command()?
            .args(["run", "--exit-with-stdin"])
            .stdout(Stdio::null())
            .spawn()
            .context("start bestow-agent")?;
        Ok(AgentProcess { child })
    }

    fn command(self) -> anyhow::Result<Command> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log)
            .with_context(|| format!("open {}", self.log.display()))?;
        let mut command = Command::new(self.program);
        // An agent leaves the terminal's session by itself, which a process that leads a group could not. So neither Ctrl-C
        // reaches it, since agents are ended by us, in order, nor do its tools ask for passwords on the terminal.
        command.kill_on_drop(true);
        command.arg("--root").arg(self.root);
        command.stdin(Stdio::piped()).stderr(log);
        Ok(command)
    }
}

impl AgentProcess {
    /// Whether it is still running.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the agent: by closing its pipe, and by force when it does not mind that.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        drop(self.child.stdin.take());
        if let Ok(ended) = tokio::time::timeout(PATIENCE, self.child.wait()).await {
            ended.context("wait for bestow-agent")?;
            return Ok(());
        }
        self.child.kill().await.context("end bestow-agent")
    }
}
