//! Somebody logs in at a simulated Mac's screen. The demo is one program, without the plug-in's library that macOS would load; so
//! the agent is told as the plug-in tells it.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, bail};
use login_handover::message::{self, LONGEST};
use login_handover::place::SOCKET;
use macsim::MacHome;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::process::Command;
use zeroize::Zeroizing;

use super::super::mac::MacUnderTest;

/// The longest path that a socket can have on any system.
const LONGEST_PATH: usize = 103;

/// Where the agent takes logins; `None` when that is too long to be the path of a socket.
pub fn socket(mac: &MacUnderTest<'_>) -> Option<PathBuf> {
    let socket = MacHome::open(&mac.known.macsim).root().join(SOCKET);
    (socket.as_os_str().len() <= LONGEST_PATH).then_some(socket)
}

/// Logs in.
pub async fn log_in(mac: &MacUnderTest<'_>, account: &str, password: &SecretString) -> anyhow::Result<()> {
    let mut login = Command::new(mac.macsim_program());
    login
        .arg("login")
        .arg(&mac.known.macsim)
        .arg(account)
        .arg("--password-stdin");
    let mut child = login
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("run macsim")?;
    let mut pipe = child.stdin.take().context("open the pipe to macsim")?;
    pipe.write_all(format!("{}\n", password.expose_secret()).as_bytes())
        .await?;
    drop(pipe);
    let ended = child.wait().await.context("run macsim")?;
    if !ended.success() {
        bail!("the login of {account} ended with {ended}");
    }
    let mut buffer = Zeroizing::new([0; LONGEST]);
    let told = message::write(
        &mut buffer,
        account.as_bytes(),
        password.expose_secret().as_bytes(),
    )?;
    let socket = socket(mac).context("the path of the agent's socket is too long")?;
    let mut agent = UnixStream::connect(socket)
        .await
        .context("reach the agent's socket")?;
    agent.write_all(told).await?;
    // The agent closes the connection once it has the login.
    agent.read_to_end(&mut Vec::new()).await?;
    Ok(())
}
