//! `bestow demo`: a server and simulated Macs with real agents, on this computer alone.

mod agent_process;
mod check;
mod fleet;
mod folder;
mod people;
mod server;
mod situations;
mod welcome;

use std::fs::File;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Mutex;

use anyhow::Context as _;

use crate::demo_file::{self, DemoFile};
use crate::exit::{Exit, Failure};
use crate::listen::listen_address;
use crate::logging;
use crate::output::{note, print};
use crate::private;
use crate::serve::LogFormat;
use crate::shutdown::Shutdown;
use fleet::Fleet;
use folder::Folder;
use server::DemoServer;

/// Run a server with simulated Macs to try Bestow out
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many simulated Macs [default: one for each situation]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    devices: Option<u16>,
    /// Folder to keep everything in; the same folder goes on where it stopped [default: one that is removed at the end]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
    /// Where the server listens; this computer only [default: 127.0.0.1 on a free port]
    #[arg(long, value_name = "ADDRESS", value_parser = listen_address)]
    listen: Option<SocketAddr>,
    /// Walk through the main job, print a line per step and stop; fails at the first difference
    #[arg(long)]
    check: bool,
}

/// Runs the command until it is told to end.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    if let Some(listen) = args.listen.filter(|listen| !listen.ip().is_loopback()) {
        return Err(Failure::usage(format!(
            "{listen} can be reached from other computers. A demo holds passwords in a file; it listens on this computer only, such as 127.0.0.1:8420."
        )));
    }
    private::make_files_private();
    let mut shutdown = Shutdown::listen()?.or_closed_terminal()?;
    let folder = Folder::open(args.data.clone())?;
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.server_log());
    logging::start(LogFormat::Text, Mutex::new(log.context("open the server's log")?));
    let before = earlier_demo(&folder)?;
    let server = DemoServer::start(&folder, address(&args, before.as_ref())?).await?;
    let mut fleet = None;
    let demo = Demo {
        args: &args,
        folder: &folder,
        server: &server,
    };
    let ended = tokio::select! {
        ended = demo.run(&mut fleet, before) => ended,
        () = shutdown.requested() => Ok(Exit::Done),
    };
    // Whatever came of it, nothing that was started stays behind.
    if let Some(mut fleet) = fleet {
        fleet.stop().await?;
    }
    server.stop().await?;
    ended
}

struct Demo<'a> {
    args: &'a Args,
    folder: &'a Folder,
    server: &'a DemoServer,
}

impl Demo<'_> {
    async fn run(&self, place: &mut Option<Fleet>, before: Option<DemoFile>) -> Result<Exit, Failure> {
        let client = self.server.client()?;
        let is_new = before.is_none();
        let fleet = place.insert(match before {
            Some(before) => Fleet::resume(self.folder, before.devices),
            None => {
                let wanted = situations::choose(self.args.devices.map(usize::from));
                note(&format!("Making {} simulated Macs ...", wanted.len()));
                let fleet = Fleet::make(self.folder, &wanted, &client).await?;
                people::import(&client, fleet.devices()).await?;
                fleet
            }
        });
        self.write_file(fleet)?;
        fleet.start()?;
        note("Waiting until every agent has told of its Mac ...");
        fleet.settle(&client).await?;
        if self.args.check {
            return check::walk(&client, fleet, self.folder).await;
        }
        if is_new {
            let reason = "the demo's Macs are new, and would be left in peace for days";
            client.set_needs_attention_policy(0, Some(reason)).await?;
        }
        print(&welcome::welcome(fleet, self.folder, &self.server.sign_in_link)?)?;
        std::future::pending().await
    }

    fn write_file(&self, fleet: &Fleet) -> Result<(), Failure> {
        let file = DemoFile {
            url: self.server.url.clone(),
            sign_in_link: self.server.sign_in_link.clone(),
            api_token: self.server.api_token.clone(),
            devices: fleet.devices().cloned().collect(),
        };
        file.write(self.folder.path())
    }
}

/// What an earlier demo has left in the folder.
fn earlier_demo(folder: &Folder) -> Result<Option<DemoFile>, Failure> {
    if folder.path().join(demo_file::NAME).exists() {
        return DemoFile::read(folder.path()).map(Some);
    }
    match folder.database().exists() {
        true => Err(Failure::usage(format!(
            "The demo in {} was ended before it was ready. Remove the folder, or name another one.",
            folder.path().display()
        ))),
        false => Ok(None),
    }
}

/// Agents of an earlier demo know the server by its address, so it keeps that.
fn address(args: &Args, before: Option<&DemoFile>) -> Result<SocketAddr, Failure> {
    let Some(before) = before else {
        return Ok(args.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0))));
    };
    if args.listen.is_some() || args.devices.is_some() || args.check {
        return Err(Failure::usage(
            "The folder holds a demo already, which goes on with its own Macs and address. Leave out --listen, --devices and --check, or take another folder.",
        ));
    }
    let address = before.url.trim_start_matches("http://").parse();
    Ok(address.context("read the address of the earlier demo")?)
}
