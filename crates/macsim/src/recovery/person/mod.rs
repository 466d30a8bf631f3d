//! Somebody at the Mac who does what a page says, step by step, and knows nothing else: a text that leaves something out, or
//! names what the screen does not show, gets this person nowhere.

mod reading;

use std::fmt;

use reading::{Instruction, NotUnderstood, read};

use super::{Act, CannotDo, Drive, Screen};

/// Eyes and hands at a Mac.
pub trait Hands {
    /// What stands on the screen.
    fn screen(&self) -> Screen;

    /// Does something.
    ///
    /// # Errors
    /// When it cannot be done.
    fn act(&mut self, act: &Act) -> Result<(), CannotDo>;
}

/// What the person has at hand. It has no `Debug`: all of it is secret.
#[derive(Clone, Default)]
pub struct Knows {
    /// The recovery key.
    pub recovery_key: String,
    /// The Recovery Lock's password.
    pub lock_password: String,
    /// The password that every account gets.
    pub new_password: String,
    /// The drive with the private half of an institutional key, as it is at hand.
    pub drive: Option<Drive>,
}

/// How far somebody came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Every step was done.
    Finished,
    /// The Mac refused, and the text says to stop then. The number of the step, from 1.
    Stopped(usize),
    /// A step could not be done: its number, and why.
    Stuck(usize, Stuck),
}

/// Why a step could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// It says something that this person does not understand.
    NotUnderstood(String),
    /// There is nothing to do it to.
    Cannot(CannotDo),
    /// What it says to be on the screen is not.
    NotShown(String),
    /// The Mac refused, and the text does not say what then.
    Refused(String),
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUnderstood(what) => write!(
                f,
                "this person does not understand {:?}. Steps are taken as `bestow recovery --json` gives them, with the marks around \
                 what is typed",
                what.chars().take(80).collect::<String>()
            ),
            Self::Cannot(what) => write!(f, "{what}"),
            Self::NotShown(what) => write!(f, "the screen does not show {what:?}"),
            Self::Refused(what) => write!(f, "the Mac refused, and the text does not say what then: {what}"),
        }
    }
}

impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finished => write!(f, "every step was done"),
            Self::Stopped(step) => write!(f, "stopped at step {step}, as the text says"),
            Self::Stuck(step, why) => write!(f, "stuck at step {step}: {why}"),
        }
    }
}

/// Does what the steps say.
pub fn follow<S: AsRef<str>>(hands: &mut impl Hands, knows: &Knows, steps: &[S]) -> Walk {
    let mut person = Person {
        hands,
        knows,
        gives_the_key_when_asked: false,
        volume: None,
    };
    for (number, step) in (1..).zip(steps) {
        match person.step(step.as_ref()) {
            Ok(Went::On) => {}
            Ok(Went::NoFurther) => return Walk::Stopped(number),
            Err(stuck) => return Walk::Stuck(number, stuck),
        }
    }
    Walk::Finished
}

struct Person<'a, H> {
    hands: &'a mut H,
    knows: &'a Knows,
    /// The text said to give the key whenever it is asked for.
    gives_the_key_when_asked: bool,
    /// The volume that was found, such as `disk1s1`.
    volume: Option<String>,
}

enum Went {
    On,
    NoFurther,
}

