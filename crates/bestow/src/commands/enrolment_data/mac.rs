//! Which Mac's enrolment data is meant. It is kept by serial number, and a Mac's name has the form of one: a word that no
//! Mac has counts as a serial number only when the person says so.

use std::fmt;

use trust::enrolment::SerialNumber;

use crate::client::{Client, ClientError, DeviceSummary, Reference};
use crate::commands::which;
use crate::exit::Failure;

/// A Mac that is known, or that something is kept for.
#[derive(Debug, clap::Args)]
pub struct KnownMac {
    /// The Mac: its name, serial number or id
    #[arg(value_name = "MAC")]
    mac: Reference,
}

/// A Mac that is known, or one that is said to come.
#[derive(Debug, clap::Args)]
pub struct AnyMac {
    #[command(flatten)]
    known: KnownMac,
    /// MAC is the serial number of a Mac that has not enrolled yet
    #[arg(long)]
    not_enrolled: bool,
}

/// The Mac that is meant.
#[derive(Debug)]
pub struct Meant {
    /// Its serial number.
    pub serial_number: SerialNumber,
    /// Its name, once it has enrolled.
    name: Option<String>,
    /// Whether the person says that it has not enrolled.
    pub not_enrolled: bool,
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} ({})", self.serial_number),
            None => write!(f, "{}", self.serial_number),
        }
    }
}

impl KnownMac {
    /// The Mac that is meant. It is an error when it has not enrolled and nothing is kept for it.
    pub async fn find(&self, client: &Client) -> Result<Meant, Failure> {
        self.look_up(client).await?.ok_or_else(|| {
            Failure::not_found(format!(
                "No Mac has the name or serial number {:?}, and nothing is kept for it. `bestow enrolment-data list` \
                 lists what is kept.",
                self.word()
            ))
        })
    }

    async fn look_up(&self, client: &Client) -> Result<Option<Meant>, Failure> {
        let word = match &self.mac {
            Reference::Id(id) => return enrolled(&client.device(*id).await?.value.summary).map(Some),
            Reference::Word(word) => word,
        };
        match client.devices_called(word).await?.as_slice() {
            [] => kept(client, word).await,
            [first, others @ ..] => {
                if others
                    .iter()
                    .all(|other| other.serial_number == first.serial_number)
                {
                    return enrolled(first).map(Some);
                }
                let all: Vec<_> = [first].into_iter().chain(others).cloned().collect();
                Err(Failure::usage(which(word, &all)))
            }
        }
    }

    fn word(&self) -> String {
        match &self.mac {
            Reference::Id(id) => id.to_string(),
            Reference::Word(word) => word.clone(),
        }
    }
}

impl AnyMac {
    /// The Mac that is meant. It is an error when nobody knows it and the person does not say that it is still to come.
    pub async fn find(&self, client: &Client) -> Result<Meant, Failure> {
        let word = self.known.word();
        let found = self.known.look_up(client).await?;
        match (found, self.not_enrolled) {
            (Some(meant), true) if !meant.serial_number.as_str().eq_ignore_ascii_case(&word) => {
                Err(Failure::usage(format!(
                    "{word:?} names a Mac that has enrolled; its serial number is {}. Leave --not-enrolled out if you \
                     mean that Mac. Nothing was sent.",
                    meant.serial_number
                )))
            }
            (Some(meant), _) => Ok(meant),
            (None, true) => Ok(Meant {
                serial_number: serial_number(&word)?,
                name: None,
                not_enrolled: true,
            }),
            (None, false) => Err(Failure::not_found(format!(
                "No Mac that has enrolled has the name or serial number {word:?}: `bestow devices` lists them. If it is \
                 the serial number of a Mac that has not enrolled yet, say so with --not-enrolled. Nothing was sent."
            ))),
        }
    }
}

fn enrolled(device: &DeviceSummary) -> Result<Meant, Failure> {
    Ok(Meant {
        serial_number: serial_number(&device.serial_number)?,
        name: Some(device.name.clone()),
        not_enrolled: false,
    })
}

/// The Mac of a serial number for which something is kept, although it has not enrolled.
async fn kept(client: &Client, word: &str) -> Result<Option<Meant>, Failure> {
    let Ok(serial_number) = word.parse::<SerialNumber>() else {
        return Ok(None);
    };
    match client.enrolment_record(serial_number.as_str()).await {
        Ok(_) => Ok(Some(Meant {
            serial_number,
            name: None,
            not_enrolled: false,
        })),
        Err(ClientError::Problem(problem)) if problem.status == 404 => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn serial_number(text: &str) -> Result<SerialNumber, Failure> {
    text.parse().map_err(|error| {
        Failure::usage(format!(
            "{text:?} is no serial number: {error}. Nothing was sent."
        ))
    })
}
