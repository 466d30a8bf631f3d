//! `bestow-agent uninstall`.

mod escrow;

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use mac::ProcessRunner;
use rand_core::{Rng as _, UnwrapErr};
use trust::code::Code;
use trust::id::{DeedId, GenericUuid as _};
use trust::outcome::Evidence;
use trust::plan::Plan;
use wire::agent_api::CheckIn;

use crate::clock::SystemClock;
use crate::identity::{Enrolment, Keys};
use crate::journal::{Journal, Journaled, Stage};
use crate::link::Client;
use crate::observe::{Freshness, Observer, hardware};
use crate::paths::Paths;
use crate::perform::Tools;
use crate::promotions::Promotions;
use crate::service_account::Custody;
use crate::uninstall::{self, Begun, Judged, Note};

/// Takes the agent off this Mac.
#[derive(Debug, Args)]
pub(super) struct Uninstall {
    /// Show what would be done and stop.
    #[arg(long)]
    plan_only: bool,
    /// The Mac's name or serial number, to accept that nobody else can hand a token on afterwards. At a terminal it is asked for.
    #[arg(long, value_name = "NAME")]
    confirm_device_name: Option<String>,
    /// Go on although a recovery key that the vault has not got is lost by it.
    #[arg(long)]
    lose_recovery_key: bool,
}

impl Uninstall {
    pub(super) fn execute(&self, paths: &Paths) -> anyhow::Result<()> {
        if !paths.state().is_dir() {
            println!(
                "There is no agent to uninstall: {} is not there.",
                paths.state().display()
            );
            return Ok(());
        }
        let _single = super::alone(paths, "so that it does not bring back what is taken away")?;
        let runner = ProcessRunner::new(paths.root().to_path_buf());
        let custody = Custody::open(paths).context("read what is kept of the service account")?;
        let tools = Tools {
            runner: &runner,
            clock: &SystemClock,
            observer: &Observer::open(paths).context("read the proofs")?,
            promotions: &Promotions::open(paths).context("read the promotions")?,
            custody: &custody,
        };
        let note = Note::of(paths);
        let begun = match note.read().context("read what was begun")? {
            Some(begun) => {
                println!("An uninstall that has begun goes on.");
                begun
            }
            None => {
                let Some(begun) = self.begin(tools, paths)? else {
                    return Ok(());
                };
                note.write(&begun).context("note that it begins")?;
                begun
            }
        };
        go_on(tools, paths, begun)
    }

    /// Whether it may begin, having shown what it would do; `None` when that was all that was wanted. Nothing is changed.
    fn begin(&self, tools: Tools<'_>, paths: &Paths) -> anyhow::Result<Option<Begun>> {
        is_at_rest(paths)?;
        let name = name(tools, paths)?;
        let confirmed = match &self.confirm_device_name {
            Some(typed) => Some(name.check(typed)?),
            None => None,
        };
        let mut judged = uninstall::judged(tools, confirmed.as_deref());
        tell(&judged);
        let mut confirmed = confirmed;
        if cuts_the_chain(&judged) && !self.plan_only && std::io::stdin().is_terminal() {
            println!(
                "Type the Mac's name ({}) to accept that. Anything else ends it here:",
                name.shown()
            );
            let mut typed = String::new();
            std::io::stdin()
                .lock()
                .read_line(&mut typed)
                .context("read the Mac's name")?;
            confirmed = Some(name.check(typed.trim())?);
            judged = uninstall::judged(tools, confirmed.as_deref());
        }
        let refusal = match &judged {
            Judged::NoAccount => None,
            Judged::Removal(plan) => plan.refusal(),
            Judged::Unreadable(_) => Some(Code::StateUnreadable),
        };
        match refusal {
            _ if self.plan_only => return Ok(None),
            Some(code) if cuts_the_chain(&judged) => bail!(
                "{} To accept it, say --confirm-device-name with the Mac's name. Nothing was changed",
                super::in_words(code)
            ),
            Some(code) => bail!("{} Nothing was changed", super::in_words(code)),
            None => {}
        }
        escrow::send(tools, paths, self.lose_recovery_key)?;
        let mut id = [0; 16];
        UnwrapErr(getrandom::SysRng).fill_bytes(&mut id);
        Ok(Some(Begun {
            id: DeedId::from_untyped_uuid(uuid::Builder::from_random_bytes(id).into_uuid()),
            confirmed,
            evidence: Vec::new(),
        }))
    }
}

/// Takes everything away, what is already gone included.
fn go_on(tools: Tools<'_>, paths: &Paths, mut begun: Begun) -> anyhow::Result<()> {
    tools
        .promotions
        .undo_all(tools.runner)
        .context("take back what was given for a moment")?;
    if !tools.promotions.unproved().is_empty() {
        bail!("{}", super::in_words(Code::DemotionUnproved));
    }
    match uninstall::judged(tools, begun.confirmed.as_deref()) {
        Judged::NoAccount if tools.custody.remembered().work.is_none() => {}
        Judged::Unreadable(why) => bail!("{} {why}", super::in_words(Code::StateUnreadable)),
        Judged::NoAccount | Judged::Removal(_) => {
            let outcome = uninstall::remove_service_account(tools, begun.confirmed.as_deref())
                .context("take the service account away")?;
            begun.evidence.extend(outcome.evidence);
            Note::of(paths)
                .write(&begun)
                .context("note how far it has come")?;
            if !outcome.code.is_success() {
                return Err(not_removed(tools, paths, outcome.code)?);
            }
            println!("The service account is gone.");
        }
    }
    uninstall::take_out(tools.runner, paths)?;
    println!("The login plug-in takes no part in logins any more.");
    begun.evidence.push(Evidence {
        at: tools.clock.now(),
        by: "security authorizationdb read system.login.console".to_owned(),
        saw: "it does not name the login plug-in".to_owned(),
    });
    match tell_server(tools, paths, &begun) {
        Ok(true) => println!("The server knows."),
        Ok(false) => {}
        Err(error) => eprintln!(
            "bestow-agent: the server was not told: {error:#}. There the Mac is shown as out of reach from now on"
        ),
    }
    uninstall::clear(paths, tools.custody).context("remove the agent's keys and files")?;
    println!("The agent's keys and files are gone. Remove its program to finish.");
    Ok(())
}

