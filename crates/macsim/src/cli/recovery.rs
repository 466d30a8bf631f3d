//! `macsim recovery`: somebody sits in front of the Mac, and does one thing after another or what a page says.

use std::io::{BufRead, Lines, StdinLock};
use std::path::PathBuf;

use super::Problem;
use crate::front::authorization::authorize;
use crate::front::home::MacHome;
use crate::model::mdm::RECOVERY_LOCK_PASSWORD;
use crate::recovery::{Act, CannotDo, Drive, Hands, Knows, RecoveryOs, Screen, Walk, follow};
use crate::rules::login;
use crate::rules::refusal::Credentials;
use crate::rules::start_up::open_at_start_up;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// See the Mac by screen sharing only.
    #[arg(long)]
    screen_sharing: bool,
    /// Bring an external drive of this name, with the keychain of an institutional recovery key. What opens the keychain and the
    /// key's private half are read from standard input first, one a line.
    #[arg(long, value_name = "NAME")]
    drive: Option<String>,
    /// Do what the steps in this file say, one a line. The recovery key and the password that every account gets are read
    /// from standard input, one a line.
    #[arg(long, value_name = "FILE")]
    follow: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let mut input = std::io::stdin().lock().lines();
    let mut recovery = match args.screen_sharing {
        true => RecoveryOs::by_screen_sharing(),
        false => RecoveryOs::at_the_mac(),
    };
    let mut drive = None;
    if let Some(name) = &args.drive {
        let brought = Drive {
            name: name.clone(),
            keychain_password: secret(&mut input)?,
            private_half: secret(&mut input)?,
        };
        recovery = recovery.with_drive(brought.clone());
        drive = Some(brought);
    }
    let mut at = AtTheMac {
        home: MacHome::open(&args.dir),
        recovery,
        trouble: None,
    };
    match &args.follow {
        Some(file) => {
            let steps = std::fs::read_to_string(file);
            let steps = steps.map_err(|error| format!("read the steps in {}: {error}", file.display()))?;
            walk(&mut at, drive, &steps, &mut input)
        }
        None => by_hand(&mut at, &mut input),
    }
}

/// Does what the steps say.
fn walk(
    at: &mut AtTheMac,
    drive: Option<Drive>,
    steps: &str,
    input: &mut Lines<StdinLock<'_>>,
) -> Result<(), Problem> {
    let knows = Knows {
        recovery_key: secret(input)?,
        new_password: secret(input)?,
        lock_password: RECOVERY_LOCK_PASSWORD.to_owned(),
        drive,
    };
    let steps: Vec<&str> = steps.lines().filter(|line| !line.trim().is_empty()).collect();
    let walk = follow(at, &knows, &steps);
    if let Some(trouble) = at.trouble.take() {
        return Err(trouble);
    }
    println!("{walk}");
    match walk {
        Walk::Finished => Ok(()),
        Walk::Stopped(_) | Walk::Stuck(..) => Err("the Mac was not led back".into()),
    }
}

/// The next line of standard input.
fn secret(input: &mut Lines<StdinLock<'_>>) -> std::io::Result<String> {
    input.next().transpose().map(Option::unwrap_or_default)
}

/// Does one thing after another, and shows the screen after each. What is secret is the next line.
fn by_hand(at: &mut AtTheMac, input: &mut Lines<StdinLock<'_>>) -> Result<(), Problem> {
    print!("{}", at.screen());
    while let Some(line) = input.next().transpose()? {
        if line.trim().is_empty() {
            continue;
        }
        let mut act: Act = line.parse()?;
        if act.takes_a_secret() {
            act = act.with_secret(&input.next().transpose()?.unwrap_or_default());
        }
        let done = at.act(&act);
        if let Some(trouble) = at.trouble.take() {
            return Err(trouble);
        }
        done?;
        print!("{}", at.screen());
    }
    Ok(())
}

/// Hands at a Mac that lies in a directory.
struct AtTheMac {
    home: MacHome,
    recovery: RecoveryOs,
    /// What went wrong beside the Mac.
    trouble: Option<Problem>,
}

impl Hands for AtTheMac {
    fn screen(&self) -> Screen {
        match self.home.load() {
            Ok(mac) => self.recovery.screen(&mac),
            Err(error) => Screen::of_trouble(&error),
        }
    }

    fn act(&mut self, act: &Act) -> Result<(), CannotDo> {
        let at = super::circumstances();
        let done = match act {
            // Everybody takes part whom the authorization database names.
            Act::LogIn { name, password } if self.recovery.runs_macos() => {
                self.log_in(Credentials { name, password });
                return Ok(());
            }
            _ => self.home.change(|mac| self.recovery.act(mac, act, at)),
        };
        done.unwrap_or_else(|error| {
            self.trouble = Some(error.into());
            Ok(())
        })
    }
}

impl AtTheMac {
    fn log_in(&mut self, who: Credentials<'_>) {
        let done = self
            .home
            .change(|mac| open_at_start_up(mac, who))
            .map_err(Problem::from)
            .and_then(|opened| opened.map_err(Problem::from))
            .and_then(|()| authorize(&self.home, who, super::circumstances()).map_err(Problem::from))
            .and_then(|()| Ok(self.home.change(|mac| login::begin(mac, who))?));
        self.trouble = done.err();
    }
}
