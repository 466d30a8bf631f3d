//! `bench`: measures a server and an agent, and prints each figure beside its bar.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use bench::figure::Figure;
use bench::ground::Ground;
use bench::measure::{
    agents, check_in, cold_start, delivery, diagnosis, escrow, idle_poll, lists, memory, observation,
};
use bench::program::Programs;
use bench::server::Transport;
use bench::table::table;
use clap::{Parser, ValueEnum};

/// Measures Bestow and prints each figure beside its bar. Ends with 1 when a bar is missed.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Cli {
    /// What to measure
    #[arg(required = true)]
    what: Vec<What>,
    /// How many devices lists and starts are measured with
    #[arg(long, default_value_t = 100_000)]
    devices: u32,
    /// How many agents connect; the limit of open files may allow fewer
    #[arg(long, default_value_t = 50_000)]
    agents: u32,
    /// How many check-ins of each kind are measured, and how many polls
    #[arg(long, default_value_t = 20_000)]
    check_ins: u32,
    /// Let the connected agents speak plain HTTP
    #[arg(long)]
    plain: bool,
    /// Where scratch folders are made and deleted
    #[arg(long, value_name = "DIR")]
    scratch: Option<PathBuf>,
    /// Keep the store that lists are measured with in this folder, and find it there the next time
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Take the programs from this folder instead of building them
    #[arg(long, value_name = "DIR")]
    programs: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Everything below
    All,
    /// What a check-in costs the server
    CheckIn,
    /// Whether what was accepted is delivered
    Delivery,
    /// Recovery keys that the vault takes in
    Escrow,
    /// What it costs the server that a Mac asks its device management for a command
    IdlePoll,
    /// Diagnoses per second
    Diagnosis,
    /// First bytes of lists, filters and searches
    Lists,
    /// Connected agents, and how soon an action is with one
    Agents,
    /// The server's memory
    Memory,
    /// The agent's size, memory and processes
    Observation,
    /// Start to first page
    ColdStart,
}

impl What {
    const EACH: [Self; 10] = [
        Self::Diagnosis,
        Self::Delivery,
        Self::CheckIn,
        Self::Escrow,
        Self::IdlePoll,
        Self::Memory,
        Self::ColdStart,
        Self::Lists,
        Self::Agents,
        Self::Observation,
    ];
}

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut figures = Vec::new();
    let measured = runtime.block_on(cli.measure(&mut figures));
    // What was measured before something failed is told as well.
    if cli.json {
        println!("{}", serde_json::to_string_pretty(&figures)?);
    } else {
        println!("{}", table(&figures));
    }
    measured?;
    let all_kept = figures.iter().all(Figure::keeps_its_bar);
    Ok(if all_kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

impl Cli {
    async fn measure(&self, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
        let programs = match &self.programs {
            Some(folder) => Programs::in_folder(folder)?,
            None => Programs::build().await.context("build the programs under load")?,
        };
        let scratch = self.scratch.clone().unwrap_or_else(std::env::temp_dir);
        let mut ground = Ground::new(programs, &scratch);
        if let Some(folder) = &self.keep {
            // Filling takes minutes: whether there is a folder for it is known before.
            std::fs::create_dir_all(folder).with_context(|| format!("keep in {}", folder.display()))?;
            ground = ground.keeping(folder);
        }
        for what in What::EACH {
            if self.what.contains(&what) || self.what.contains(&What::All) {
                eprintln!(
                    "measuring: {}",
                    what.to_possible_value()
                        .map(|v| v.get_name().to_owned())
                        .unwrap_or_default()
                );
                figures.extend(self.measure_one(what, &ground).await?);
            }
        }
        Ok(())
    }

    async fn measure_one(&self, what: What, ground: &Ground) -> anyhow::Result<Vec<Figure>> {
        match what {
            What::All => Ok(Vec::new()),
            What::CheckIn => {
                let agents = self.check_ins.clamp(1, 200);
                let rounds = self.check_ins.div_ceil(agents);
                check_in::check_in(ground, check_in::Size { agents, rounds }).await
            }
            What::Delivery => delivery::delivery(ground, 300).await,
            What::Escrow => {
                let (agents, keys) = (500, 10);
                escrow::escrow(ground, escrow::Size { agents, keys }).await
            }
            What::IdlePoll => {
                let macs = self.check_ins.clamp(1, 50);
                let rounds = self.check_ins.div_ceil(macs);
                idle_poll::idle_poll(ground, idle_poll::Size { macs, rounds }).await
            }
            What::Diagnosis => Ok(diagnosis::diagnosis(1_000_000)),
            What::Lists => {
                let (devices, times) = (self.devices, 40);
                lists::lists(ground, lists::Size { devices, times }).await
            }
            What::Agents => {
                let size = agents::Size {
                    agents: self.agents,
                    actions: 500,
                    idle_for: Duration::from_mins(1),
                    transport: if self.plain {
                        Transport::Plain
                    } else {
                        Transport::Tls
                    },
                };
                agents::agents(ground, size).await
            }
            What::Memory => memory::memory(ground).await,
            What::Observation => observation::observation(ground, 2).await,
            What::ColdStart => cold_start::cold_start(ground, self.devices).await,
        }
    }
}