/// macOS deletes no last holder and no last administrator, whoever asks. Where the account is still there, the agent stays
/// with it: nobody else could look after it.
fn not_removed(tools: Tools<'_>, paths: &Paths, code: Code) -> anyhow::Result<anyhow::Error> {
    let words = super::in_words(code);
    Ok(match uninstall::judged(tools, None) {
        Judged::Removal(_) => {
            Note::of(paths).forget().context("forget what was begun")?;
            anyhow!("{words} The agent stays as it was")
        }
        Judged::NoAccount | Judged::Unreadable(_) => {
            anyhow!("{words} `bestow-agent uninstall` goes on from here")
        }
    })
}

/// Tells the server, if there is one. A Mac that was never enrolled has none.
fn tell_server(tools: Tools<'_>, paths: &Paths, begun: &Begun) -> anyhow::Result<bool> {
    let Some(client) = client(paths)? else {
        return Ok(false);
    };
    let observation = tools.look(Freshness::Now);
    let check_in = CheckIn {
        agent_version: env!("CARGO_PKG_VERSION").to_owned(),
        observation_digest: observation.digest(),
        observation: Some(observation),
        unfinished: Vec::new(),
        settings_digest: None,
        deeds: vec![uninstall::farewell(tools, begun)],
    };
    super::runtime()?.block_on(client.check_in(&check_in))?;
    Ok(true)
}

/// Who speaks to the server, if there is one.
fn client(paths: &Paths) -> anyhow::Result<Option<Client>> {
    let (Some(enrolment), Some(keys)) = (Enrolment::load(paths)?, Keys::load(paths)?) else {
        return Ok(None);
    };
    let client = Client::new(
        &enrolment.server,
        enrolment.certificate_authorities.as_deref(),
        enrolment.device_id,
        keys.signing,
        std::sync::Arc::new(SystemClock),
    )?;
    Ok(Some(client))
}

/// An order that is under way is finished first: only the agent knows what has come of it.
fn is_at_rest(paths: &Paths) -> anyhow::Result<()> {
    let (_, remembered) = Journal::open(&paths.journal()).context("read the journal")?;
    let is_open = |what: &Journaled| match what {
        Journaled::Open(entry) => entry.stage != Stage::Accepted,
        Journaled::Closed { .. } => false,
    };
    if remembered.iter().any(is_open) {
        bail!(
            "an order is under way on this Mac. Start the agent, let it finish and report that, and try again. Nothing was changed"
        );
    }
    Ok(())
}

/// What the Mac is called.
struct Name {
    enrolled: Option<String>,
    serial_number: String,
}

fn name(tools: Tools<'_>, paths: &Paths) -> anyhow::Result<Name> {
    let seen = hardware(tools.runner, tools.clock.now());
    let enrolment = Enrolment::load(paths).context("read the enrolment")?;
    Ok(Name {
        enrolled: enrolment.and_then(|enrolment| enrolment.name),
        serial_number: seen
            .value()
            .map(|seen| seen.serial_number.clone())
            .unwrap_or_default(),
    })
}

impl Name {
    fn shown(&self) -> &str {
        self.enrolled.as_deref().unwrap_or(&self.serial_number)
    }

    /// The name as it was typed, when it is the Mac's.
    fn check(&self, typed: &str) -> anyhow::Result<String> {
        let is_right =
            !typed.is_empty() && (self.enrolled.as_deref() == Some(typed) || self.serial_number == typed);
        if !is_right {
            bail!(
                "--confirm-device-name: this Mac is called {}. Nothing was changed",
                self.shown()
            );
        }
        Ok(typed.to_owned())
    }
}

fn cuts_the_chain(judged: &Judged) -> bool {
    let refusal = match judged {
        Judged::Removal(plan) => plan.refusal(),
        Judged::NoAccount | Judged::Unreadable(_) => None,
    };
    matches!(refusal, Some(Code::LastHolder | Code::LastAdministrator))
}

fn tell(judged: &Judged) {
    match judged {
        Judged::NoAccount => println!("There is no service account on this Mac."),
        Judged::Removal(plan) => tell_plan(plan),
        Judged::Unreadable(why) => println!("The Mac did not tell its accounts: {why}"),
    }
    println!("The login plug-in, the agent's keys and its files go as well.");
}

fn tell_plan(plan: &Plan) {
    println!("The service account is deleted:");
    for row in &plan.rows {
        let sign = if row.failure().is_some() { "no " } else { "ok " };
        println!("  {sign} {}: {}", row.check.label(), row.saw);
    }
}
