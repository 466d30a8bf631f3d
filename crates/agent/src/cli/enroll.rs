//! `bestow-agent enroll`.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use mac::ProcessRunner;
use rand_core::UnwrapErr;
use trust::observation::Hardware;
use wire::agent_api::{Enroll as Request, EnrolmentIdentity, PreviousIdentity};
use zeroize::Zeroizing;

use super::service_account::ServiceAccountNow;
use crate::clock::{Clock as _, SystemClock};
use crate::durable;
use crate::identity::{Enrolment, Keys};
use crate::link::{Client, Refused, TransportError};
use crate::observe::hardware;
use crate::paths::Paths;
use crate::service_account::Custody;

/// Enrols this Mac.
#[derive(Debug, Args)]
pub(super) struct Enroll {
    /// The server's address, such as <https://bestow.example.org>.
    #[arg(long, value_name = "URL")]
    server: String,
    /// A PEM file with the certificate authority that vouches for the server. Needed for https.
    #[arg(long, value_name = "FILE")]
    certificate_authority: Option<PathBuf>,
    /// The computer's name, for people. The serial number if left out.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A file that holds the enrolment secret. Standard input if left out.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    #[command(flatten)]
    service_account: ServiceAccountNow,
}

impl Enroll {
    pub(super) fn execute(&self, paths: &Paths) -> anyhow::Result<()> {
        self.service_account.is_possible(self.secret_file.is_some())?;
        if !paths.root().is_dir() {
            bail!("--root {} is no folder", paths.root().display());
        }
        super::is_not_being_uninstalled(paths)?;
        let secret = self.secret()?;
        let authorities = self.authorities()?;
        durable::private_folder(paths.state()).context("make the agent's folder")?;
        let previous = Enrolment::load(paths)
            .context("read the earlier enrolment")?
            .zip(Keys::load(paths)?);

        // A new device key makes older seals useless, so an enrolled Mac keeps the one it has.
        let keys = match Keys::load(paths)? {
            Some(keys) => keys,
            None => {
                let keys = Keys::generate(&mut UnwrapErr(getrandom::SysRng));
                keys.save(paths)?;
                keys
            }
        };
        let identity = self.identity(paths, &keys)?;
        let message = identity.proof_message();
        let request = Request {
            secret: secret.trim().to_owned(),
            proof: keys.signing.sign(&message),
            previous: previous.map(|(enrolment, keys)| PreviousIdentity {
                device_id: enrolment.device_id,
                proof: keys.signing.sign(&message),
            }),
            identity,
        };
        let enroll = Client::enroll(&self.server, authorities.as_deref(), &request);
        let enrolled = super::runtime()?
            .block_on(enroll)
            .map_err(|error| self.explained(error))?;
        let enrolment = Enrolment {
            server: self.server.clone(),
            certificate_authorities: authorities,
            device_id: enrolled.device_id,
            name: Some(request.identity.name),
            organization_id: enrolled.organization_id,
        };
        enrolment.save(paths).context("keep the enrolment")?;
        println!("Enrolled as device {}.", enrolled.device_id);
        if enrolled.pending {
            println!("This Mac was known already, with another key. An administrator has to approve it.");
        }
        println!("Key fingerprint {}", keys.sealing.public_key().fingerprint());
        Custody::open(paths)
            .and_then(|custody| custody.enrolled(enrolled.organization_id, enrolled.device_id))
            .context("begin what is kept of the service account")?;
        self.service_account.make(paths)
    }

    fn secret(&self) -> anyhow::Result<Zeroizing<String>> {
        let mut secret = Zeroizing::new(String::new());
        match &self.secret_file {
            Some(path) => fs::File::open(path)
                .and_then(|mut file| file.read_to_string(&mut secret))
                .with_context(|| {
                    format!("read the enrolment secret from --secret-file {}", path.display())
                })?,
            None => std::io::stdin()
                .read_to_string(&mut secret)
                .context("read the enrolment secret from standard input")?,
        };
        if secret.trim().is_empty() {
            bail!("the enrolment secret is empty; `bestow enrolment-secret` makes one");
        }
        Ok(secret)
    }

    fn authorities(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.certificate_authority else {
            return Ok(None);
        };
        let pem = fs::read_to_string(path)
            .with_context(|| format!("read --certificate-authority {}", path.display()))?;
        Ok(Some(pem))
    }

    /// Why the Mac was not enrolled, with the option that is to be mended.
    fn explained(&self, error: anyhow::Error) -> anyhow::Error {
        let server = &self.server;
        if let Some(wrong) = error.downcast_ref::<TransportError>() {
            return match wrong {
                TransportError::BadAddress(_) => anyhow!(
                    "--server {server}: an address begins with https://, such as https://bestow.example.org"
                ),
                TransportError::PlainHttp(_) => anyhow!(
                    "--server {server}: http is for a server on this computer alone. Write https://, and name the \
                     authority that vouches for the server with --certificate-authority"
                ),
                TransportError::NoAuthority(_) => anyhow!(
                    "--certificate-authority is missing: https needs a PEM file with the certificate of the authority \
                     that vouches for {server}"
                ),
                TransportError::BadAuthority => anyhow!(
                    "--certificate-authority: the file holds no certificate that can be used; it must be PEM"
                ),
                TransportError::Client(_) => error,
            };
        }
        match error.downcast_ref::<Refused>().and_then(Refused::code) {
            Some(code) => anyhow!("{server} refused {}", super::in_words(code)),
            None => {
                anyhow!("{error:#}. Are name and port in --server {server} right, and does the server run?")
            }
        }
    }

    fn identity(&self, paths: &Paths, keys: &Keys) -> anyhow::Result<EnrolmentIdentity> {
        let runner = ProcessRunner::new(paths.root().to_path_buf());
        let seen = hardware(&runner, SystemClock.now());
        let Some(Hardware {
            serial_number,
            hardware_uuid,
            ..
        }) = seen.value()
        else {
            let why = seen.why().unwrap_or_default();
            bail!("this Mac did not tell its serial number: {why}");
        };
        Ok(EnrolmentIdentity {
            name: self.name.clone().unwrap_or_else(|| serial_number.clone()),
            serial_number: serial_number.clone(),
            hardware_uuid: hardware_uuid.clone(),
            agent_version: env!("CARGO_PKG_VERSION").to_owned(),
            signing_key: keys.signing.public_key(),
            sealing_key: keys.sealing.public_key(),
        })
    }
}
