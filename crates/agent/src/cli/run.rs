//! `bestow-agent run`.

use std::io::Read as _;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use mac::stat;
use tokio::sync::mpsc;
use tracing_subscriber::EnvFilter;
use trust::id::GenericUuid as _;

use crate::clock::{Clock as _, SystemClock};
use crate::core::Core;
use crate::durable;
use crate::identity::{Enrolment, Keys};
use crate::journal::Journal;
use crate::link::{Client, Doorbell};
use crate::login::registration::Registration;
use crate::login::socket::LoginSocket;
use crate::login::{Login, LoginRecord};
use crate::observe::Observer;
use crate::paths::Paths;
use crate::promotions::Promotions;
use crate::service_account::Custody;
use crate::shell::{self, Inbox, Workshop};
use crate::single::{PATIENCE, SingleAgent};
use crate::utility::Asked;
use crate::utility::socket::UtilitySocket;

/// How many logins may wait for the agent's attention, which they get at once.
const LOGINS_WAITING: usize = 8;

/// Runs the agent.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// End when standard input ends, as it does when the program that started the agent is gone.
    #[arg(long)]
    exit_with_stdin: bool,
}

impl Run {
    pub(super) fn execute(&self, paths: &Paths) -> anyhow::Result<()> {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(false)
            .with_writer(std::io::stderr)
            .init();
        // Tools that want a password open the controlling terminal when there is one, and would ask the person who sits
        // there. Under launchd there is none; that this process cannot leave one means that it leads a job there.
        if let Err(errno) = nix::unistd::setsid() {
            tracing::debug!(%errno, "still in the session that started the agent");
        }
        if self.exit_with_stdin {
            std::thread::spawn(exit_when_stdin_ends);
        }
        durable::private_folder(paths.state()).context("make the agent's folder")?;
        let _single = SingleAgent::acquire(&paths.lock(), PATIENCE)?;
        super::is_not_being_uninstalled(paths)?;
        super::runtime()?.block_on(run(paths))
    }
}

async fn run(paths: &Paths) -> anyhow::Result<()> {
    let enrolment = Enrolment::load(paths)
        .context("read the enrolment")?
        .context("this Mac is not enrolled; `bestow-agent enroll` does that")?;
    let keys = Keys::load(paths)?.context("the device's keys are gone; enrol this Mac anew")?;
    let (journal, remembered) = Journal::open(&paths.journal()).context("read the journal")?;
    let clock = Arc::new(SystemClock);
    let client = Client::new(
        &enrolment.server,
        enrolment.certificate_authorities.as_deref(),
        enrolment.device_id,
        keys.signing,
        clock.clone(),
    )?;
    let spread = enrolment.device_id.into_untyped_uuid().as_u64_pair().1;
    let custody = Custody::open(paths).context("read what is kept of the service account")?;
    let core = Core::new(
        enrolment.device_id,
        env!("CARGO_PKG_VERSION"),
        remembered,
        spread,
        clock.now(),
    )
    .with_logins(LoginRecord::load(paths).context("read what is kept of logins")?)
    .with_service_account(custody.remembered(), clock.now())
    .with_vault(custody.recovery_key.remembered(), spread, clock.now());
    let workshop = Arc::new(Workshop {
        organization_id: enrolment.organization_id,
        device_id: enrolment.device_id,
        runner: Box::new(mac::ProcessRunner::new(paths.root().to_path_buf())),
        observer: Observer::open(paths).context("read the proofs")?,
        key: keys.sealing,
        promotions: Promotions::open(paths).context("read the promotions")?,
        custody,
        registration: Registration::new(paths.root()),
        paths: paths.clone(),
        clock,
        journal,
    });
    let (tell, logins) = mpsc::channel(LOGINS_WAITING);
    let (ask, asked) = mpsc::channel(1);
    let inbox = Inbox {
        rings: Doorbell::new(client.clone(), spread),
        logins,
        asked,
    };
    tracing::info!(device = %enrolment.device_id, server = enrolment.server, "agent runs");
    tokio::select! {
        ended = shell::run(core, workshop, client, inbox) => ended.context("use the journal"),
        () = take_logins(paths, tell) => Ok(()),
        () = serve_the_screen(paths, ask) => Ok(()),
        signal = tokio::signal::ctrl_c() => signal.context("wait for a signal"),
    }
}

/// Without the socket the agent does all else that it does, and the plug-in lets every login pass.
async fn take_logins(paths: &Paths, tell: mpsc::Sender<Login>) {
    match LoginSocket::open(&paths.login_socket()) {
        Ok(socket) => socket.serve(tell).await,
        Err(error) => {
            tracing::warn!(%error, "no socket for the login plug-in");
            std::future::pending().await
        }
    }
}

/// Without the socket the agent does all else that it does, and the app says that it does not answer.
async fn serve_the_screen(paths: &Paths, ask: mpsc::Sender<Asked>) {
    let runner = mac::ProcessRunner::new(paths.root().to_path_buf());
    match UtilitySocket::open(&paths.utility_socket(), move || stat::console_owner(&runner)) {
        Ok(socket) => socket.serve(ask).await,
        Err(error) => {
            tracing::warn!(%error, "no socket for the Bestow Service Account app");
            std::future::pending().await
        }
    }
}

fn exit_when_stdin_ends() {
    let mut rest = [0; 64];
    while std::io::stdin().read(&mut rest).is_ok_and(|count| count > 0) {}
    std::process::exit(0);
}