impl<H: Hands> Person<'_, H> {
    fn step(&mut self, text: &str) -> Result<Went, Stuck> {
        let instructions = read(text).map_err(|NotUnderstood(what)| Stuck::NotUnderstood(what))?;
        let copes_with_refusal = instructions.contains(&Instruction::StopIfRefused);
        for instruction in &instructions {
            if *instruction == Instruction::StopIfRefused {
                if self.hands.screen().message.is_some() {
                    return Ok(Went::NoFurther);
                }
                continue;
            }
            self.carry_out(instruction)?;
            if self.gives_the_key_when_asked && self.asks_for_the_key() {
                self.give_the_key()?;
            }
            if let Some(message) = self.hands.screen().message
                && !copes_with_refusal
            {
                return Err(Stuck::Refused(message));
            }
        }
        Ok(Went::On)
    }

    fn carry_out(&mut self, instruction: &Instruction) -> Result<(), Stuck> {
        let screen = self.hands.screen();
        match instruction {
            Instruction::Do(act) => self.act(act),
            Instruction::Expect(text) if screen.shows(text) => Ok(()),
            Instruction::Expect(text) => Err(Stuck::NotShown(text.clone())),
            Instruction::ChooseSomebodyUnlessShown(link) => {
                let first = screen.buttons.first().map(|button| button.label.clone());
                match first {
                    Some(user) if screen.shows("user") && !screen.shows(link) => self.act(&Act::click(&user)),
                    _ => Ok(()),
                }
            }
            Instruction::ClickIfShown(label) if screen.shows(label) => self.act(&Act::click(label)),
            Instruction::ClickIfShown(_) => Ok(()),
            Instruction::GiveTheKey => self.give_the_key(),
            Instruction::GiveTheKeyWhenAsked => {
                self.gives_the_key_when_asked = true;
                Ok(())
            }
            Instruction::GiveTheLockPassword => {
                let password = self.knows.lock_password.clone();
                self.act(&Act::enter("Password", &password))?;
                self.act(&Act::PressReturn)
            }
            Instruction::SetThePassword => self.set_a_password(),
            Instruction::SetEveryPassword(label) => self.set_every_password(&screen, label),
            Instruction::ExpectAccounts(names) => expect_accounts(&screen, names),
            Instruction::LogIn(name) => self.act(&Act::LogIn {
                name: name.clone(),
                password: self.knows.new_password.clone(),
            }),
            Instruction::StopIfRefused => Ok(()),
            Instruction::Run(line) => self.run(line),
            Instruction::FindVolume { role, filevault } => {
                self.volume = Some(find_volume(&screen, role, filevault)?);
                Ok(())
            }
        }
    }

    fn act(&mut self, act: &Act) -> Result<(), Stuck> {
        self.hands.act(act).map_err(Stuck::Cannot)
    }

    fn asks_for_the_key(&self) -> bool {
        let screen = self.hands.screen();
        screen.fields.iter().any(|field| field == "Recovery key") && screen.message.is_none()
    }

    fn give_the_key(&mut self) -> Result<(), Stuck> {
        let key = self.knows.recovery_key.clone();
        self.act(&Act::enter("Recovery key", &key))?;
        self.act(&Act::PressReturn)
    }

    /// Types a line as it is meant, and gives the keychain's password when that is asked for.
    fn run(&mut self, line: &str) -> Result<(), Stuck> {
        let mut line = line.to_owned();
        if let Some(drive) = &self.knows.drive {
            line = line.replace("DRIVE", &drive.name);
        }
        if let Some(volume) = &self.volume {
            line = line.replace("diskXsY", volume);
        }
        self.act(&Act::TypeLine(line))?;
        let asks = self.hands.screen().fields.iter().any(|field| field == "Password");
        if let (true, Some(drive)) = (asks, &self.knows.drive) {
            let password = drive.keychain_password.clone();
            self.act(&Act::enter("Password", &password))?;
            self.act(&Act::PressReturn)?;
        }
        Ok(())
    }

    fn set_a_password(&mut self) -> Result<(), Stuck> {
        let password = self.knows.new_password.clone();
        for field in self.hands.screen().fields {
            self.act(&Act::enter(&field, &password))?;
        }
        Ok(())
    }

    fn set_every_password(&mut self, screen: &Screen, label: &str) -> Result<(), Stuck> {
        let rows: Vec<_> = screen
            .buttons
            .iter()
            .filter(|button| button.label == label)
            .collect();
        if rows.is_empty() {
            return Err(Stuck::NotShown(label.to_owned()));
        }
        for row in rows {
            self.act(&Act::Click {
                label: row.label.clone(),
                beside: row.beside.clone(),
            })?;
            self.set_a_password()?;
        }
        Ok(())
    }
}

/// The only volume of this role and state in the list on the screen.
fn find_volume(screen: &Screen, role: &str, filevault: &str) -> Result<String, Stuck> {
    let ends = format!(" ({role})");
    let mut found = screen.lines.windows(2).filter_map(|pair| {
        let (volume, state) = (pair[0].strip_suffix(&ends)?, pair[1].split_once("FileVault:")?.1);
        (state.trim() == filevault).then(|| volume.rsplit(' ').next().unwrap_or_default().to_owned())
    });
    match (found.next(), found.next()) {
        (Some(volume), None) => Ok(volume),
        _ => Err(Stuck::NotShown(format!("one volume {role}, {filevault}"))),
    }
}

/// Whether the accounts that the text names are those that the screen shows.
fn expect_accounts(screen: &Screen, names: &[String]) -> Result<(), Stuck> {
    let shown = screen.buttons.iter().filter_map(|button| button.beside.as_ref());
    let mut shown: Vec<&String> = shown.collect();
    let mut named: Vec<&String> = names.iter().collect();
    shown.sort();
    named.sort();
    if shown == named {
        Ok(())
    } else {
        Err(Stuck::NotShown(names.join(", ")))
    }
}
